"""The terms an act is judged by: the roster's deadlines, the calendar, and when messages may go out."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.quiet import QuietHours
from app.domain.roster import Deadlines
from app.domain.workday import WorkdayCalendar


@dataclass(frozen=True)
class Terms:
    deadlines: Deadlines
    calendar: WorkdayCalendar
    quiet: QuietHours = QuietHours()


@dataclass(frozen=True)
class Hearers:
    """Who hears of an appeal beside the official: accounts of the staff, and the superior's post (empty: nobody)."""

    staff: tuple[str, ...] = ()
    superior_id: str = ""
    conflict: bool = False
    """Whether whoever holds the post itself must not know of the appeal (rule 1)."""
