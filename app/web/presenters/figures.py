"""Figures in numbers and words: every rate with its cases, none below ten, never a rank (product.md, rule 4)."""

from __future__ import annotations

from typing import Any

from app.domain import figures
from app.domain.figures import FEWEST_CASES, Median, Rate
from app.domain.roster import Official
from app.services.published_figures import OfficialFigures, RosterFigures

GATHERING = "数据积累中"
RATES = {
    "response": ("按时联系", "件", figures.response_rate),
    "on_time": ("按时答复", "件", figures.on_time_rate),
    "raw_on_time": ("按原期限答复", "件", figures.raw_on_time_rate),
    "resolution": ("评价已解决", "件评价", figures.resolution_rate),
    "partly": ("评价部分解决", "件评价", figures.partly_rate),
    "satisfaction": ("评价满意", "件评价", figures.satisfaction_rate),
    "participation": ("群众参评", "件答复", figures.participation_rate),
    "connection": ("电话接通", "次", figures.connection_rate),
    "in_person": ("接通后本人接听", "次", figures.in_person_rate),
    "call_back": ("未接来电一个工作日内回拨", "次", figures.call_back_rate),
}


def present_figures(found: OfficialFigures, days: int) -> dict[str, Any]:
    """FiguresView."""
    rates = {name: _rate(label, unit, read(found.tally), days) for name, (label, unit, read) in RATES.items()}
    return {"days": days, **rates, "first_response": _median(found.first_response, days)}


def present_known_figures(official: Official, figures: RosterFigures) -> dict[str, Any] | None:
    """The same for the directory; None while none of them stands on ten cases."""
    found = figures.of(official.id, official.name)
    counts = [read(found.tally).cases for _, _, read in RATES.values()]
    if max(*counts, found.first_response.cases) < FEWEST_CASES:
        return None
    return present_figures(found, figures.days)


def present_figures_of(official: Official, figures: RosterFigures) -> dict[str, Any]:
    return {
        "id": official.id,
        "roster": official.roster,
        "group": official.group,
        "name": official.name,
        "post": official.post,
        "unit": official.unit,
        "figures": present_figures(figures.of(official.id, official.name), figures.days),
    }


def _rate(label: str, unit: str, rate: Rate, days: int) -> dict[str, Any]:
    known = rate.public is not None
    # cut, not rounded: 199 of 200 are not 100 %
    words = f"{label} {rate.hits * 100 // rate.cases}%" if known else f"{label} {GATHERING}"
    return {
        "rate": round(rate.value, 4) if known and rate.value is not None else None,
        "cases": rate.cases,
        "text": f"{words}（近 {days} 天 {rate.cases} {unit}）",
    }


def _median(median: Median, days: int) -> dict[str, Any]:
    if median.cases < FEWEST_CASES:
        words = f"首次联系 {GATHERING}"
    elif median.public is None:
        words = "首次联系 半数以上仍在等候"
    else:
        words = f"半数在 {_length(median.public)}内得到首次联系"
    return {
        "median_minutes": median.public,
        "cases": median.cases,
        "text": f"{words}（按工作时间，近 {days} 天 {median.cases} 件）",
    }


def _length(minutes: int) -> str:
    """Working time: a working day has nine hours, 09:00-18:00, so it is told in hours."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分钟"
    return f"{hours} 小时 {rest} 分钟" if rest else f"{hours} 小时"
