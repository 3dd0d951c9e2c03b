"""A roster's policy as content: audience, hours, campaign, operators, places of posters, deadlines, reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from types import MappingProxyType
from typing import Any, NamedTuple

from app.domain.reporting import ReportKind
from app.domain.roster import (
    SOURCE_CODE,
    AnsweredBy,
    Audience,
    Campaign,
    CourtesyHours,
    Deadlines,
    Operator,
    Policy,
    Position,
    ServiceHours,
    SourceCode,
)
from app.domain.workday import Span, Unit
from app.services.rosters.content_reader import Reader

LONGEST_NAME = 40
LONGEST_HINT = 300
MOST_PLACES = 500
POSITION = re.compile(r"(\d{1,3}(?:\.\d{1,15})?)\s*[,，]\s*(\d{1,2}(?:\.\d{1,15})?)")
NUMBER = re.compile(r"[A-Za-z0-9]{1,12}")


class DeadlineField(NamedTuple):
    """How a deadline is written: the field of Deadlines, its unit (None: a plain number), and its bounds."""

    field: str
    unit: Unit | None
    least: int
    most: int


DEADLINES: Mapping[str, DeadlineField] = MappingProxyType(
    {
        "review_workdays": DeadlineField("review", Unit.WORKDAYS, 1, 10),
        "contact_days": DeadlineField("contact", Unit.DAYS, 1, 30),
        "contact_urgent_hours": DeadlineField("contact_urgent", Unit.HOURS, 1, 72),
        "consultation_workdays": DeadlineField("answer_consultation", Unit.WORKDAYS, 1, 60),
        "answer_workdays": DeadlineField("answer", Unit.WORKDAYS, 1, 60),
        "answer_urgent_hours": DeadlineField("answer_urgent", Unit.HOURS, 1, 240),
        "supplement_workdays": DeadlineField("supplement", Unit.WORKDAYS, 1, 30),
        "follow_up_days": DeadlineField("follow_up", Unit.DAYS, 1, 60),
        "second_review_workdays": DeadlineField("second_review", Unit.WORKDAYS, 1, 30),
        "hand_back_workdays": DeadlineField("hand_back", Unit.WORKDAYS, 1, 10),
        "reopen_days": DeadlineField("reopen_by_supervisor", Unit.DAYS, 1, 365),
        "promise_days": DeadlineField("promise_at_most", Unit.DAYS, 1, 30),
        "max_transfers": DeadlineField("max_transfers", None, 0, 5),
        "max_extension_workdays": DeadlineField("max_extension_workdays", None, 0, 60),
    }
)


def read_policy(part: Reader) -> Policy:
    """What the content tells, with the promise's defaults for the rest; what is wrong is in `part.problems`."""
    hours, courtesy, campaign = part.maybe("service_hours"), part.maybe("courtesy_hours"), part.maybe("campaign")
    return Policy(
        audience=part.value("audience", Audience) or Audience.EVERYONE,
        answered_by=part.value("answered_by", AnsweredBy) or AnsweredBy.IN_PERSON,
        service_hours=_service_hours(hours) if hours else None,
        courtesy_hours=_courtesy_hours(courtesy) if courtesy else None,
        campaign=_campaign(campaign) if campaign else None,
        operators=_operators(part),
        source_codes=_source_codes(part),
        deadlines=_deadlines(part.part("deadlines")),
        reports=_reports(part),
    )


def _deadlines(part: Reader) -> Deadlines:
    found: dict[str, Any] = {}
    for name, known in DEADLINES.items():
        amount = part.value(name, int)
        if amount is None:
            continue
        if not known.least <= amount <= known.most:
            part.complain(name, f"要在 {known.least} 到 {known.most} 之间")
        found[known.field] = Span(amount, known.unit) if known.unit else amount
    return replace(Deadlines(), **found)


def _operators(part: Reader) -> tuple[Operator, ...]:
    found = tuple(Operator(o.text("number", 12), o.text("name", LONGEST_NAME)) for o in part.parts("operators"))
    for number, count in Counter(operator.number for operator in found).items():
        if count > 1 or (number and not NUMBER.fullmatch(number)):
            part.complain("operators", f"{number}：工号须唯一，最多 12 个英文字母或数字")
    return found


def _source_codes(part: Reader) -> tuple[SourceCode, ...]:
    found = tuple(
        SourceCode(s.text("code", LONGEST_NAME), s.text("place", LONGEST_NAME), _position(s))
        for s in part.parts("source_codes")
    )
    for code, count in Counter(source.code for source in found).items():
        if count > 1 or (code and not SOURCE_CODE.fullmatch(code)):
            part.complain("source_codes", f"{code}：来源码须唯一，最多 12 个英文字母、数字、减号或下划线")
    if len(found) > MOST_PLACES:
        part.complain("source_codes", f"最多 {MOST_PLACES} 处")
    return found


def _position(part: Reader) -> Position | None:
    text = part.optional("position", LONGEST_NAME)
    if not text:
        return None
    numbers = POSITION.fullmatch(text)
    found = Position(float(numbers[1]), float(numbers[2])) if numbers else None
    if found is None or not found.is_in_china:
        part.complain("position", f"{text}：坐标请写成“经度,纬度”，经度在前，例如 116.3512,34.4236")
        return None
    return found


def position_text(position: Position) -> str:
    """As a roster's file and the form have it: longitude first; a sixth decimal is a tenth of a metre."""
    return f"{round(position.longitude, 6)},{round(position.latitude, 6)}"


def _reports(part: Reader) -> tuple[str, ...]:
    found = part.texts("reports", LONGEST_NAME, len(ReportKind))
    known = [kind.value for kind in ReportKind]
    if any(report not in known for report in found):
        part.complain("reports", "只能是 daily、weekly、monthly")
    return tuple(dict.fromkeys(found))


def _service_hours(part: Reader) -> ServiceHours:
    return ServiceHours(*_from_to(part), part.value("workdays_only", bool) is not False)


def _courtesy_hours(part: Reader) -> CourtesyHours:
    return CourtesyHours(*_from_to(part), part.text("hint", LONGEST_HINT))


def _campaign(part: Reader) -> Campaign:
    starts_on, ends_on = (part.value(name, date.fromisoformat) for name in ("starts_on", "ends_on"))
    if starts_on is None or ends_on is None or ends_on < starts_on:
        part.complain("ends_on", "请写明起止日期，结束不早于开始")
        return Campaign("", date.min, date.max)
    return Campaign(part.text("topic", LONGEST_NAME), starts_on, ends_on)


def _from_to(part: Reader) -> tuple[time, time]:
    begin, end = _clock(part, "from"), _clock(part, "to")
    if begin is not None and begin == end:
        part.complain("to", "起止时间不能相同")
    return begin or time(), end or time()


def _clock(part: Reader, name: str) -> time | None:
    """In whole minutes of Beijing's clock."""
    value = part.value(name, time.fromisoformat)
    if value is None or value.tzinfo is not None or value.second or value.microsecond:
        part.complain(name, "请写成 08:00 这样的时间")
        return None
    return value
