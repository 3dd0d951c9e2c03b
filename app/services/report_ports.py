"""What the reports need of the stores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from app.domain.reporting import Report, ReportKind


class Reports(Protocol):
    """Written once: there is no way to change one."""

    def add(self, report: Report) -> None:
        """Raises Duplicate when the period has its report."""

    def get(self, report_id: str) -> Report | None: ...

    def newest(self, roster: str, kind: ReportKind, limit: int) -> Sequence[Report]:
        """Latest period first."""
