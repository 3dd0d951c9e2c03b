"""日报, 周分析, 月通报 in words, in the manner of an official 通报: what happened, how it was met, what is wrong, what
people write about, what comes next.

Facts and counts only. Every rate stands with its cases, none below ten; whoever is named stands in the roster's order
with at least ten cases, and nobody is placed before anybody (product.md, rule 4).

A 月通报 goes to all units: until somebody has signed it, page, sheet and document say 草稿. 日报 and 周分析 are
addressed to nobody and need no signature.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from app.domain.bulletin import without
from app.domain.office_words import REPORT_KINDS
from app.domain.overview import Overview
from app.domain.reporting import LineKind, Report, ReportKind
from app.domain.workday import local_day
from app.web.charts import Plot
from app.web.documents import phrases
from app.web.documents.phrases import Words
from app.web.presenters import overview as tables
from app.web.presenters import plots
from app.web.presenters.periods import span
from app.web.tables import Table

DRAFT = "草稿"
LINES_OF = {"officials": LineKind.OFFICIAL, "topics": LineKind.TOPIC, "places": LineKind.PLACE}
"""In which tables the lines stand that a supervisor may leave out."""
MASTHEADS = {kind: f"直通车{words}" for kind, words in REPORT_KINDS.items()}


@dataclass(frozen=True)
class Part:
    """`level` 1 is 一、, 2 is （一）; a part without a heading goes on with the one before."""

    heading: str
    level: int
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    plots: tuple[Plot, ...] = ()


@dataclass(frozen=True)
class Paper:
    """`issue`: 2026年第3期. `dated`: 成文日期, the day on which it was made."""

    masthead: str
    issue: str
    issuer: str
    title_lines: tuple[str, ...]
    """As it is broken where the sense allows."""
    addressee: str
    parts: tuple[Part, ...]
    dated: date
    file_name: str
    sheets: tuple[Table, ...] = ()
    """Tables that only a workbook has room for, in place of those of the same name."""
    mark: str = ""
    """草稿, on every page and sheet; empty for what may go out."""
    lead: tuple[str, ...] = ()
    """导语 before the parts, by paragraph; what a correction replaces stands first."""
    remark: tuple[str, ...] = ()
    """备注 behind them."""
    signed_by: str = ""

    @property
    def title(self) -> str:
        return "".join(self.title_lines)

    def all_tables(self) -> tuple[Table, ...]:
        """For a workbook."""
        longer = {table.name: table for table in self.sheets}
        told = [table for part in self.parts for table in part.tables]
        more = [table for table in self.sheets if table.name not in {one.name for one in told}]
        return tuple(longer.get(table.name, table) for table in (*told, *more))

    def all_plots(self) -> tuple[Plot, ...]:
        return tuple(plot for part in self.parts for plot in part.plots)


def paper_of(report: Report, one: Overview) -> Paper:
    """The report in words. A daily one tells the day, the longer ones also who did what and what comes next."""
    whole, one = one, without(one, report.left_out)
    words = Words(one, report.kind, whole)
    gaps = Counter(line.kind for line in report.left_out)
    days = span(one.first, one.last) if report.kind is ReportKind.MONTHLY else _with_year(one.first, one.last)
    titles = {
        ReportKind.DAILY: (f"{one.roster}诉求办理情况日报", f"（{days}）"),
        ReportKind.WEEKLY: (f"{one.roster}诉求办理情况周分析", f"（{days}）"),
        ReportKind.MONTHLY: (f"关于{days}{one.roster}", "诉求办理情况的通报"),
    }
    parts = _daily(words) if report.kind is ReportKind.DAILY else _full(words)
    sheets = (tables.groups_table(one), tables.officials_table(one), tables.states_table(one))
    mark = DRAFT if report.is_draft else ""
    name = "-".join((MASTHEADS[report.kind], f"{one.first:%Y%m%d}", *_revision(report), *([mark] if mark else [])))
    return Paper(
        masthead=MASTHEADS[report.kind],
        issue=report.issue.number if report.issue else _issue(report.kind, one.first),
        issuer=f"{one.city}直通车工作专班",
        title_lines=titles[report.kind],
        addressee="各承办单位：" if report.kind is ReportKind.MONTHLY else "",
        parts=tuple(_numbered([replace(part, tables=_with_gaps(part.tables, gaps)) for part in parts])),
        dated=local_day(report.issue.at if report.issue else report.made_at),
        file_name=name,
        sheets=_with_gaps(sheets, gaps),
        mark=mark,
        lead=(*_correction(report), *_paragraphs(report.lead)),
        remark=_paragraphs(report.remark),
        signed_by=report.issue.by if report.issue else "",
    )


def _correction(report: Report) -> tuple[str, ...]:
    """What this revision replaces and why. A bulletin that replaces drafts only has nothing to correct."""
    if report.revision == 1 or (report.kind is ReportKind.MONTHLY and not report.replaces):
        return ()
    replaced = f"重新统计后印发，{report.replaces}同时废止" if report.replaces else "重新统计，此前一版不再使用"
    return (f"本期为第{report.revision}版，{replaced}。更正原因：{report.reason.rstrip('。')}。",)


def _revision(report: Report) -> tuple[str, ...]:
    return () if report.revision == 1 else (f"第{report.revision}版",)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _with_gaps(found: tuple[Table, ...], gaps: Counter[LineKind]) -> tuple[Table, ...]:
    """That lines are missing is said below their table; why, stays in the office."""
    counts = {table.name: gaps[LINES_OF[table.name]] for table in found if table.name in LINES_OF}
    return tuple(
        replace(table, note=f"{table.note}经审核，略去{counts[table.name]}行。") if counts.get(table.name) else table
        for table in found
    )


def _daily(words: Words) -> list[Part]:
    one = words.overview
    return [
        Part("总体情况", 1, words.general(), (tables.headline_table(one),)),
        Part("到期办理情况", 1, (*words.handling(), *words.ratings(), *words.calls())),
        Part("需要关注的问题", 1, words.problems(), _standing(words)),
        Part("热点诉求", 1, words.topics()),
    ]


def _full(words: Words) -> list[Part]:
    one = words.overview
    named = words.with_topics
    return [
        Part(
            "总体情况",
            1,
            (*words.general(), *words.passed()),
            (tables.headline_table(one), tables.trend_table(one), tables.kinds_table(one), tables.funnel_table(one)),
            (plots.flow_plot(one), plots.funnel_plot(one)),
        ),
        Part("办理情况", 1),
        Part("响应和答复", 2, words.handling(), (), (plots.trend_plot("on_time", one),)),
        Part("群众评价", 2, words.ratings(), (), (plots.trend_plot("satisfaction", one),)),
        Part("电话接听", 2, words.calls(), (tables.calls_table(one),)),
        Part("分组情况", 2, words.groups(), (tables.groups_table(one),), (plots.groups_plot("on_time", one),)),
        Part("各负责同志办理情况", 2, words.officials(), (tables.officials_table(one, brief=True),)),
        Part("督办和约谈", 2, words.measures(), (tables.measures_table(one),)),
        Part("存在问题", 1, words.problems(), _standing(words)),
        *([_matters(words)] if one.matters else []),
        Part(
            "热点诉求",
            1,
            (*words.topics(), *words.places()),
            (*((tables.topics_table(one),) if named else ()), *((tables.places_table(one),) if one.places else ())),
            (plots.topics_plot(one),) if named else (),
        ),
        Part("下一步工作", 1, words.next_steps()),
    ]


def _matters(words: Words) -> Part:
    one = words.overview
    return Part("事项类别", 1, words.matters(), (tables.matters_table(one),), (plots.matters_plot(one),))


def _standing(words: Words) -> tuple[Table, ...]:
    standing = words.overview.standing
    return (tables.standing_table(standing),) if standing else ()


def _numbered(parts: list[Part]) -> list[Part]:
    """一、 and （一） as GB/T 9704 has them."""
    found, first, second = [], 0, 0
    for part in parts:
        if part.level == 1:
            first, second = first + 1, 0
            heading = f"{phrases.numeral(first)}、{part.heading}"
        else:
            second += 1
            heading = f"（{phrases.numeral(second)}）{part.heading}"
        found.append(Part(heading, part.level, part.paragraphs, part.tables, part.plots))
    return found


def _issue(kind: ReportKind, first: date) -> str:
    """Which one of the year: by day, calendar week (ISO 8601, whose year it is) or month."""
    if kind is ReportKind.WEEKLY:
        year, week, _ = first.isocalendar()
        return f"{year}年第{week}期"
    number = first.month if kind is ReportKind.MONTHLY else first.timetuple().tm_yday
    return f"{first.year}年第{number}期"


def _with_year(first: date, last: date) -> str:
    days = span(first, last)
    return days if days[:4].isdigit() else f"{first.year}年{days}"
