"""Rosters, their policies, and the officials on them. A roster is edited; the directory is its public view."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from app.domain.workday import BEIJING, ONE_DAY, Span, Unit, WorkdayCalendar, at, local_day


class Audience(StrEnum):
    EVERYONE = "everyone"
    ENTERPRISE = "enterprise"


class AnsweredBy(StrEnum):
    IN_PERSON = "in_person"
    OPERATORS = "operators"


@dataclass(frozen=True)
class Deadlines:
    """How long everything may take and how often it may happen; the defaults are those of the promise (product.md)."""

    review: Span = Span(1, Unit.WORKDAYS)
    contact: Span = Span(3, Unit.DAYS)
    contact_urgent: Span = Span(2, Unit.HOURS)
    answer_consultation: Span = Span(3, Unit.WORKDAYS)
    answer: Span = Span(10, Unit.WORKDAYS)
    answer_urgent: Span = Span(24, Unit.HOURS)
    supplement: Span = Span(5, Unit.WORKDAYS)
    follow_up: Span = Span(7, Unit.DAYS)
    second_review: Span = Span(5, Unit.WORKDAYS)
    hand_back: Span = Span(1, Unit.WORKDAYS)
    reopen_by_supervisor: Span = Span(30, Unit.DAYS)
    promise_at_most: Span = Span(3, Unit.DAYS)
    max_transfers: int = 1
    max_extension_workdays: int = 10


@dataclass(frozen=True)
class ServiceHours:
    """When calls are answered; Beijing time, the end excluded. An end that is not after the beginning lies on the next
    day, and those hours belong to the day they began on."""

    begin: time
    end: time
    workdays_only: bool = True

    def covers(self, moment: datetime, calendar: WorkdayCalendar) -> bool:
        hour, day = moment.astimezone(BEIJING).time(), local_day(moment)
        if self.begin < self.end:
            return self.begin <= hour < self.end and self._serves(day, calendar)
        return (hour >= self.begin and self._serves(day, calendar)) or (
            hour < self.end and self._serves(day - ONE_DAY, calendar)
        )

    def next_begin(self, moment: datetime, calendar: WorkdayCalendar) -> datetime:
        """When they begin next, later than `moment`; UTC."""
        day = local_day(moment)
        while not self._serves(day, calendar) or at(day, self.begin) <= moment:
            day += ONE_DAY
        return at(day, self.begin)

    def _serves(self, day: date, calendar: WorkdayCalendar) -> bool:
        return not self.workdays_only or calendar.is_workday(day)


@dataclass(frozen=True)
class CourtesyHours:
    """When a caller is asked to think twice; a hint, never a lock."""

    begin: time
    end: time
    hint: str

    def covers(self, moment: datetime) -> bool:
        hour = moment.astimezone(BEIJING).time()
        if self.begin <= self.end:
            return self.begin <= hour < self.end
        return hour >= self.begin or hour < self.end


@dataclass(frozen=True)
class Campaign:
    """A roster for one topic; it takes appeals from its first day to its last, both included."""

    topic: str
    starts_on: date
    ends_on: date

    def is_open(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Operator:
    number: str
    name: str


SOURCE_CODE = re.compile(r"[A-Za-z0-9_-]{1,12}")
"""Short and plain, because it stands in addresses, in what WeChat lets a code carry, and is read out by telephone."""


@dataclass(frozen=True)
class Position:
    """A point on a map in degrees of GCJ-02, the coordinates that maps and phones in China give: 高德, 腾讯地图 and
    WeChat's 选择位置. A point of a GPS receiver (WGS-84) lies 100 to 700 metres beside it and must be converted first;
    one of 百度地图 (BD-09) too."""

    longitude: float
    latitude: float

    @property
    def is_in_china(self) -> bool:
        """Roughly; what it catches is the two numbers in the wrong order."""
        return 73 <= self.longitude <= 136 and 3 <= self.latitude <= 54


@dataclass(frozen=True)
class SourceCode:
    """Where a poster hangs: appeals and visits that came through it are counted for the place."""

    code: str
    place: str
    position: Position | None = None


@dataclass(frozen=True)
class Policy:
    """What is special about one roster."""

    audience: Audience = Audience.EVERYONE
    answered_by: AnsweredBy = AnsweredBy.IN_PERSON
    service_hours: ServiceHours | None = None
    courtesy_hours: CourtesyHours | None = None
    campaign: Campaign | None = None
    operators: tuple[Operator, ...] = ()
    source_codes: tuple[SourceCode, ...] = ()
    deadlines: Deadlines = Deadlines()
    reports: tuple[str, ...] = ()

    @property
    def by_operators(self) -> bool:
        """Whether operators answer the calls, not the officials themselves."""
        return self.answered_by is AnsweredBy.OPERATORS

    def is_open(self, day: date) -> bool:
        """Whether it takes appeals on that day."""
        return self.campaign is None or self.campaign.is_open(day)

    def is_served(self, moment: datetime, calendar: WorkdayCalendar) -> bool:
        """Whether calls are answered at that moment; always, where no hours are set. Appeals may be written always."""
        return self.service_hours is None or self.service_hours.covers(moment, calendar)

    def place_of(self, code: str) -> str:
        """Where the poster with that code hangs; empty for a code that is not the roster's."""
        return next((source.place for source in self.source_codes if source.code == code), "")

    def knows_source(self, code: str) -> bool:
        return any(source.code == code for source in self.source_codes)


@dataclass(frozen=True)
class Roster:
    """`revision` grows with every change to the roster or one of its officials: it is what caches are checked by."""

    slug: str
    name: str
    city: str
    promise: str
    groups: tuple[str, ...]
    policy: Policy = Policy()
    basis: str = ""
    """What the publication of these contacts rests on."""
    published_on: date | None = None
    is_published: bool = True
    revision: int = 1
    version: int = 1
    """Number of the last change in the roster's history (app/domain/roster_history.py), by which writes are guarded."""


@dataclass(frozen=True)
class Tenure:
    """One person's time in a post, in whole Beijing days, both included. `first` is None where nobody recorded when it
    began, `last` while it goes on."""

    name: str
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Delegation:
    """On these Beijing days, both included, one of the staff hears in the official's place (值班)."""

    account_id: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Official:
    """A post on a roster and the person who holds it now; contacts are public by decision of the city."""

    id: str
    roster: str
    group: str
    position: int
    """Place in the directory's order, from 1."""
    name: str
    post: str
    unit: str
    duties: tuple[str, ...]
    phone: str
    duty_phone: str = ""
    email: str = ""
    wechat_id: str = ""
    projects: tuple[str, ...] = ()
    superior_id: str = ""
    is_published: bool = True
    delegations: tuple[Delegation, ...] = ()
    version: int = 1
    tenures: tuple[Tenure, ...] = ()
    """Who held the post, one after the other, the present holder last; empty where nothing was recorded."""
    tenures_changed_at: datetime | None = None
    """When a tenure was last written down: figures are split anew after it (app/services/figures/tallies.py)."""
    change: int = 0
    """Number of the last change in the roster's history that was written here."""

    @property
    def tenure(self) -> Tenure:
        """The present holder's."""
        return self.tenures[-1] if self.tenures else Tenure(self.name)

    def tenure_on(self, day: date) -> Tenure:
        """Whose day that was; days before the first recorded tenure count as the first holder's."""
        begun = [tenure for tenure in self.tenures if tenure.first is None or tenure.first <= day]
        return begun[-1] if begun else (self.tenures or (self.tenure,))[0]

    def delegate_on(self, day: date) -> str:
        """The account that hears in the official's place that day; empty when nobody does."""
        return next((duty.account_id for duty in self.delegations if duty.covers(day)), "")

    @property
    def title(self) -> str:
        """How a sentence names the official: 市教育局 局长 周文清."""
        return f"{self.unit} {self.post} {self.name}"
