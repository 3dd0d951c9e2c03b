"""Health at the console: jobs, outbox and alerts in words; messages that nobody got, sent anew or told by telephone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from app.domain.appeal import Appeal
from app.domain.notification import Fault, Refused, Role, Status
from app.domain.officer import OfficeRole
from app.services.leases import JOBS, hold
from app.services.messages.undelivered import CALLERS, READERS, SENDERS
from app.services.ports.running import JobRun
from app.services.running.alerting import CountedAlerts
from tests.fakes import CollectingAlerts
from tests.services.factories import change_person, drain, statuses, submitted
from tests.web.console.conftest import Desk, Office

WRONG = Refused(Fault.OURS, "47003 field invalid thing2")


@pytest.fixture
def desk(office: Office) -> Desk:
    return office.desk(OfficeRole.SUPERVISOR)


def dead(office: Office) -> Appeal:
    world: Any = office.city.world
    world.messenger.will(WRONG)
    appeal = submitted(world)
    drain(world)
    return appeal


def form(page: str) -> dict[str, str]:
    """The hidden fields of the first message."""
    found = {
        name: re.search(rf'name="{name}" value="([^"]*)"', page) for name in ("appeal", "message", "status", "side")
    }
    return {name: match[1] for name, match in found.items() if match}


def test_an_empty_system_says_what_is_missing(desk: Desk) -> None:
    page = desk.see("/console/health")
    for words in ("需要处理", "没有在运行", "从未运行过", "还没有任务运行过", "没有待发或未送达的消息", "没有告警"):
        assert words in page, words


def test_jobs_and_alerts_in_chinese(office: Office, desk: Desk) -> None:
    world: Any = office.city.world
    hold(world, JOBS, "machine")
    world.stores.job_runs.put(JobRun("sweep", world.clock.now(), 0.5, 3, "", world.clock.now()))
    world.stores.job_runs.put(JobRun("reports", world.clock.now(), 2.0, 0, "<KeyError>", None, failures=4))
    alerts = CountedAlerts(CollectingAlerts(), world.stores.alert_tallies, world.clock)
    alerts.raise_alert("job_failed", job="<b>")
    page = desk.see("/console/health")
    for words in (
        "检查到期",
        "生成日报周分析月通报",
        "已连续 4 次",
        "还没有成功过",
        "定时任务出错",
        "&lt;KeyError&gt;",
    ):
        assert words in page, words
    assert "<b>" not in page.partition("<tbody>")[2].replace('<b aria-hidden="true">', "")
    assert "没有在运行" not in page and "任务：&lt;b&gt;" in page
    assert '总体</dt><dd><span class="tag soon">' in page and "今天有 1 次告警" in page, "as the first page says"
    world.clock.advance(timedelta(days=1))
    hold(world, JOBS, "machine")
    page = office.desk(OfficeRole.SUPERVISOR).see("/console/health")
    assert '总体</dt><dd><span class="tag good">' in page and "今天有" not in page


def test_a_dead_message_is_counted_listed_and_sent_anew(office: Office, desk: Desk) -> None:
    appeal = dead(office)
    world: Any = office.city.world
    assert re.search(r"发送失败</a></td><td>服务号模板消息</td><td class=\"number\">1", desk.see("/console/health"))
    page = desk.see("/console/messages")
    for words in (appeal.code, "交办通知", "负责同志", "消息内容不符合模板要求"):
        assert words in page, words
    assert appeal.title not in page, "not a word of the appeal"
    after = desk.do("/console/messages/retry", **form(page))
    assert "已重新排队" in after and "没有未送达的消息" in after
    assert "不需要重发" in desk.do("/console/messages/retry", **form(page)), "a second click"
    drain(world)
    assert statuses(world, appeal, Role.OFFICIAL) == [Status.SENT]


def test_all_dead_ones_at_once(office: Office, desk: Desk) -> None:
    for _ in range(2):
        dead(office)
    assert "已重新排队 2 条" in desk.do("/console/messages/retry_all")
    assert "没有可以重发的消息" in desk.do("/console/messages/retry_all")


def test_told_by_telephone_wants_a_note(office: Office, desk: Desk) -> None:
    dead(office)
    fields = form(desk.see("/console/messages"))
    refused = desk.post("/console/messages/told", fields | {"note": " "})
    assert refused.status_code == 422 and "请写明告知情况" in refused.text
    assert "已登记为电话告知" in desk.do("/console/messages/told", **fields, note="已电话告知局办公室")
    assert "没有未送达的消息" in desk.see("/console/messages")
    assert "已经登记为电话告知" in desk.do("/console/messages/told", **fields, note="再来一次")


def test_lists_by_status_and_side(office: Office, desk: Desk) -> None:
    appeal = dead(office)
    for query, listed in (("status=dead&side=office", True), ("side=resident", False), ("status=unconfirmed", False)):
        assert (appeal.code in desk.see(f"/console/messages?{query}")) is listed, query
    assert appeal.code in desk.see("/console/messages?status=sent&side=x"), "what is no filter is none"
    assert desk.get("/console/messages?cursor=!").status_code == 422


def test_the_page_opens_where_there_is_something_and_says_what_lies_elsewhere(office: Office, desk: Desk) -> None:
    world: Any = office.city.world
    change_person(world, "zhou", bindings=())
    appeal = submitted(world)
    drain(world)
    page = desk.see("/console/messages")
    assert appeal.code in page
    assert re.search(r'aria-current="true">未送达 1</a>', page)
    empty = desk.see("/console/messages?status=dead")
    assert "“未送达”里还有" in empty and "没有未送达的消息" not in empty


@pytest.mark.parametrize("role", list(OfficeRole))
def test_who_reads_and_who_acts(office: Office, role: OfficeRole) -> None:
    appeal, desk = dead(office), office.desk(role)
    health = role in (OfficeRole.ADMIN, OfficeRole.AUDITOR, OfficeRole.SUPERVISOR)
    assert desk.get("/console/health").status_code == (200 if health else 403)
    assert desk.get("/console/messages").status_code == (200 if role in READERS else 403)
    if role in READERS:
        page = desk.see("/console/messages")
        assert (">重发<" in page, ">登记<" in page) == (role in SENDERS, role in CALLERS)
        opens = desk.get(f"/console/appeals/{appeal.id}").status_code == 200
        assert (f'href="/console/appeals/{appeal.id}"' in page) is opens, "no link that leads nowhere"
    retried = desk.post("/console/messages/retry", {"appeal": appeal.id, "message": "x"})
    assert retried.status_code == (303 if role in SENDERS else 403)
    assert desk.post("/console/messages/retry_all").status_code == (303 if role in SENDERS else 403)
    told = desk.post("/console/messages/told", {"appeal": appeal.id, "message": "x", "note": "x"})
    assert told.status_code == (303 if role in CALLERS else 403)
