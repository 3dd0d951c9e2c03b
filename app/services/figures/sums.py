"""The arithmetic of a dashboard: from the roll-ups and flows that were gathered to what is shown. No reads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.appeal import Kind, State
from app.domain.figures import Rate, Tally, median_first_response, total
from app.domain.overview import Bucket, Funnel, Headline, Line, Matter, Overview, Step, buckets, usual_step
from app.domain.passage import LEFT, Measure, Stage, passed
from app.domain.rates import rates_of
from app.domain.roster import Official, Roster
from app.domain.workday import ONE_DAY, WorkdayCalendar
from app.services.ports.figures import DailyTally
from app.services.ports.flows import DayFlow


@dataclass(frozen=True)
class Gathered:
    """What was read of a roster and two periods."""

    roster: Roster
    officials: tuple[Official, ...]
    first: date
    last: date
    before_first: date
    before_last: date
    dailies: tuple[DailyTally, ...]
    flows: tuple[DayFlow, ...]
    now: datetime
    calendar: WorkdayCalendar

    def flow_on(self, day: date) -> DayFlow | None:
        """Of a day of the period; today's is of this moment."""
        return next((flow for flow in self.flows if flow.day == day and self.first <= day <= self.last), None)


def summary(gathered: Gathered, step: Step | None = None) -> Overview:
    """What is told without another query."""
    return Overview(
        roster=gathered.roster.name,
        city=gathered.roster.city,
        first=gathered.first,
        last=gathered.last,
        before_first=gathered.before_first,
        before_last=gathered.before_last,
        now=headline(gathered, gathered.first, gathered.last),
        before=headline(gathered, gathered.before_first, gathered.before_last),
        trend=trend(gathered, step),
        funnel=funnel(gathered),
        groups=groups(gathered),
        officials=officials(gathered),
        matters=matters(gathered),
    )


def headline(gathered: Gathered, first: date, last: date) -> Headline:
    """The sums of days that were gathered."""
    tally = total(daily.tally for daily in gathered.dailies if first <= daily.day <= last)
    flows = [flow for flow in gathered.flows if first <= flow.day <= last]
    kinds: Counter[Kind] = Counter()
    states: Counter[State] = Counter()
    for standing in (standing for flow in flows for standing in flow.standings):
        kinds[standing.kind] += standing.count
        states[standing.state] += standing.count
    return Headline(
        submitted=kinds.total(),
        answered=sum(flow.answered for flow in flows),
        by_kind={kind: kinds[kind] for kind in Kind},
        by_state={state: states[state] for state in State if states[state]},
        rates=rates_of(tally),
        first_response=median_first_response(tally, gathered.now, gathered.calendar),
    )


def trend(gathered: Gathered, step: Step | None = None) -> tuple[Bucket, ...]:
    """The period in steps, of a length that suits it unless one is given."""
    first, last = gathered.first, gathered.last
    steps = buckets(first, last, step or usual_step(first, last))
    place = {
        begin + number * ONE_DAY: which
        for which, (begin, end) in enumerate(steps)
        for number in range((end - begin).days + 1)
    }
    tallies: dict[int, list[Tally]] = defaultdict(list)
    submitted: Counter[int] = Counter()
    answered: Counter[int] = Counter()
    for daily in gathered.dailies:
        if (number := place.get(daily.day)) is not None:
            tallies[number].append(daily.tally)
    for flow in gathered.flows:
        if (number := place.get(flow.day)) is not None:
            submitted[number] += flow.submitted
            answered[number] += flow.answered
    return tuple(
        Bucket(begin, end, submitted[number], answered[number], rates_of(total(tallies[number])))
        for number, (begin, end) in enumerate(steps)
    )


def funnel(gathered: Gathered) -> Funnel:
    """Of the period's cohort."""
    flows = (flow for flow in gathered.flows if gathered.first <= flow.day <= gathered.last)
    standings = [standing for flow in flows for standing in flow.standings]
    return Funnel(
        {stage: sum(one.count for one in standings if passed(stage, one.stage)) for stage in Stage},
        {state: sum(one.count for one in standings if one.state is state) for state in LEFT},
    )


def groups(gathered: Gathered) -> tuple[Line, ...]:
    """In the roster's order; those without cases too."""
    own = {official.id: official.group for official in gathered.officials}
    parts: dict[str, list[Tally]] = {group: [] for group in gathered.roster.groups}
    for daily in _of_period(gathered):
        parts.setdefault(own[daily.official_id], []).append(daily.tally)
    return tuple(Line(name, name, rates_of(total(tallies))) for name, tallies in parts.items())


def officials(gathered: Gathered) -> tuple[Line, ...]:
    """Who had cases, in the roster's order; a post that changed hands has a line for each tenure, in their order
    (figures by tenure)."""
    parts: dict[str, dict[tuple[date, str], list[Tally]]] = defaultdict(lambda: defaultdict(list))
    for daily in _of_period(gathered):
        parts[daily.official_id][daily.since or date.min, daily.holder].append(daily.tally)
    lines = []
    for official in gathered.officials:
        now = (official.tenure.first or date.min, official.tenure.name)
        for tenure in sorted(parts[official.id], key=lambda tenure: (tenure == now, tenure)):
            tally = total(parts[official.id][tenure])
            if tally != Tally():
                who = (official.group, official.post, official.unit)
                lines.append(Line(official.id, tenure[1], rates_of(tally), *who, former=tenure != now))
    return tuple(lines)


def matters(gathered: Gathered) -> tuple[Matter, ...]:
    """Categories with cases in one of the two periods or with answers due; the most frequent first, those without a
    category last."""
    now = _submitted_by_matter(gathered, gathered.first, gathered.last)
    before = _submitted_by_matter(gathered, gathered.before_first, gathered.before_last)
    due: Counter[str] = Counter()
    in_time: Counter[str] = Counter()
    for one in (one for daily in _of_period(gathered) for one in daily.matters):
        due[one.category] += one.due
        in_time[one.category] += one.in_time
    found = (Matter(name, now[name], before[name], Rate(in_time[name], due[name])) for name in {*now, *before, *due})
    return tuple(sorted(found, key=lambda one: (not one.name, -one.count, one.name)))


def _submitted_by_matter(gathered: Gathered, first: date, last: date) -> Counter[str]:
    counts: Counter[str] = Counter()
    for one in (one for flow in gathered.flows if first <= flow.day <= last for one in flow.matters):
        counts[one.category] += one.count
    return counts


def count_measures(found: Iterable[Measure]) -> Mapping[Measure, int]:
    counts = Counter(found)
    return {measure: counts[measure] for measure in Measure if counts[measure]}


def _of_period(gathered: Gathered) -> Iterable[DailyTally]:
    return (daily for daily in gathered.dailies if gathered.first <= daily.day <= gathered.last)
