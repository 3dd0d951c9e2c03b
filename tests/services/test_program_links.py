"""Links into the mini-program: made rarely, never handed out when they no longer serve."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from app.domain.errors import NotNow, Reason
from app.services.posters.links import GOOD_FOR, PAUSE, RENEWED_AFTER, ProgramLinks
from app.services.posters.scenes import PAGE
from tests.services.factories import a_world

AWAY = NotNow(Reason.WECHAT_AWAY, retry_after=5)


@pytest.fixture
def world() -> Any:
    return a_world()


def test_one_link_for_everybody_who_scans_the_same_code(world: Any) -> None:
    links = ProgramLinks(world)
    assert [links.to("a"), links.to("b"), links.to("a")] == [
        "https://wxaurl.cn/1",
        "https://wxaurl.cn/2",
        "https://wxaurl.cn/1",
    ]
    assert world.codes.links == [(PAGE, "scene=a"), (PAGE, "scene=b")]


def test_it_is_renewed_long_before_it_ends(world: Any) -> None:
    links = ProgramLinks(world)
    first = links.to("a")
    world.clock.advance(RENEWED_AFTER - timedelta(seconds=1))
    assert links.to("a") == first
    world.clock.advance(seconds=1)
    assert links.to("a") != first
    assert timedelta(days=30) > GOOD_FOR > RENEWED_AFTER, "WeChat's serve for 30 days"


def test_the_old_one_goes_on_while_wechat_is_away_and_it_still_serves(world: Any) -> None:
    links = ProgramLinks(world)
    first = links.to("a")
    world.codes.failure = AWAY
    world.clock.advance(GOOD_FOR - timedelta(seconds=1))
    assert links.to("a") == first
    world.clock.advance(seconds=1)
    with pytest.raises(NotNow):
        links.to("a")


def test_after_a_failure_nobody_waits_for_the_next(world: Any) -> None:
    """A time-out takes eight seconds; a crowd before a poster must not stand in line for theirs."""
    links, asked = ProgramLinks(world), []
    plain = world.codes.link
    world.codes.link = lambda *about: asked.append(about) or plain(*about)
    world.codes.failure = AWAY
    for _ in range(3):
        with pytest.raises(NotNow):
            links.to("a")
    assert len(asked) == 1
    world.codes.failure = None
    world.clock.advance(PAUSE)
    assert links.to("a").startswith("https://")
    assert len(asked) == 2
