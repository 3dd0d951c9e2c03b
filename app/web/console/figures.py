"""Dashboards: today and a period of a roster in numbers, charts and tables; hot topics; sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.figures import Rate
from app.domain.overview import Overview
from app.domain.rates import RATES
from app.domain.workday import BEIJING
from app.services.figures.dashboards import gather, places
from app.services.figures.sums import Gathered, summary
from app.services.figures.today import today
from app.services.figures.topics import topics
from app.services.officers.access import CASE_READERS
from app.web.charts import DARK, LIGHT, Plot, data_uri, is_drawable, svg
from app.web.console.access import bp, officer, page
from app.web.console.asking import PRESETS, Period, RosterChoice, asked_period, asked_roster
from app.web.http import world
from app.web.presenters import overview as tables
from app.web.presenters import plots
from app.web.presenters.overview import LINE_RATES
from app.web.presenters.periods import span
from app.web.tables import Cell, Table, in_words

USUAL_RATE = "on_time"


@dataclass(frozen=True)
class Chart:
    """`light` and `dark` are addresses of pictures; empty where there is nothing to draw: the table is all then."""

    title: str
    table: Table
    light: str = ""
    dark: str = ""


@page("/figures", *CASE_READERS)
def show_dashboard() -> ResponseReturnValue:
    rosters, period, rate = asked_roster(), asked_period(), asked_rate()
    if not rosters.slug:
        return no_roster()
    gathered = gathered_of(rosters, period)
    one, now = summary(gathered), today(world(), officer(), rosters.slug)
    return show(
        "figures",
        rosters,
        period,
        one=one,
        rate=rate,
        rates=[(name, RATES[name].title) for name in LINE_RATES],
        today=now,
        today_at=now.standing.at.astimezone(BEIJING),
        today_table=tables.today_table(now),
        group_loads=tables.load_table(now, of_groups=True),
        loads=tables.load_table(now),
        headline=tables.headline_table(one),
        flow=chart_of(plots.flow_plot(one)),
        trends=[chart_of(plots.trend_plot(name, one)) for name in tables.TREND_RATES],
        trend=tables.trend_table(one),
        funnel=chart_of(plots.funnel_plot(one)),
        kinds=chart_of(plots.kinds_plot(one)),
        groups=chart_of(plots.groups_plot(rate, one)),
        officials=chart_of(plots.officials_plot(rate, one)),
        calls=tables.calls_table(one),
    )


@page("/topics", *CASE_READERS)
def show_topics() -> ResponseReturnValue:
    rosters, period = asked_roster(), asked_period()
    if not rosters.slug:
        return no_roster()
    gathered = gathered_of(rosters, period)
    one = replace(summary(gathered), topics=topics(world(), gathered))
    days = one.topics
    others = bool(days.first and days.last and (days.first, days.last) != (period.first, period.last))
    return show(
        "topics",
        rosters,
        period,
        one=one,
        days=span(days.first, days.last) if others and days.first and days.last else "",
        topics=chart_of(plots.topics_plot(one)),
        kinds=chart_of(plots.kinds_plot(one)),
    )


@page("/sources", *CASE_READERS)
def show_sources() -> ResponseReturnValue:
    rosters, period = asked_roster(), asked_period()
    if not rosters.slug:
        return no_roster()
    gathered = gathered_of(rosters, period)
    found, unknown = places(world(), gathered)
    one = replace(summary(gathered), places=found, unknown_appeals=unknown)
    return show("sources", rosters, period, one=one, places=chart_of(plots.places_plot(one)))


def show(template: str, rosters: RosterChoice, period: Period, one: Overview, **more: Any) -> str:
    days = {"days_words": span(period.first, period.last), "before_words": span(one.before_first, one.before_last)}
    return render_template(
        f"console/{template}.html", rosters=rosters, period=period, presets=PRESETS, one=one, **days, **more
    )


def no_roster() -> str:
    return render_template("console/figures_empty.html")


def gathered_of(rosters: RosterChoice, period: Period) -> Gathered:
    return gather(world(), officer(), rosters.slug, period.first, period.last)


def asked_rate() -> str:
    """By which rate groups and officials are drawn."""
    wanted = request.args.get("rate", "")
    return wanted if wanted in LINE_RATES else USUAL_RATE


def chart_of(plot: Plot) -> Chart:
    """Both pictures in the page itself: another request would have to count everything again."""
    if not is_drawable(plot):
        return Chart(plot.title, plot.table)
    return Chart(plot.title, plot.table, data_uri(svg(plot, LIGHT)), data_uri(svg(plot, DARK)))


@bp.app_template_filter("cell")
def cell_words(cell: Cell, unit: str = "") -> str:
    return in_words(cell, unit)


@bp.app_template_filter("number_columns")
def number_columns(table: Table) -> tuple[bool, ...]:
    """Of each column, whether it holds numbers: these stand at the right, with whatever words are among them."""
    return tuple(any(isinstance(row[place], (int, Rate)) for row in table.rows) for place in range(len(table.columns)))
