"""How the running system is: jobs, the outbox in numbers, alerts; and the messages that nobody got."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from app.domain.errors import InvalidInput, Refusal
from app.domain.notification import Channel, Occasion, Role, Status
from app.domain.operation_words import ALERTS, CHANNELS, JOBS, OCCASIONS, RECIPIENTS, STATUSES, fact_words
from app.domain.outbox import OFFICE, RESIDENT, TROUBLED
from app.services.messages import undelivered as desk
from app.services.running.operations import ALERT_DAYS, operations
from app.services.running.operations import READERS as OPERATORS
from app.web.console.access import bp, officer, page
from app.web.console.mistakes import mistakes_of
from app.web.console.navigation import may_open
from app.web.console.sure import always
from app.web.cursors import read_cursor, write_cursor
from app.web.errors import sentence, status_of
from app.web.http import world

SIDES = (("", "全部"), (RESIDENT, "给群众的"), (OFFICE, "给办理人的"))


@page("/health", *OPERATORS)
def show_health() -> ResponseReturnValue:
    found = operations(world(), officer())
    return render_template(
        "console/health.html",
        found=found,
        troubled=frozenset(TROUBLED),
        runs=sorted(found.runs, key=lambda run: list(JOBS).index(run.id) if run.id in JOBS else len(JOBS)),
        alert_days=ALERT_DAYS,
        may_send=may(desk.SENDERS),
    )


@page("/messages", *desk.READERS)
def list_messages() -> ResponseReturnValue:
    return show({})


@page("/messages/retry", *desk.SENDERS, methods=("POST",))
def retry_message() -> ResponseReturnValue:
    try:
        desk.retry(world(), officer(), request.form.get("appeal", ""), request.form.get("message", ""))
    except Refusal as refusal:
        flash(sentence(refusal.reason, dict(refusal.detail)), "error")
    else:
        flash("已重新排队，几秒内发出；在免打扰时段的到早上发。")
    return back()


@page("/messages/retry_all", *desk.SENDERS, methods=("POST",), asks=always)
def retry_all_messages() -> ResponseReturnValue:
    number = desk.retry_all(world(), officer())
    flash(f"已重新排队 {number} 条。" if number else "没有可以重发的消息。")
    return back()


@page("/messages/told", *desk.CALLERS, methods=("POST",))
def mark_message_told() -> ResponseReturnValue:
    appeal, message = request.form.get("appeal", ""), request.form.get("message", "")
    note = request.form.get("note", "")
    try:
        desk.mark_told(world(), officer(), appeal, message, note)
    except InvalidInput as refusal:
        return show({"message": message, "note": note, **mistakes_of(refusal, "problem_")}), status_of(refusal)
    except Refusal as refusal:
        flash(sentence(refusal.reason, dict(refusal.detail)), "error")
    else:
        flash("已登记为电话告知，不再发送。")
    return back()


def show(typed: Mapping[str, str]) -> str:
    """`typed`: the note that was wrong, of which message, and why."""
    counts = desk.how_many(world(), officer())
    status, side = asked_status(counts), request.values.get("side", "")
    side = side if side in dict(SIDES) else ""
    found = desk.undelivered(world(), officer(), status, side, read_cursor(request.args.get("cursor", "")))
    return render_template(
        "console/messages.html",
        found=found,
        next=write_cursor(found.next),
        status=status,
        statuses=[(one, STATUSES[one], counted(counts[one])) for one in TROUBLED],
        elsewhere=[STATUSES[one] for one in TROUBLED if counts[one] and one is not status],
        side=side,
        sides=SIDES,
        typed=typed,
        may_send=may(desk.SENDERS),
        may_call=may(desk.CALLERS),
        may_open_appeal=may_open(officer(), "console.show_appeal"),
    )


def asked_status(counts: Mapping[Status, int]) -> Status:
    """The one that was chosen; else the first in which there is something."""
    text = request.values.get("status", "")
    return Status(text) if text in TROUBLED else next((one for one in TROUBLED if counts[one]), TROUBLED[0])


def counted(number: int) -> str:
    return f"{desk.MOST_COUNTED - 1}+" if number >= desk.MOST_COUNTED else str(number)


def back() -> Response:
    status, side = request.form.get("status") or None, request.form.get("side") or None
    return redirect(url_for("console.list_messages", status=status, side=side), 303)


def may(roles: tuple[object, ...]) -> bool:
    return bool(set(roles) & set(officer().roles))


@bp.app_template_filter("job_word")
def job_word(job: str) -> str:
    return JOBS.get(job, job)


@bp.app_template_filter("alert_word")
def alert_word(what: str) -> str:
    return ALERTS.get(what, what)


bp.add_app_template_filter(fact_words, "fact_words")


@bp.app_template_filter("channel_word")
def channel_word(channel: Channel | None) -> str:
    return CHANNELS[channel] if channel else "没有可用的方式"


@bp.app_template_filter("status_word")
def status_word(status: Status) -> str:
    return STATUSES[status]


@bp.app_template_filter("occasion_word")
def occasion_word(occasion: Occasion) -> str:
    return OCCASIONS[occasion]


@bp.app_template_filter("recipient_word")
def recipient_word(role: Role) -> str:
    return RECIPIENTS[role]
