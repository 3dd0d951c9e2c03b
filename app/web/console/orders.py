"""The 督办单 as A4 sheets: one, or several at once."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import NotFound, Reason
from app.domain.labels import KINDS
from app.services.appeals.reading import Reading
from app.services.office import casework
from app.services.office.ledgers import ORDER_READERS
from app.web.console.access import officer, page
from app.web.console.appeals import READ_BY
from app.web.console.casework import Officials, officials_of
from app.web.http import world

MOST_AT_ONCE = 50


@page("/appeals/<appeal_id>/orders/<int:place>", *READ_BY)
def show_order(appeal_id: str, place: int) -> ResponseReturnValue:
    """`place` counts the appeal's listings from 1."""
    reading = casework.read_as_officer(world(), officer(), appeal_id)
    back = url_for("console.show_appeal", appeal_id=appeal_id)
    sheet = _sheet(reading, place, officials_of([reading.appeal.roster]))
    return render_template("console/order.html", sheets=[sheet], back=back, words=reading.appeal.code)


@page("/orders/print", *ORDER_READERS)
def print_orders() -> ResponseReturnValue:
    """Those ticked in the ledger, each `appeal:place`, on a sheet of its own."""
    chosen = [one.rpartition(":") for one in request.args.getlist("order")][:MOST_AT_ONCE]
    if not chosen:
        flash("还没有勾选督办单。", "error")
        return redirect(url_for("console.list_orders"), 303)
    found = world().stores.worklist.some(dict.fromkeys(appeal_id for appeal_id, _, _ in chosen))
    readings = {appeal.id: casework.reading_of(world(), appeal) for appeal in found}
    officials = officials_of(appeal.roster for appeal in found)
    sheets = [
        _sheet(readings[appeal_id], int(place) if place.isdecimal() and len(place) < 4 else 0, officials)
        for appeal_id, _, place in chosen
        if appeal_id in readings
    ]
    if not sheets:
        raise NotFound(Reason.NO_SUCH_APPEAL)
    return render_template("console/order.html", sheets=sheets, back=url_for("console.list_orders"), words="台账")


def _sheet(reading: Reading, place: int, officials: Officials) -> dict[str, Any]:
    """Raises NotFound for a listing that nobody has signed."""
    appeal = reading.appeal
    order = appeal.supervisions[place - 1] if 0 < place <= len(appeal.supervisions) else None
    if order is None or order.signed_at is None:
        raise NotFound(Reason.NO_SUCH_APPEAL)
    held = next((one for one in (*appeal.past, appeal.assignment) if one and one.number == order.assignment), None)
    clock = next((due for due in held.deadlines if due.kind is order.clock), None) if held else None
    return {
        "appeal": appeal,
        "order": order,
        "kind": KINDS[appeal.kind],
        "roster": world().stores.rosters.get(appeal.roster),
        "official": officials.get(order.official_id),
        "clock": clock,
    }
