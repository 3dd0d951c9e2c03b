"""An overview of March as pages and papers get it: rates on both sides of ten cases, names of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from app.domain.appeal import Kind, State
from app.domain.figures import Median, Rate
from app.domain.overview import (
    Bucket,
    Funnel,
    Headline,
    Line,
    Load,
    Matter,
    Overview,
    Place,
    Standing,
    Today,
    TopicLine,
    Topics,
)
from app.domain.passage import Measure, Stage
from app.domain.rates import RATES
from app.domain.reporting import Report, ReportKind
from app.services.figures.report_content import dump

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
MADE = datetime(2026, 4, 1, 0, 30, tzinfo=UTC)
FORMULA = '=HYPERLINK("http://example.cn","点我")'
MARKUP = "<script>alert(1)</script>"


def rates(**given: Rate) -> dict[str, Rate]:
    """All of them with 9 of 12, but for those given."""
    return {name: Rate(9, 12) for name in RATES} | given


def a_headline(**changes: Any) -> Headline:
    kinds = {Kind.CONSULTATION: 30, Kind.REQUEST: 60, Kind.COMPLAINT: 10, Kind.SUGGESTION: 0}
    states = {State.IN_PROGRESS: 20, State.CONCLUDED: 75, State.WITHDRAWN: 5}
    given = rates(on_time=Rate(199, 200), response=Rate(45, 50), raw_on_time=Rate(190, 200), call_back=Rate(3, 8))
    return replace(Headline(100, 90, kinds, states, given, Median(80, 50)), **changes)


OFFICIALS = (
    Line("a", "魏崇岭", rates(on_time=Rate(9, 9)), "市领导", "市长", "市政府"),
    Line("b", "周文清", rates(on_time=Rate(11, 12)), "市直部门", "局长", "市教育局"),
    Line("b", "吴敏", rates(on_time=Rate(12, 12)), "市直部门", "局长", "市教育局", former=True),
    Line("c", FORMULA, rates(on_time=Rate(0, 5)), "市直部门", MARKUP, "市城管局"),
    Line("d", "陈少", {name: Rate(0, 4) for name in RATES}, "市直部门", "局长", "市林业局"),
)


def an_overview(**changes: Any) -> Overview:
    one = Overview(
        roster="市领导公开电话",
        city="亳州市",
        first=FIRST,
        last=LAST,
        before_first=date(2026, 2, 1),
        before_last=date(2026, 2, 28),
        now=a_headline(),
        before=a_headline(submitted=80, answered=95, rates=rates(on_time=Rate(90, 100), response=Rate(2, 5))),
        trend=(
            Bucket(FIRST, FIRST, 4, 0, rates(on_time=Rate(1, 2))),
            Bucket(date(2026, 3, 2), date(2026, 3, 8), 60, 50, rates(on_time=Rate(95, 100))),
            Bucket(date(2026, 3, 9), LAST, 36, 40, rates(on_time=Rate(49, 98))),
        ),
        funnel=Funnel(
            dict(zip(Stage, (100, 98, 95, 80, 40, 30), strict=True)), {State.WITHDRAWN: 5, State.REJECTED: 0}
        ),
        groups=(
            Line("市领导", "市领导", rates(on_time=Rate(9, 9))),
            Line("市直部门", "市直部门", rates(on_time=Rate(190, 191))),
        ),
        officials=OFFICIALS,
        matters=(
            Matter("水电气热", 60, 40, Rate(29, 30)),
            Matter("教育", 30, 0, Rate(9, 9)),
            Matter("", 10, 40, Rate(0, 0)),
        ),
        topics=Topics(
            (TopicLine("停水", False, 40, 10.4, ("水压",), "水电气热"), TopicLine("request", True, 60, 20)), FIRST, LAST
        ),
        places=(Place("P-1", "车站", 300, 12), Place("P-2", "+医院", 0, 0)),
        unknown_appeals=2,
        measures={Measure.URGED: 14, Measure.HELD: 1, Measure.DISMISSED: 2, Measure.PROMISE_BROKEN: 3},
        measures_before={Measure.URGED: 4},
        standing=Standing(MADE, 20, 3, 7, 2, 4, {State.IN_PROGRESS: 20}, 1),
    )
    return replace(one, **changes)


def a_report(one: Overview, kind: ReportKind = ReportKind.MONTHLY) -> Report:
    return Report("city:monthly:2026-03-01", "city", kind, one.first, one.last, MADE, dump(one))


def a_today() -> Today:
    loads = (Load("市领导", "市领导", 2, 0, 0), Load("市直部门", "市直部门", 18, 3, 7))
    people = (Load("b", "周文清", 18, 3, 7, "市直部门", "局长", "市教育局"),)
    return Today(LAST, 5, 6, an_overview().standing or Standing(MADE), loads, people)
