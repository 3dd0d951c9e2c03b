"""Figures in numbers and words: every rate with its cases, none below ten, never a rank (product.md, rule 4)."""

from __future__ import annotations

from typing import Any

from app.domain.figures import FEWEST_CASES, Median, Rate
from app.domain.rates import RATES
from app.domain.roster import Official
from app.services.figures.published import OfficialFigures, RosterFigures

GATHERING = "数据积累中"


def present_figures(found: OfficialFigures, days: int) -> dict[str, Any]:
    """FiguresView."""
    rates = {name: _rate(kind.words, kind.unit, kind.read(found.tally), days) for name, kind in RATES.items()}
    return {"days": days, **rates, "first_response": _median(found.first_response, days)}


def present_known_figures(official: Official, figures: RosterFigures) -> dict[str, Any] | None:
    """The same for the directory; None while none of them stands on ten cases."""
    found = figures.of(official.id, official.name)
    counts = [kind.read(found.tally).cases for kind in RATES.values()]
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
        words = f"半数在 {length(median.public)}内得到首次联系"
    return {
        "median_minutes": median.public,
        "cases": median.cases,
        "text": f"{words}（按工作时间，近 {days} 天 {median.cases} 件）",
    }


def length(minutes: int) -> str:
    """Working time: a working day has nine hours, 09:00-18:00, so it is told in hours."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} 分钟"
    return f"{hours} 小时 {rest} 分钟" if rest else f"{hours} 小时"
