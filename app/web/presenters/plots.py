"""The charts of an overview, each with the table it is drawn from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from app.domain.overview import Overview
from app.domain.rates import RATES
from app.web.charts.map import Map, Spot, lay_out_map
from app.web.charts.plot import Plot, Shape
from app.web.presenters.overview import (
    LINE_RATES,
    TREND_RATES,
    calls_table,
    funnel_table,
    groups_table,
    kinds_table,
    matter_counts_table,
    matters_table,
    officials_table,
    places_table,
    topics_table,
    trend_table,
)


def flow_plot(one: Overview) -> Plot:
    return Plot("flow", "新收和答复（件）", trend_table(one), Shape.COLUMNS, (1, 2))


def trend_plot(name: str, one: Overview) -> Plot:
    value = 3 + TREND_RATES.index(name)
    return Plot(f"trend_{name}", f"{RATES[name].title}趋势", trend_table(one), Shape.COLUMNS, (value,))


def funnel_plot(one: Overview) -> Plot:
    return Plot("funnel", "办理进度（件）", funnel_table(one), Shape.BARS, (1,))


def kinds_plot(one: Overview) -> Plot:
    return Plot("kinds", "诉求类别（件）", kinds_table(one), Shape.BARS, (1,))


def matters_plot(one: Overview) -> Plot:
    return Plot("matters", "各类事项（件）", matters_table(one), Shape.BARS, (1,))


def matter_counts_plot(one: Overview) -> Plot:
    """Without the rates, where no figures were read."""
    return Plot("matter_counts", "各类事项（件）", matter_counts_table(one), Shape.BARS, (1,))


def groups_plot(name: str, one: Overview) -> Plot:
    value = 1 + LINE_RATES.index(name)
    return Plot(f"groups_{name}", f"各组{RATES[name].title}", groups_table(one), Shape.BARS, (value,))


def officials_plot(name: str, one: Overview) -> Plot:
    """In the roster's order, never by size."""
    value = 4 + LINE_RATES.index(name)
    return Plot(
        f"officials_{name}", f"各负责同志{RATES[name].title}", officials_table(one), Shape.BARS, (value,), label=3
    )


def calls_plot(one: Overview) -> Plot:
    return Plot("calls", "电话接听", calls_table(one), Shape.BARS, (1,))


def topics_plot(one: Overview) -> Plot:
    return Plot("topics", "热点（反映人数）", topics_table(one), Shape.BARS, (2, 3))


def places_plot(one: Overview) -> Plot:
    return Plot("places", "来源点位", places_table(one), Shape.BARS, (1, 2))


def places_map(one: Overview) -> Map | None:
    """The places with a position, sized by their appeals; None when none has one."""
    spots = [
        Spot(
            place.position.longitude,
            place.position.latitude,
            place.appeals,
            f"{place.place} {place.appeals}",
            f"{place.place}：诉求 {place.appeals} 件，扫码 {place.visits} 次",
        )
        for place in one.places
        if place.position is not None
    ]
    return lay_out_map("来源地图（诉求件数）", spots) if spots else None


PLOTS: Mapping[str, Callable[[Overview], Plot]] = {
    "flow": flow_plot,
    **{f"trend_{name}": partial(trend_plot, name) for name in TREND_RATES},
    "funnel": funnel_plot,
    "kinds": kinds_plot,
    "matters": matters_plot,
    **{f"groups_{name}": partial(groups_plot, name) for name in LINE_RATES},
    "calls": calls_plot,
    "topics": topics_plot,
    "places": places_plot,
}
"""By name, in the order in which they are shown. Charts of officials are asked for one by one."""
