"""Mini-program codes for posters, and links into the mini-program."""

from __future__ import annotations

import pytest

from app.domain.errors import NotNow, Reason
from app.wechat.program_codes import LINK_PATH, PICTURE_PATH, WeChatProgramCodes

from .conftest import ClientMaker
from .world import MP, FakeAlerts, WeChat

PAGE, SCENE = "pages/directory/directory", "abc234.DS-HALL-01"


@pytest.fixture
def codes(client: ClientMaker, alerts: FakeAlerts) -> WeChatProgramCodes:
    return WeChatProgramCodes(client(MP), alerts)


def test_a_code_is_a_picture_large_enough_for_paper(wechat: WeChat, codes: WeChatProgramCodes) -> None:
    picture = codes.picture(PAGE, SCENE)
    assert picture.media_type == "image/png" and picture.data.startswith(b"\x89PNG")
    (asked,) = wechat.asked(PICTURE_PATH)
    assert asked == {"scene": SCENE, "page": PAGE, "check_path": True, "env_version": "release", "width": 1280}


def test_a_link_opens_the_same_page(wechat: WeChat, codes: WeChatProgramCodes) -> None:
    assert codes.link(PAGE, f"scene={SCENE}").startswith("https://wxaurl.cn/")
    (asked,) = wechat.asked(LINK_PATH)
    assert (asked["path"], asked["query"]) == (PAGE, f"scene={SCENE}")
    assert (asked["env_version"], asked["expire_type"], asked["expire_interval"]) == ("release", 1, 30)


@pytest.mark.parametrize(("state", "version"), [("trial", "trial"), ("developer", "develop")])
def test_another_version_opens_when_told_to(
    state: str, version: str, wechat: WeChat, client: ClientMaker, alerts: FakeAlerts
) -> None:
    codes = WeChatProgramCodes(client(MP), alerts, program_state=state)
    codes.picture(PAGE, SCENE)
    codes.link(PAGE, "scene=x")
    (picture,), (link,) = wechat.asked(PICTURE_PATH), wechat.asked(LINK_PATH)
    assert (picture["env_version"], picture["check_path"], link["env_version"]) == (version, False, version)


@pytest.mark.parametrize(
    ("effect", "alerted"),
    [
        ({"errcode": -1}, False),
        ({"drop": True}, False),
        ({"html": True}, False),
        ({"http": 500}, False),
        ({"errcode": 41030}, True),
        ({"errcode": 45009}, True),
    ],
)
def test_otherwise_it_is_not_now(
    effect: dict[str, object], alerted: bool, wechat: WeChat, codes: WeChatProgramCodes, alerts: FakeAlerts
) -> None:
    for path, ask in ((PICTURE_PATH, codes.picture), (LINK_PATH, codes.link)):
        wechat.fault(path, **effect)
        with pytest.raises(NotNow) as caught:
            ask(PAGE, SCENE)
        assert caught.value.reason is Reason.WECHAT_AWAY
    assert [what for what, _ in alerts.raised] == ["wechat_codes_broken"] * (2 * alerted)


def test_json_is_no_picture(wechat: WeChat, client: ClientMaker, alerts: FakeAlerts) -> None:
    """WeChat answers a mistake in the path with 200 and JSON."""
    wechat.app.view_functions["program_api.getwxacodeunlimit"] = lambda: {"errcode": 0, "errmsg": "ok"}
    wechat.app.view_functions["program_api.generate_urllink"] = lambda: {"errcode": 0, "url_link": "javascript:x"}
    codes = WeChatProgramCodes(client(MP), alerts)
    for ask in (codes.picture, codes.link):
        with pytest.raises(NotNow):
            ask(PAGE, SCENE)
