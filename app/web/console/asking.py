"""What the pages of figures, reports and the audit log read out of the address: a roster, a period, a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import request

from app.domain.errors import NotFound, Reason
from app.domain.roster import Roster
from app.domain.workday import ONE_DAY, local_day
from app.services.figures.dashboards import MOST_DAYS
from app.web.http import world

PRESETS = (("7", "近 7 天"), ("30", "近 30 天"), ("month", "本月"), ("last_month", "上月"), ("own", "自选"))
USUAL = "30"


@dataclass(frozen=True)
class Period:
    """`problem` says why the days that were typed cannot be; then the usual period is shown."""

    choice: str
    first: date
    last: date
    problem: str = ""


@dataclass(frozen=True)
class RosterChoice:
    """`slug` is empty while there is no roster at all."""

    slug: str
    all: Sequence[Roster]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(roster.slug, roster.name) for roster in self.all]

    @property
    def chosen(self) -> Roster:
        """Raises NotFound(NO_SUCH_ROSTER)."""
        for roster in self.all:
            if roster.slug == self.slug:
                return roster
        raise NotFound(Reason.NO_SUCH_ROSTER)

    @property
    def name(self) -> str:
        return next((roster.name for roster in self.all if roster.slug == self.slug), "")


def asked_roster(meant: str = "") -> RosterChoice:
    """The roster in the address; else the one that is `meant`, the city's default one, or the first. One that is not
    there is left to the services, which say so. One query."""
    rosters = world().stores.rosters.all()
    slugs = [roster.slug for roster in rosters]
    default = world().default_roster
    usual = default if default in slugs else next(iter(slugs), "")
    return RosterChoice(request.args.get("roster", "") or meant or usual, rosters)


def asked_period() -> Period:
    """The period in the address: one of the presets, or own days."""
    return period_of(
        request.args.get("period", ""),
        request.args.get("first", ""),
        request.args.get("last", ""),
        local_day(world().clock.now()),
    )


def period_of(choice: str, first: str, last: str, today: date) -> Period:
    """Days of Beijing, both included. Own days without `choice` are own days too, so that a link is short."""
    month = today.replace(day=1)
    presets = {
        "7": (today - timedelta(days=6), today),
        "30": (today - timedelta(days=29), today),
        "month": (month, today),
        "last_month": ((month - ONE_DAY).replace(day=1), month - ONE_DAY),
    }
    if choice in presets:
        return Period(choice, *presets[choice])
    if choice != "own" and not (first and last):
        return Period(USUAL, *presets[USUAL])
    if not (first or last):  # just chosen: to be filled in
        return Period("own", *presets[USUAL])
    begin, end = day_of(first), day_of(last)
    problem = ""
    if begin is None or end is None:
        problem = "请填写起止两个日期"
    elif end < begin:
        problem = "结束日期不能早于开始日期"
    elif (end - begin).days >= MOST_DAYS:
        problem = "最长一年，请缩短时间"
    if problem or begin is None or end is None:
        return Period("own", *presets[USUAL], problem)
    return Period("own", begin, end)


def day_of(text: str) -> date | None:
    """A day as a date field sends it; None for none or for something else."""
    try:
        found = date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2100 else None
