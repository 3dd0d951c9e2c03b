"""An overview as tables and charts, each with its name: what pages, sheets and papers show of a period.

The order of groups and officials is the roster's, never a rank; every rate stands with its cases (product.md, rule 4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.domain.appeal import Kind, State
from app.domain.figures import FEWEST_CASES, Rate
from app.domain.labels import KINDS, STATES
from app.domain.overview import Headline, Line, Load, Overview, Standing, Today
from app.domain.passage import LEFT, MEASURES, STAGES
from app.domain.rates import CALL_RATES, RATES
from app.web.presenters.figures import GATHERING, length
from app.web.presenters.periods import span, step_label
from app.web.tables import Cell, Column, Table, percent

COUNT = "件"
TREND_RATES = ("response", "on_time", "satisfaction")
LINE_RATES = ("response", "on_time", "resolution", "satisfaction")
HEADLINE_RATES = tuple(name for name in RATES if name not in CALL_RATES)
WITHOUT = "未归类"
"""What speaks of no category."""
MATTERS_NOTE = "按诉求里的用词归类，每件归一类，用词在设置的“事项分类”里定，只供参考。"
NAMES_HELD_BACK = f"不足{FEWEST_CASES}人反映的地名、人名不列。"
NO_RANK = "按名册顺序排列，不排名；不足 10 件的不计算比率。"
COHORT = "比率按当期到期的件数计算，逾期未办的计入；括号内为件数。"


def rate_columns(names: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(RATES[name].title, RATES[name].unit) for name in names)


def headline_table(one: Overview) -> Table:
    """The period against the one before; without rates of which neither has a case."""
    now, before = one.now, one.before
    rows: list[tuple[Cell, ...]] = [
        ("新收诉求", now.submitted, before.submitted, change(now.submitted, before.submitted)),
        ("答复诉求", now.answered, before.answered, change(now.answered, before.answered)),
    ]
    rates = (_rate_row(name, now, before) for name in HEADLINE_RATES)
    rows += [row for row in rates if any(isinstance(cell, Rate) and cell.cases for cell in row)]
    rows.append(("首次联系用时（中位数）", _median(now), _median(before), None))
    columns = (Column("指标"), Column("本期", COUNT), Column("上期", COUNT), Column("变化"))
    note = f"上期为 {span(one.before_first, one.before_last)}。{COHORT}"
    return Table("headline", "主要指标", columns, tuple(rows), note)


def trend_table(one: Overview) -> Table:
    columns = (Column("时段"), Column("新收", COUNT), Column("答复", COUNT), *rate_columns(TREND_RATES))
    rows = tuple(
        (step_label(bucket.first, bucket.last), bucket.submitted, bucket.answered, *_of(bucket.rates, TREND_RATES))
        for bucket in one.trend
    )
    return Table("trend", "趋势", columns, rows, COHORT)


def kinds_table(one: Overview) -> Table:
    counts = {KINDS[kind]: one.now.by_kind.get(kind, 0) for kind in Kind}
    return _shares("kinds", "诉求类别", "类别", counts, one.now.submitted)


def matters_table(one: Overview) -> Table:
    """What is written about, with the change against the period before."""
    whole = sum(matter.count for matter in one.matters)
    rows = tuple(
        (
            matter.name or WITHOUT,
            matter.count,
            Rate(matter.count, whole),
            change(matter.count, matter.before),
            matter.on_time,
        )
        for matter in one.matters
    )
    columns = (
        Column("事项"),
        Column("件数", COUNT),
        Column("占比", COUNT),
        Column("比上期"),
        *rate_columns(("on_time",)),
    )
    return Table("matters", "事项分类", columns, rows, f"{MATTERS_NOTE}按时率按当期到期的件数计算。")


def matter_counts_table(one: Overview) -> Table:
    """The same without the rates, where no figures were read."""
    whole = matters_table(one)
    return replace(whole, columns=whole.columns[:-1], rows=tuple(row[:-1] for row in whole.rows), note=MATTERS_NOTE)


def states_table(one: Overview) -> Table:
    counts = {STATES[state]: one.now.by_state[state] for state in State if one.now.by_state.get(state)}
    return _shares("states", "本期诉求目前状态", "状态", counts, one.now.submitted)


def funnel_table(one: Overview) -> Table:
    """From submission to a rating that says it is resolved; then who left the way."""
    whole = one.now.submitted
    rows: list[tuple[Cell, ...]] = [
        (words, one.funnel.passed.get(stage, 0), one.funnel.share(stage)) for stage, words in STAGES.items()
    ]
    rows += [
        (f"其中{STATES[state]}", one.funnel.left.get(state, 0), Rate(one.funnel.left.get(state, 0), whole))
        for state in LEFT
    ]
    columns = (Column("环节"), Column("件数", COUNT), Column("占提交", COUNT))
    note = "按本期提交的诉求统计，截至统计时已经到达各环节的件数。"
    return Table("funnel", "办理进度", columns, tuple(rows), note)


def groups_table(one: Overview) -> Table:
    columns = (Column("分组"), *rate_columns(LINE_RATES))
    rows = tuple((line.name, *_of(line.rates, LINE_RATES)) for line in one.groups)
    return Table("groups", "分组情况", columns, rows, f"{NO_RANK}{COHORT}")


def officials_table(one: Overview, brief: bool = False) -> Table:
    """`brief`: for paper, without those who have fewer than ten cases of everything."""
    rates = rate_columns(LINE_RATES)
    if brief:
        columns = (Column("单位及职务"), Column("姓名"), *rates)
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (f"{line.unit}{line.post}", who(line), *_of(line.rates, LINE_RATES))
            for line in one.officials
            if any(line.rates[name].rankable() for name in LINE_RATES if name in line.rates)
        )
    else:
        columns = (Column("分组"), Column("单位"), Column("职务"), Column("姓名"), *rates)
        rows = tuple(
            (line.group, line.unit, line.post, who(line), *_of(line.rates, LINE_RATES)) for line in one.officials
        )
    return Table("officials", "各负责同志办理情况", columns, rows, f"{NO_RANK}{COHORT}")


def topics_table(one: Overview) -> Table:
    """Words only: the kinds have their own table."""
    columns = (Column("热点"), Column("事项分类"), Column("本期", "人"), Column("此前平均", "人"))
    rows = tuple(
        ("、".join((line.text, *line.also)), line.category or WITHOUT, line.now, round(line.before))
        for line in one.topics.lines
        if not line.is_kind
    )
    days = "" if one.topics.first is None or one.topics.last is None else span(one.topics.first, one.topics.last)
    note = f"{days}反映人数明显多于此前四期平均数的词语，每人计一次。" if days else "诉求数量还不足以看出热点。"
    if one.topics.is_cut:
        note += NAMES_HELD_BACK
    return Table("topics", "热点", columns, rows, note)


def places_table(one: Overview) -> Table:
    columns = (Column("点位"), Column("扫码", "次"), Column("诉求", COUNT))
    rows = tuple((place.place, place.visits, place.appeals) for place in one.places)
    note = f"另有 {one.unknown_appeals} 件诉求的来源码不在名册内。" if one.unknown_appeals else ""
    return Table("places", "来源点位", columns, rows, note)


def calls_table(one: Overview) -> Table:
    rows = tuple(_rate_row(name, one.now, one.before)[:3] for name in CALL_RATES)
    columns = (Column("指标"), Column("本期", "次"), Column("上期", "次"))
    return Table(
        "calls",
        "电话接听",
        columns,
        rows,
        "由来电群众或接线员登记。本人接听率不计接线员代接的，同一人同一天只计一次；括号内为次数。",
    )


def measures_table(one: Overview) -> Table:
    rows = tuple(
        (words, one.measures.get(name, 0), one.measures_before.get(name, 0)) for name, words in MEASURES.items()
    )
    columns = (Column("事项"), Column("本期", "次"), Column("上期", "次"))
    return Table("measures", "督办和约谈", columns, rows, "同一诉求可有多次；约谈由督查部门逐件决定。")


def standing_table(standing: Standing) -> Table:
    rows: list[tuple[Cell, ...]] = [
        ("尚未办结", standing.open),
        ("已逾期", standing.overdue),
        ("当日到期", standing.due_today),
        ("待审核", standing.waiting_for_review),
        ("承诺逾期未联系", standing.promise_broken),
        ("督办在列", standing.supervised),
    ]
    return Table("standing", "在办情况", (Column("事项"), Column("件数", COUNT)), tuple(rows))


def load_table(today: Today, of_groups: bool = False) -> Table:
    """Who has what to do now, in the roster's order, and what nobody has: the lines add up to the last one."""
    numbers = (Column("在办", COUNT), Column("今日到期", COUNT), Column("已逾期", COUNT))
    if of_groups:
        rows = tuple((o.name, *_counts(o)) for o in today.groups)
        return Table("group_load", "各组在办", (Column("分组"), *numbers), (*rows, *_rest(today)))
    people = tuple((o.group, o.unit, o.post, o.name, *_counts(o)) for o in today.officials)
    rest = tuple((name, None, None, None, *counts) for name, *counts in _rest(today))
    names = (Column("分组"), Column("单位"), Column("职务"), Column("姓名"))
    return Table("load", "各负责同志在办", (*names, *numbers), (*people, *rest), "按名册顺序排列，不排名。")


def _rest(today: Today) -> tuple[tuple[Cell, ...], ...]:
    """What is with nobody of the roster, and the sum. 未交办 is always told, so that none is missed."""
    elsewhere = (("已不在名册", *_counts(today.elsewhere)),) if today.elsewhere.open else ()
    return (("未交办", *_counts(today.unassigned)), *elsewhere, ("合计", *_counts(today.standing)))


def _counts(one: Load | Standing) -> tuple[int, int, int]:
    return one.open, one.due_today, one.overdue


def who(line: Line) -> str:
    return f"{line.name}（前任）" if line.former else line.name


def _rate_row(name: str, now: Headline, before: Headline) -> tuple[Cell, ...]:
    nothing = Rate(0, 0)
    this, that = now.rates.get(name, nothing), before.rates.get(name, nothing)
    return RATES[name].title, this, that, points(this, that)


def points(now: Rate, before: Rate) -> str | None:
    """The change in percentage points, to a tenth; None unless both stand on ten cases."""
    if now.public is None or before.public is None:
        return None
    tenths = now.hits * 1000 // now.cases - before.hits * 1000 // before.cases
    if not tenths:
        return "持平"
    return f"{'上升' if tenths > 0 else '下降'} {abs(tenths) // 10}.{abs(tenths) % 10} 个百分点"


def change(now: int, before: int) -> str:
    """The change of a count; a share only where the count before was not small."""
    if now == before:
        return "持平"
    words = f"{'增加' if now > before else '减少'} {abs(now - before)} 件"
    share = percent(Rate(abs(now - before), before))
    return f"{words}（{share}）" if share else words


def _median(one: Headline) -> str:
    median = one.first_response
    if median.cases < FEWEST_CASES:
        return f"{GATHERING}（{median.cases} 件）"
    words = "半数以上仍在等候" if median.minutes is None else length(median.minutes)
    return f"{words}（{median.cases} 件）"


def _of(rates: Mapping[str, Rate], names: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(rates.get(name, Rate(0, 0)) for name in names)


def _shares(name: str, title: str, first: str, counts: Mapping[str, int], whole: int) -> Table:
    rows = tuple((words, count, Rate(count, whole)) for words, count in counts.items())
    return Table(name, title, (Column(first), Column("件数", COUNT), Column("占比", COUNT)), rows)


TABLES: Mapping[str, Callable[[Overview], Table]] = {
    "headline": headline_table,
    "trend": trend_table,
    "funnel": funnel_table,
    "kinds": kinds_table,
    "matters": matters_table,
    "states": states_table,
    "groups": groups_table,
    "officials": officials_table,
    "calls": calls_table,
    "measures": measures_table,
    "topics": topics_table,
    "places": places_table,
}
