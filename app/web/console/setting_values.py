"""The value of a setting on its way: out of a form, into its fields, and into words for the history."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from app.domain.settings import SettingName
from app.web.console.setting_forms import FORMS, TYPED, Field, Form, Kind, Rows


def plain_of(form: Form, given: MultiDict[str, str]) -> dict[str, Any]:
    """What was filled in, in the setting's shape: rows that are marked as gone and new ones that are empty are left
    out, the others stand in the order that their numbers say."""
    plain = {field.name: _value(field, field.name, given) for field in form.fields}
    return plain | {rows.name: _rows(rows, given) for rows in form.rows}


def _rows(rows: Rows, given: MultiDict[str, str]) -> list[dict[str, Any]]:
    pattern = re.compile(rf"{re.escape(rows.name)}\.(\d{{1,3}})\.")
    numbers = sorted({int(match[1]) for key in given if (match := pattern.match(key))})
    found: list[tuple[tuple[int, int], dict[str, Any]]] = []
    for number in numbers:
        path = f"{rows.name}.{number}"
        row = {field.name: _value(field, f"{path}.{field.name}", given) for field in rows.fields}
        typed = (row[field.name] for field in rows.fields if field.kind in TYPED)
        is_meant = f"{path}.kept" in given or any(str(value).strip() for value in typed)
        if is_meant and f"{path}.gone" not in given:
            found.append((_place(number, given.get(f"{path}.order", "")), row))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def _place(number: int, order: str) -> tuple[int, int]:
    """Where a row goes: one that was moved up stands before the one that has the number already, one that was moved
    down behind it."""
    usual = number + 1
    wanted = int(order) if order.isascii() and order.isdigit() and len(order) < 5 else usual
    return wanted, (wanted > usual) - (wanted < usual)


def _value(field: Field, path: str, given: MultiDict[str, str]) -> Any:
    if field.kind is Kind.CHOICES:
        return given.getlist(path)
    if field.kind is Kind.FLAG:
        return path in given
    if field.kind is Kind.YES_NO:
        return given.get(path) == "yes"
    return given.get(path, "")


def shown(field: Field, value: Any) -> Any:
    """The value as its input holds it."""
    if field.kind is Kind.WORDS and not isinstance(value, str):
        return "、".join(value)
    if field.kind is Kind.YES_NO:
        return "yes" if value else "no"
    return value


def lines_of(name: SettingName, plain: Mapping[str, Any]) -> list[str]:
    """A value in words, a line for each field and row: what the history compares."""
    form = FORMS[name]
    lines = [f"{field.label}：{_words(field, plain.get(field.name))}" for field in form.fields]
    for rows in form.rows:
        visible = [field for field in rows.fields if field.kind is not Kind.HIDDEN]
        for row in plain.get(rows.name, ()):
            lines.append(f"{rows.title}：" + "；".join(_words(field, row.get(field.name)) for field in visible))
    return lines


def difference(before: Sequence[str], after: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    return [line for line in before if line not in after], [line for line in after if line not in before]


def _words(field: Field, value: Any) -> str:
    if field.kind is Kind.FLAG:
        return "是" if value else "否"
    if field.kind is Kind.CHOICES:
        return "、".join(words for key, words in field.choices if key in (value or ())) or "无"
    if field.kind in (Kind.CHOICE, Kind.YES_NO):
        return dict(field.choices).get(shown(field, value), str(value))
    return f"{shown(field, value)} {field.unit}".strip()
