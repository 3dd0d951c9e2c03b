"""What every template of the console may use."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import request, url_for

from app.domain.labels import OFFICE_ROLES
from app.domain.officer import OfficeRole
from app.domain.redaction import with_masked_numbers
from app.domain.workday import BEIJING
from app.web.console.access import address_of_form, bp, logged_in
from app.web.console.navigation import sections_for
from app.web.http import world

ROLE_WORDS = OFFICE_ROLES


@bp.app_context_processor
def common() -> dict[str, Any]:
    """`me`, `sections` and `address_of_form` of the page; beside them are `new_key()` for forms, `here(**changes)` for
    links that keep the filters."""
    if request.blueprint != bp.name and not request.path.startswith(f"{bp.url_prefix}/"):
        return {}
    me = logged_in()
    return {
        "me": me,
        "sections": sections_for(me) if me else [],
        "current": "",
        "address_of_form": address_of_form(),
    }


@bp.app_template_global("new_key")
def new_key() -> str:
    """A global and not a word of the page, so that the macros that are imported find it too."""
    return world().secrets.new_id()


@bp.app_template_global("here")
def here(**changes: str | None) -> str:
    """The address of this page with some of its filters changed; None takes one away."""
    kept: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {}), **changes}
    return url_for(str(request.endpoint), **{name: value for name, value in kept.items() if value not in (None, "")})


@bp.app_template_filter("role_word")
def role_word(role: OfficeRole) -> str:
    return ROLE_WORDS[role]


@bp.app_template_filter("moment")
def moment_words(moment: datetime | None) -> str:
    """2026-11-24 18:00 in Beijing: alike everywhere in the console; empty for none."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment else ""


bp.add_app_template_filter(with_masked_numbers, "numbers_masked")


@bp.app_template_filter("day")
def day_words(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
