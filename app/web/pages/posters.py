"""Posters as A4 sheets in one HTML file, ready to print."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import segno
from markupsafe import Markup

from app.domain.roster import Audience, Roster
from app.domain.workday import Span
from app.services.posters.sheets import Poster
from app.web.pages.templates import TEMPLATES
from app.web.presenters.deadlines import UNITS
from app.web.presenters.hours import chinese_day, hours_in_words

QUIET_MODULES = 4
"""The white edge that a QR code needs (ISO/IEC 18004)."""
LINE = 176
"""Millimetres between the margins. A Chinese character is as wide as its font size."""


def render_posters(posters: Sequence[Poster]) -> str:
    """The sheets as one HTML document; at least one, all of one roster."""
    roster = posters[0].roster
    return TEMPLATES.get_template("poster.html").render(
        roster=roster,
        published_on=roster.published_on and chinese_day(roster.published_on),
        notes=_notes(roster),
        contact=_length(roster.policy.deadlines.contact),
        answer=_length(roster.policy.deadlines.answer),
        sheets=[_sheet(poster) for poster in posters],
        name_size=_size(roster.name, 15.5, 11),
    )


def _sheet(poster: Poster) -> dict[str, Any]:
    picture, where = poster.picture, poster.place or "、".join(poster.roster.groups)
    code = f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}" if picture else ""
    return {
        "place": poster.place,
        "where": where,
        "where_size": _size(where, 9, 7),
        "source": poster.source,
        "address": "" if picture else poster.address,
        "picture": code,
        "drawing": None if picture else qr_code(poster.address),
    }


def qr_code(text: str) -> Markup:
    """An ordinary QR code as SVG that fills what is around it. A quarter of it may be damaged (level Q): posters hang
    outdoors."""
    code = segno.make(text, error="q", micro=False, boost_error=False)
    drawn = code.svg_inline(
        border=QUIET_MODULES, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Markup(drawn)  # noqa: S704 - segno draws modules; the text itself is not in it


def _notes(roster: Roster) -> list[str]:
    """What a passer-by should know before scanning, in the roster's policy."""
    policy, notes = roster.policy, []
    if policy.audience is Audience.ENTERPRISE:
        notes.append("面向企业，提交时填写企业名称和统一社会信用代码")
    if policy.service_hours:
        notes.append(f"{hours_in_words(policy.service_hours)} 接听电话，诉求随时可以提交")
    if policy.campaign:
        first, last = policy.campaign.starts_on, policy.campaign.ends_on
        notes.append(f"{policy.campaign.topic}：{chinese_day(first)}至{chinese_day(last)}受理")
    return notes


def _size(text: str, most: float, least: float) -> float:
    """The font size in millimetres at which the text keeps to one line, or `least`, where it takes two."""
    return round(max(least, min(most, LINE / (len(text) + 0.5))), 1)


def _length(span: Span) -> str:
    return f"{span.amount} {UNITS[span.unit]}"
