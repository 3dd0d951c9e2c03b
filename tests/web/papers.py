"""Papers made of the overview of March, and their files opened again."""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from openpyxl import load_workbook

from app.domain.reporting import ReportKind
from app.services.figures.report_content import load
from app.web.documents import Paper, document, paper_of, workbook
from tests.web.overviews import MADE, a_report, an_overview


def a_paper(kind: ReportKind = ReportKind.MONTHLY, **changes: Any) -> Paper:
    """Through what is kept of a report, as in life."""
    report = a_report(an_overview(**changes), kind)
    return paper_of(report, load(report))


def words_of(paper: Paper) -> str:
    return "\n".join(text for part in paper.parts for text in (part.heading, *part.paragraphs))


def opened(paper: Paper) -> Any:
    return Document(io.BytesIO(document(paper, MADE)))


def sheets(paper: Paper) -> Any:
    return load_workbook(io.BytesIO(workbook(paper, MADE)))
