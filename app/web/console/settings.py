"""The settings of the city: each with a form of its own, its history, and the way back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import Conflict, InvalidInput
from app.domain.given import MUST
from app.domain.officer import OfficeRole
from app.domain.settings import SettingChange, SettingName, name_of
from app.services.running.changing_settings import (
    PAGE,
    READERS,
    SettingView,
    change_setting,
    setting_history,
    show_settings,
    undo_change,
)
from app.services.running.changing_settings import show_setting as setting_of
from app.web.console.access import bp, officer, page
from app.web.console.mistakes import mistakes_of
from app.web.console.setting_forms import FORMS, Field, Form, Kind
from app.web.console.setting_values import difference, lines_of, plain_of, shown
from app.web.console.sure import always
from app.web.errors import status_of
from app.web.http import world

MORE_ROWS = 6
MUST_OR_GONE = "请填写，要去掉请勾选“删除”"
WHERE = "console.list_settings"

MOST_VERSIONS = 10**9
"""No setting has that many; a greater number in an address is nobody's."""


@dataclass(frozen=True)
class ChangeView:
    """A change with the lines that went and those that came; neither when only the order is another."""

    change: SettingChange
    went: list[str]
    came: list[str]


@page("/settings", *READERS)
def list_settings() -> ResponseReturnValue:
    return render_template("console/settings.html", views=show_settings(world(), officer()), current=WHERE)


@page("/settings/<string:name>", *READERS)
def show_setting(name: str) -> ResponseReturnValue:
    return show(name_of(name))


@page("/settings/<string:name>", OfficeRole.ADMIN, methods=("POST",))
def save_setting(name: str) -> ResponseReturnValue:
    """`more` asks for more empty rows and saves nothing."""
    setting = name_of(name)
    plain = plain_of(FORMS[setting], request.form)
    if "more" in request.form:
        return show(setting, plain, blanks=MORE_ROWS)
    try:
        change_setting(world(), officer(), setting, plain, seen_version(), request.form.get("note", ""))
    except (InvalidInput, Conflict) as refusal:
        return show(setting, plain, _with_way_out(mistakes_of(refusal), FORMS[setting])), status_of(refusal)
    flash("已保存，两秒内生效。")
    return redirect(url_for("console.show_setting", name=name), 303)


@page("/settings/<string:name>/undo", OfficeRole.ADMIN, methods=("POST",), asks=always)
def undo_setting(name: str) -> ResponseReturnValue:
    setting, number = name_of(name), number_in("number")
    try:
        undo_change(world(), officer(), number, seen_version())
    except (InvalidInput, Conflict) as refusal:
        return show(setting, problems=mistakes_of(refusal)), status_of(refusal)
    flash("已恢复到那次修改之前，两秒内生效。")
    return redirect(url_for("console.show_setting", name=name), 303)


def _with_way_out(problems: Mapping[str, str], form: Form) -> dict[str, str]:
    """An empty field of a row says how to remove the row: emptying it does not."""
    rows = tuple(f"{one.name}." for one in form.rows)
    return {
        path: MUST_OR_GONE if words == MUST and path.startswith(rows) else words for path, words in problems.items()
    }


def show(
    name: SettingName,
    plain: Mapping[str, Any] | None = None,
    problems: Mapping[str, str] | None = None,
    blanks: int = 0,
) -> str:
    """The setting with what was typed over it."""
    view: SettingView = setting_of(world(), officer(), name)
    asked = request.args.get("cursor", type=int)
    before = asked if asked is not None and 0 < asked < MOST_VERSIONS else None
    history = setting_history(world(), officer(), name, before)
    typed = plain is not None
    return render_template(
        "console/setting.html",
        view=view,
        form=FORMS[name],
        plain=plain if typed else view.plain,
        version=seen_version() if typed else view.version,
        note=request.form.get("note", "") if typed else "",
        problems=problems or {},
        blanks=blanks or (1 if is_long(FORMS[name]) else 2),
        history=[change_view(change) for change in history],
        next=history[-1].number if len(history) == PAGE else None,
        may_change=OfficeRole.ADMIN in officer().roles,
        current=WHERE,
    )


def change_view(change: SettingChange) -> ChangeView:
    before, after = (lines_of(change.name, json.loads(text)) for text in (change.before, change.after))
    return ChangeView(change, *difference(before, after))


def is_long(form: Form) -> bool:
    """Whether its rows are tall, so that one empty row is enough."""
    return any(field.kind is Kind.AREA for rows in form.rows for field in rows.fields)


def seen_version() -> int:
    """The number of the change that the form was filled from."""
    return number_in("version")


def number_in(field: str) -> int:
    """A whole number of the form; 0 for anything else."""
    text = request.form.get(field, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0


@bp.app_template_filter("shown_as")
def shown_as(value: Any, field: Field) -> Any:
    return shown(field, value)
