"""One word for one thing (product.md): what the office's three papers are called, wherever somebody reads of them."""

from __future__ import annotations

from pathlib import Path

from app.domain.office_words import REPORT_KINDS
from app.domain.reporting import ReportKind
from app.services.rosters import words as roster_words
from app.web.console.navigation import SECTIONS
from app.web.documents.paper import MASTHEADS

ROOT = Path(__file__).resolve().parents[2]
READ_BY_PEOPLE = ("app", "jobs", "dev", "docs", "miniprogram")
OTHER_WORDS = ("周报", "月报", "周通报", "月分析", "工作日报", "工作周分析", "工作月通报")


def test_the_three_papers_have_one_word_each() -> None:
    assert REPORT_KINDS == {ReportKind.DAILY: "日报", ReportKind.WEEKLY: "周分析", ReportKind.MONTHLY: "月通报"}
    assert [MASTHEADS[kind] for kind in ReportKind] == ["直通车日报", "直通车周分析", "直通车月通报"]
    labels = {name: label for _, pages in SECTIONS for name, label in pages}
    assert labels["list_reports"] == "".join(REPORT_KINDS.values())
    assert [roster_words.shown((kind.value,)) for kind in ReportKind] == list(REPORT_KINDS.values())


def test_no_other_word_stands_anywhere() -> None:
    kinds = {".py", ".html", ".md", ".js", ".json", ".wxml", ".txt"}
    files = (file for top in READ_BY_PEOPLE for file in (ROOT / top).rglob("*") if file.suffix in kinds)
    found = [
        (str(file.relative_to(ROOT)), word)
        for file in files
        if "node_modules" not in file.parts
        for word in OTHER_WORDS
        if word in file.read_text(encoding="utf-8")
    ]
    assert not found
