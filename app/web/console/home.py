"""The first page: what needs me now."""

from __future__ import annotations

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.labels import DESKS
from app.domain.notification import Status
from app.domain.officer import OfficeRole
from app.domain.worklist import Desk, Lists, WorkList
from app.services.office.worklists import Waiting, waiting
from app.services.running.noticing import Notice, Noticed, noticed
from app.web.console.access import officer, page
from app.web.console.navigation import may_open
from app.web.http import services, world

LIST_WORDS: dict[WorkList, str] = {**dict(DESKS.items()), Lists.LATE: "逾期", Lists.ALL: "全部"}
WHAT_TO_DO: dict[WorkList, str] = {
    Desk.REVIEW: "审核内容，交办或不予受理",
    Desk.EXTENSION: "承办人申请延期，等您决定",
    Desk.SUPERVISION: "已列入督办，签发督办单并盯办",
    Desk.PROMISE_BROKEN: "承诺的时间已过，还没有联系群众",
    Desk.INTERVIEW: "系统或人员提出，由您决定是否约谈",
    Desk.RECTIFICATION: "约谈后限期整改，到期前核实",
    Desk.FOLLOW_UP: "已答复、群众还没有评价，打电话回访",
    Desk.SECOND_REVIEW: "重办后仍不满意，复核后办结或责令重办",
    Desk.UNDELIVERED: "消息没有送到，请打电话告知",
    Desk.PUBLICATION: "群众同意公开，脱敏后发布",
    Desk.REFERRED: "逾期未整改，已移交专班",
    Lists.LATE: "期限已过，还没有办",
}
QUICK = (
    ("show_register", "登记来电", "替来电群众写下诉求"),
    ("list_appeals", "诉求办理", "按编号、电话、词语和负责同志查找"),
    ("list_spot_checks", "抽查", "公开随机，结果留痕"),
    ("list_rosters", "名册与人员", "编辑、公布、更换负责人"),
    ("show_posters", "海报与来源码", "打印名册和各处的海报"),
    ("show_dashboard", "办理情况", "今天和一段时间的进展"),
    ("list_reports", "日报周分析月通报", "查看、下载、打印"),
    ("list_officers", "账号", "开通、停用、重置密码"),
    ("list_settings", "设置", "期限、用语、工作日历"),
    ("show_health", "运行情况", "任务、消息和告警"),
    ("show_audit", "审计日志", "谁在什么时候做了什么"),
)


NOTICES: dict[Notice, tuple[str, str]] = {
    Notice.FLAGS: ("疑似应付", "系统按文字提示，等您核实后认定"),
    Notice.NOT_ANSWERING: ("疑似不接电话", "多位群众没有打通，请先打电话核实"),
    Notice.DEAD_LETTERS: ("发送失败的消息", "已经不再重发，请查明原因或电话告知"),
    Notice.ALERTS: ("今天的告警", "系统今天报告的异常"),
    Notice.UNBOUND: ("还没有绑定微信", "已公布的负责同志收不到提醒，请发邀请码"),
}


@page("/", *OfficeRole)
def show_home() -> ResponseReturnValue:
    found = waiting(world(), officer())
    links = [
        (f"console.{name}", label, about) for name, label, about in QUICK if may_open(officer(), f"console.{name}")
    ]
    return render_template(
        "console/home.html",
        own=[_card(one) for one in found if one.own],
        others=[_card(one) for one in found if not one.own],
        notes=[_note(one) for one in noticed(world(), services().directory, officer())],
        links=links,
    )


def _note(one: Noticed) -> dict[str, object]:
    label, about = NOTICES[one.notice]
    addresses = {
        Notice.FLAGS: lambda: url_for("console.list_flags", roster=one.where),
        Notice.NOT_ANSWERING: lambda: url_for("console.list_not_answering", official=one.where),
        Notice.DEAD_LETTERS: lambda: url_for("console.list_messages", status=Status.DEAD.value),
        Notice.ALERTS: lambda: url_for("console.show_health"),
        Notice.UNBOUND: lambda: url_for("console.choose_invitations", slug=one.where, choose="unbound"),
    }
    pressing = one.notice in {Notice.DEAD_LETTERS, Notice.ALERTS}
    return {
        "label": label,
        "about": f"{one.name}：{about}" if one.name else about,
        "count": one.words,
        "address": addresses[one.notice](),
        "pressing": pressing,
    }


def _card(one: Waiting) -> dict[str, object]:
    return {
        "name": one.list.value,
        "label": LIST_WORDS[one.list],
        "about": WHAT_TO_DO[one.list],
        "count": one.words,
        "empty": one.count == 0,
        "oldest": one.oldest,
        "late": one.list is Lists.LATE,
    }
