"""Finding an appeal: one field for code, telephone or words. What was typed says which of them it is.

Sent as a form, because a number belongs in no address: a code leads to its appeal, a number is looked up and that goes
on the audit log, words become a filter of the list where somebody stands.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.errors import InvalidInput, NotFound, NotPermitted, Reason
from app.domain.redaction import has_numbers, masked
from app.services.appeals.reading import PAGE
from app.services.office.casework import reading_of
from app.services.office.worklists import by_code, of_phone
from app.web.console.access import officer, page
from app.web.console.appeals import READ_BY, show_list
from app.web.console.casework import officials_for, presenter_over
from app.web.console.place import LONGEST_TEXT, appeal_address, came_from, place_of
from app.web.errors import sentence, status_of
from app.web.http import world
from app.web.presenters.casework import present_row

_CODE = re.compile(r"(\d{8})-?[0-9A-Z]{0,6}")
_PHONE = re.compile(r"\+?[\d\s()-]+")


@page("/appeals/find", *READ_BY, methods=("POST",))
def find_appeals() -> ResponseReturnValue:
    typed = " ".join(request.form.get("wanted", "").split())[:LONGEST_TEXT]
    place = came_from() or place_of({})
    try:
        return redirect(appeal_address(by_code(world(), officer(), typed).id), 303)
    except NotFound:
        pass
    if is_phone(typed):
        return _show_of_phone(typed)
    if has_numbers(typed) and not is_part_of_code(typed):
        refusal = InvalidInput(Reason.NUMBER_AMONG_WORDS)
        return show_list(place, typed, sentence(refusal.reason, {})), status_of(refusal)
    return redirect(replace(place, wanted=replace(place.wanted, text=typed), cursor="").address, 303)


def is_part_of_code(typed: str) -> bool:
    """Whether it is a code's beginning: a day, and more or less of the rest."""
    found = _CODE.fullmatch(typed.upper())
    if found is None:
        return False
    try:
        return 2000 <= date.fromisoformat(found[1]).year <= 2100
    except ValueError:
        return False


def is_phone(typed: str) -> bool:
    """Whether somebody meant a number: digits and what is put between them, and seven of them at least."""
    return (
        bool(_PHONE.fullmatch(typed))
        and has_numbers("".join(filter(str.isdigit, typed)))
        and not is_part_of_code(typed)
    )


def _show_of_phone(phone: str) -> ResponseReturnValue:
    try:
        found = of_phone(world(), officer(), phone)
    except (InvalidInput, NotPermitted) as refusal:
        said = "按电话查找由督查员和接线员来做。" if isinstance(refusal, NotPermitted) else sentence(refusal.reason, {})
        return show_list(came_from() or place_of({}), phone, said), status_of(refusal)
    presenter = presenter_over(officials_for(found))
    return render_template(
        "console/appeals_of_phone.html",
        current="console.list_appeals",
        phone=masked(phone),
        rows=[present_row(presenter, reading_of(world(), one)) for one in found],
        most=PAGE,
        place=came_from() or place_of({}),
    )
