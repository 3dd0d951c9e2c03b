"""What a report keeps, as JSON: written once, read for ever, also by later versions of the program.

`dump` and `load` are each other's inverse but for the hits of groups, officials and steps below ten cases: they are
neither shown nor ranked (product.md, rule 4), so they are not written down either. Of the whole roster every count is
kept: how many were late is a fact, whatever rate it makes. What an older report did not keep is empty.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from app.domain.appeal import Kind, State
from app.domain.figures import Median, Rate
from app.domain.hot_topics import TermKind
from app.domain.overview import Bucket, Funnel, Headline, Line, Matter, Overview, Place, Standing, TopicLine, Topics
from app.domain.passage import Measure, Stage
from app.domain.reporting import Report, ReportKind, period_of
from app.domain.workday import ONE_DAY
from app.services.wording import is_name

Json = dict[str, Any]


def dump(overview: Overview) -> str:
    """Canonical JSON."""
    return json.dumps(_overview(overview), ensure_ascii=False, sort_keys=True)


def load(report: Report) -> Overview:
    """What the report tells."""
    return _read(json.loads(report.content), report)


def _overview(one: Overview) -> Json:
    return {
        "roster": one.roster,
        "city": one.city,
        "before_first": one.before_first.isoformat(),
        "before_last": one.before_last.isoformat(),
        **_headline(one.now),
        "before": _headline(one.before),
        "trend": [_bucket(bucket) for bucket in one.trend],
        "funnel": {"passed": dict(one.funnel.passed), "left": dict(one.funnel.left)},
        "groups": [{"name": line.name, **_rates(line.rates)} for line in one.groups],
        "officials": [_line(line) for line in one.officials],
        "matters": [_matter(one) for one in one.matters],
        "topics": [_topic(line) for line in one.topics.lines],
        "places": [[place.code, place.place, place.visits, place.appeals] for place in one.places],
        "unknown_appeals": one.unknown_appeals,
        "measures": dict(one.measures),
        "measures_before": dict(one.measures_before),
        "standing": _standing(one.standing),
    }


def _headline(one: Headline) -> Json:
    return {
        "submitted": {"all": one.submitted, "by_kind": _some(one.by_kind), "by_state": _some(one.by_state)},
        "answered": one.answered,
        "figures": _rates(one.rates),
        "hits": {name: rate.hits for name, rate in one.rates.items()},
        "first_response": {"minutes": one.first_response.public, "cases": one.first_response.cases},
    }


def _rates(rates: Mapping[str, Rate]) -> Json:
    return {name: _rate(rate) for name, rate in rates.items()}


def _rate(rate: Rate) -> Json:
    return {"rate": rate.public, "cases": rate.cases} | ({"hits": rate.hits} if rate.rankable() else {})


def _bucket(one: Bucket) -> Json:
    days = {"first": one.first.isoformat(), "last": one.last.isoformat()}
    return {**days, "submitted": one.submitted, "answered": one.answered, "figures": _rates(one.rates)}


def _line(one: Line) -> Json:
    who = {"id": one.key, "name": one.name, "post": one.post, "unit": one.unit, "group": one.group}
    return {**who, "former": one.former, **_rates(one.rates)}


def _topic(one: TopicLine) -> Json:
    kind = TermKind.CATEGORY if one.is_kind else TermKind.WORD
    counts = {"now": one.now, "before": one.before}
    return {
        "text": one.text,
        "kind": kind.value,
        **counts,
        "also": list(one.also),
        "category": one.category,
        "names": list(one.names),
    }


def _matter(one: Matter) -> Json:
    return {"name": one.name, "count": one.count, "before": one.before, "on_time": _rate(one.on_time)}


def _standing(one: Standing | None) -> Json | None:
    if one is None:
        return None
    numbers = ("open", "due_today", "overdue", "waiting_for_review", "supervised", "promise_broken")
    return {"at": one.at.isoformat(), "by_state": _some(one.by_state), **{name: getattr(one, name) for name in numbers}}


def _some(counts: Mapping[Any, int]) -> dict[str, int]:
    return {key.value: count for key, count in counts.items() if count}


def _read(found: Json, report: Report) -> Overview:
    before = period_of(ReportKind(report.kind), report.first - ONE_DAY)
    funnel, standing = found.get("funnel", {}), found.get("standing")
    return Overview(
        roster=found["roster"],
        city=found.get("city", ""),
        first=report.first,
        last=report.last,
        before_first=_day(found.get("before_first"), before.first),
        before_last=_day(found.get("before_last"), before.last),
        now=_read_headline(found),
        before=_read_headline(found.get("before", {})),
        trend=tuple(_read_bucket(one) for one in found.get("trend", ())),
        funnel=Funnel(
            {Stage(stage): count for stage, count in funnel.get("passed", {}).items()},
            {State(state): count for state, count in funnel.get("left", {}).items()},
        ),
        groups=tuple(_read_line(one["name"], one) for one in found["groups"]),
        officials=tuple(_read_line(one["id"], one) for one in found["officials"]),
        matters=tuple(_read_matter(one) for one in found.get("matters", ())),
        topics=Topics(tuple(_read_topic(one) for one in found["topics"]), report.first, report.last),
        places=tuple(Place(*one) for one in found.get("places", ())),
        unknown_appeals=found.get("unknown_appeals", 0),
        measures={Measure(name): count for name, count in found.get("measures", {}).items()},
        measures_before={Measure(name): count for name, count in found.get("measures_before", {}).items()},
        standing=_read_standing(standing) if standing else None,
    )


def _read_headline(found: Json) -> Headline:
    submitted = found.get("submitted", {"all": 0, "by_kind": {}, "by_state": {}})
    kinds, states = submitted["by_kind"], submitted["by_state"]
    response = found.get("first_response", {"minutes": None, "cases": 0})
    return Headline(
        submitted=submitted["all"],
        answered=found.get("answered", 0),
        by_kind={kind: kinds.get(kind.value, 0) for kind in Kind},
        by_state={state: states[state.value] for state in State if state.value in states},
        rates=_read_rates(found.get("figures", {}), found.get("hits", {})),
        first_response=Median(response["minutes"], response["cases"]),
    )


def _read_rates(found: Json, hits: Mapping[str, int] | None = None) -> dict[str, Rate]:
    rates = {name: one for name, one in found.items() if isinstance(one, dict) and "cases" in one}
    return {name: _read_rate(one, (hits or {}).get(name, one.get("hits"))) for name, one in rates.items()}


def _read_rate(found: Json, hits: int | None) -> Rate:
    if hits is None:  # below ten cases, or from before hits were kept
        hits = round((found["rate"] or 0) * found["cases"])
    return Rate(hits, found["cases"])


def _read_bucket(found: Json) -> Bucket:
    first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"])
    return Bucket(first, last, found["submitted"], found["answered"], _read_rates(found["figures"]))


def _read_line(key: str, found: Json) -> Line:
    group, post, unit = (found.get(name, "") for name in ("group", "post", "unit"))
    return Line(key, found["name"], _read_rates(found), group, post, unit, found.get("former", False))


def _read_topic(found: Json) -> TopicLine:
    is_kind = found["kind"] == TermKind.CATEGORY.value
    also, category = tuple(found.get("also", ())), found.get("category", "")
    words = () if is_kind else (found["text"], *also)
    names = tuple(found["names"]) if "names" in found else tuple(filter(is_name, words))  # an older report kept none
    return TopicLine(found["text"], is_kind, found["now"], found["before"], also, category, names)


def _read_matter(found: Json) -> Matter:
    return Matter(
        found["name"], found["count"], found["before"], _read_rate(found["on_time"], found["on_time"].get("hits"))
    )


def _read_standing(found: Json) -> Standing:
    return Standing(
        at=datetime.fromisoformat(found["at"]),
        open=found["open"],
        due_today=found["due_today"],
        overdue=found["overdue"],
        waiting_for_review=found["waiting_for_review"],
        supervised=found["supervised"],
        by_state={State(state): count for state, count in found["by_state"].items()},
        promise_broken=found.get("promise_broken", 0),
    )


def _day(text: str | None, otherwise: date) -> date:
    return date.fromisoformat(text) if text else otherwise
