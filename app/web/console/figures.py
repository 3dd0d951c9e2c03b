"""Dashboards: today and a period of a roster in numbers, charts and tables; hot topics; sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.figures import FEWEST_CASES, Rate
from app.domain.overview import Overview
from app.domain.rates import RATES
from app.domain.workday import BEIJING
from app.domain.worklist import Lists
from app.services.figures.dashboards import gather, sources
from app.services.figures.sums import Gathered, summary
from app.services.figures.today import today
from app.services.figures.topics import topics
from app.services.officers.access import CASE_READERS
from app.web.charts import DARK, LIGHT, Map, Plot, data_uri, drawn, is_drawable, lay_out, map_svg
from app.web.console.access import bp, officer, page
from app.web.console.asking import PRESETS, Period, RosterChoice, asked_period, asked_roster
from app.web.http import world
from app.web.presenters import overview as tables
from app.web.presenters import plots
from app.web.presenters.figures import GATHERING
from app.web.presenters.now import Tile, in_one_sentence, late_officials, tiles
from app.web.presenters.overview import LINE_RATES, WITHOUT
from app.web.presenters.periods import span
from app.web.tables import EMPTY, Cell, Table, in_words

USUAL_RATE = "on_time"
WHOLE, HALF = 1100, 540
"""Pixels of a chart that fills a panel, and of two beside each other."""


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
    one, now = summary(gathered), today(world(), officer(), gathered)
    return show(
        "figures",
        rosters,
        period,
        one=one,
        rate=rate,
        rates=[(name, RATES[name].title) for name in LINE_RATES],
        today=now,
        today_at=now.standing.at.astimezone(BEIJING),
        tiles=[(tile, _list_of(tile, rosters.slug)) for tile in tiles(now)],
        sentence=in_one_sentence(now),
        late=[(load, _late_list(rosters.slug, load.key)) for load in late_officials(now)],
        group_loads=tables.load_table(now, of_groups=True),
        loads=tables.load_table(now),
        people=len(now.officials),
        headline=tables.headline_table(one),
        empty=is_empty(one),
        flow=chart_of(plots.flow_plot(one), HALF),
        trends=[chart_of(plots.trend_plot(name, one), HALF) for name in tables.TREND_RATES],
        trend=tables.trend_table(one),
        funnel=chart_of(plots.funnel_plot(one), HALF),
        kinds=chart_of(plots.kinds_plot(one), HALF),
        matters=chart_of(plots.matters_plot(one)),
        groups=chart_of(plots.groups_plot(rate, one), HALF),
        officials=chart_of(plots.officials_plot(rate, one)),
        calls=tables.calls_table(one),
    )


@page("/topics", *CASE_READERS)
def show_topics() -> ResponseReturnValue:
    rosters, period = asked_roster(), asked_period()
    if not rosters.slug:
        return no_roster()
    one = topics(world(), officer(), rosters.chosen, period.first, period.last)
    names = list(dict.fromkeys(line.category or WITHOUT for line in one.topics.lines if not line.is_kind))
    category = request.args.get("category", "")
    if category in names:
        kept = tuple(line for line in one.topics.lines if (line.category or WITHOUT) == category)
        one = replace(one, topics=replace(one.topics, lines=kept))
    days = one.topics
    others = bool(days.first and days.last and (days.first, days.last) != (period.first, period.last))
    return show(
        "topics",
        rosters,
        period,
        one=one,
        days=span(days.first, days.last) if others and days.first and days.last else "",
        topics=chart_of(plots.topics_plot(one)),
        named=[word for line in one.topics.lines if line.now < FEWEST_CASES for word in line.names],
        kinds=chart_of(plots.kinds_plot(one)),
        matters=chart_of(plots.matter_counts_plot(one)),
        categories=[("", "全部"), *((name, name) for name in names)],
        category=category if category in names else "",
    )


@page("/sources", *CASE_READERS)
def show_sources() -> ResponseReturnValue:
    rosters, period = asked_roster(), asked_period()
    if not rosters.slug:
        return no_roster()
    one = sources(world(), officer(), rosters.chosen, period.first, period.last)
    found = plots.places_map(one)
    return show(
        "sources",
        rosters,
        period,
        one=one,
        places=chart_of(plots.places_plot(one)),
        map=chart_of_map(found, tables.places_table(one)) if found else None,
        unplaced=[place for place in one.places if place.position is None],
    )


def show(template: str, rosters: RosterChoice, period: Period, one: Overview, **more: Any) -> str:
    days = {"days_words": span(period.first, period.last), "before_words": span(one.before_first, one.before_last)}
    return render_template(
        f"console/{template}.html", rosters=rosters, period=period, presets=PRESETS, one=one, **days, **more
    )


def no_roster() -> str:
    return render_template("console/figures_empty.html")


def gathered_of(rosters: RosterChoice, period: Period) -> Gathered:
    return gather(world(), officer(), rosters.chosen, period.first, period.last)


def is_empty(one: Overview) -> bool:
    """Whether neither period tells anything at all."""
    return not any(
        now.submitted or now.answered or any(rate.cases for rate in now.rates.values()) for now in (one.now, one.before)
    )


def asked_rate() -> str:
    """By which rate groups and officials are drawn."""
    wanted = request.args.get("rate", "")
    return wanted if wanted in LINE_RATES else USUAL_RATE


def chart_of_map(found: Map, table: Table) -> Chart:
    return Chart(found.title, table, data_uri(map_svg(found, LIGHT)), data_uri(map_svg(found, DARK)))


def _list_of(tile: Tile, slug: str) -> str:
    """The address of the work list that a number counts; empty where there is none."""
    return url_for("console.list_appeals", desk=tile.list.value, roster=slug) if tile.list else ""


def _late_list(slug: str, official_id: str) -> str:
    return url_for("console.list_appeals", desk=Lists.LATE.value, roster=slug, official=official_id)


def chart_of(plot: Plot, width: int = WHOLE) -> Chart:
    """Both pictures in the page itself: another request would have to count everything again."""
    if not is_drawable(plot):
        return Chart(plot.title, plot.table)
    picture = lay_out(plot, width)
    return Chart(plot.title, plot.table, data_uri(drawn(picture, LIGHT)), data_uri(drawn(picture, DARK)))


@bp.app_template_filter("cell")
def cell_words(cell: Cell, unit: str = "") -> str:
    """As in a paper; on a page a rate of too few cases is short, and `few` says once below the table what it means."""
    return in_words(cell, unit).replace(GATHERING, EMPTY)


@bp.app_template_filter("few")
def few_words(table: Table) -> str:
    """What the rates without a number mean; empty when there are none."""
    has_few = any(GATHERING in in_words(cell, column.unit) for column, cell in table.cells())
    return f"“{EMPTY}（几件）”：不足 {FEWEST_CASES} 件，{GATHERING}，不计算比率。" if has_few else ""


@bp.app_template_filter("number_columns")
def number_columns(table: Table) -> tuple[bool, ...]:
    """Of each column, whether it holds numbers: these stand at the right, with whatever words are among them."""
    return tuple(any(isinstance(row[place], (int, Rate)) for row in table.rows) for place in range(len(table.columns)))
