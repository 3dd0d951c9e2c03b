"""The message box."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from dev.sandbox import SandboxConfig, create_sandbox
from dev.sandbox.clock import is_quiet, next_morning
from dev.sandbox.delivery import send_template
from dev.sandbox.personas import ensure, set_following
from dev.sandbox.runtime import Sandbox

from .conftest import ASSIGNED, template_body


@pytest.fixture(params=[None, "http://127.0.0.1:8002/"])
def box(request: pytest.FixtureRequest) -> Iterator[tuple[FlaskClient, Sandbox]]:
    app = create_sandbox(SandboxConfig(preview_url=request.param))
    yield app.test_client(), app.extensions["sandbox"]
    app.extensions["sandbox"].close()


def test_invites_when_empty(box: tuple[FlaskClient, Sandbox]) -> None:
    answer = box[0].get("/")
    assert "还没有消息。" in answer.text
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    for kind in ("js", "css"):
        with box[0].get(f"/static/box.{kind}") as part:
            assert part.status_code == 200


def test_shows_messages_as_cards_and_people_in_order(box: tuple[FlaskClient, Sandbox]) -> None:
    client, sandbox = box
    with sandbox.store.transaction() as db:
        for name in ("督办员", "resident-1", "official-10", "official-2"):
            person = ensure(db, name)
        set_following(db, "official-2", True, 1)
        body = template_body(
            person.oa_openid,
            data={**ASSIGNED, "thing2": {"value": "<b>路灯</b>"}},
            miniprogram={"appid": sandbox.config.mp_appid, "pagepath": "official/appeal?id=1"},
        )
        send_template(db, body, sandbox.config.mp_appid, sandbox.clock.now())
    text = client.get("/").text
    places = [text.index(label) for label in ("负责同志 2", "负责同志 10", "群众 1", "督办员")]
    assert places == sorted(places)
    assert "新诉求办理通知" in text
    assert "&lt;b&gt;路灯&lt;/b&gt;" in text
    assert 'data-page="official/appeal?id=1"' in text
    phone = 'href="http://127.0.0.1:8002/?persona=official-2#/official/appeal?id=1" target="preview"'
    assert (phone in text) == (sandbox.config.preview_url is not None), "on the recipient's own phone"
    assert "新诉求办理通知" in client.get("/?persona=official-2").text
    assert "还没有收到消息" in client.get("/?persona=resident-1").text


def test_opens_the_chosen_ones_phone(box: tuple[FlaskClient, Sandbox]) -> None:
    client, sandbox = box
    for name in ("resident-1", "督办员 #1"):
        client.post("/__sandbox__/personas", json={"name": name})
    opened = 'href="http://127.0.0.1:8002/?persona={}" target="preview">打开小程序</a>'
    for name, written in (("resident-1", "resident-1"), ("督办员 #1", "%E7%9D%A3%E5%8A%9E%E5%91%98%20%231")):
        text = client.get("/", query_string={"persona": name}).text
        assert (opened.format(written) in text) == (sandbox.config.preview_url is not None)
    assert "打开小程序" not in client.get("/").text, "nobody's phone"


def test_shows_the_demos_time(box: tuple[FlaskClient, Sandbox]) -> None:
    assert "与真实时间一致" in box[0].get("/").text
    box[1].clock.advance(90_000)
    assert "比真实时间快 1 天 1 小时" in box[0].get("/").text


def test_says_whom_a_persona_plays_and_finds_him_by_it(box: tuple[FlaskClient, Sandbox]) -> None:
    client, _ = box
    client.post("/__sandbox__/personas", json={"name": "official-3", "about": "周文清 局长 · 教育局"})
    client.post("/__sandbox__/personas", json={"name": "official-3", "follows_oa": True})
    page = client.get("/?persona=official-3").text
    assert "<small>周文清 局长 · 教育局</small>" in page
    assert 'data-find="负责同志 3 周文清 局长 · 教育局 official-3"' in page


@pytest.mark.parametrize(
    ("now", "hours", "quiet"),
    [
        ("2026-02-13T10:00+08:00", 23, False),  # a Friday before a working Saturday
        ("2026-02-14T09:00+08:00", 24 * 10, False),  # then the Spring Festival, to Tuesday the 24th
        ("2026-11-20T22:00+08:00", 59, True),
        ("2026-11-23T07:30+08:00", 1.5, True),
    ],
)
def test_knows_the_next_working_morning_and_quiet_hours(now: str, hours: float, quiet: bool) -> None:
    moment = datetime.fromisoformat(now).timestamp()
    assert next_morning(moment) == hours * 3600
    assert is_quiet(moment) is quiet
