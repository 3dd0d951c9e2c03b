"""Hot topics as a dashboard and a report tell them.

Finding them reads every appeal of the period and of four periods before it: the job that makes the reports takes that
time, a page may not. A page finds them itself while these are few, else it shows those of the newest report and says
of which days they are.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from app.domain.hot_topics import TermKind, Topic
from app.domain.officer import Officer
from app.domain.overview import Overview, TopicLine, Topics
from app.domain.reporting import ReportKind
from app.domain.roster import Roster
from app.domain.workday import ONE_DAY, at
from app.services.figures.categories import label_topics
from app.services.figures.dashboards import bare, check_period
from app.services.figures.hot_topics import PERIODS_BEFORE, hot_topics
from app.services.figures.report_content import load
from app.services.officers.access import CASE_READERS, need
from app.services.world import World

MOST_TOPICS = 10
LIVE_AT_MOST = 1000
"""Appeals; reading so many and finding their words takes about half a second."""
MIDNIGHT = time(0)


def topics_of(world: World, slug: str, first: date, last: date) -> Topics:
    """Found anew, whatever it takes. The counts include appeals about officials: not for these (rule 1)."""
    begin, end = at(first, MIDNIGHT), at(last + ONE_DAY, MIDNIGHT)
    found = hot_topics(world, slug, begin, end, lambda _: True, most=MOST_TOPICS)
    labels = label_topics(world, found)
    return Topics(tuple(_line(topic, labels.get(topic.term.text, "")) for topic in found), first, last)


def topics(world: World, officer: Officer, roster: Roster, first: date, last: date) -> Overview:
    """What people write about, for a page of the office's readers: topics found anew, or those of the newest report,
    or none; kinds and categories as they were last counted, without rates. One query, and one for every 500 appeals
    behind or three for the reports.

    Raises NotPermitted, InvalidInput as `gather`.
    """
    need(officer, *CASE_READERS)
    check_period(first, last)
    slug = roster.slug
    flows = world.stores.day_flows.between(slug, earliest_behind(first, last), last)
    few = sum(flow.submitted for flow in flows) <= LIVE_AT_MOST
    found = topics_of(world, slug, first, last) if few else _reported(world, slug)
    return replace(bare(world, roster, first, last, flows), topics=found)


def _reported(world: World, slug: str) -> Topics:
    newest = [report for kind in ReportKind for report in world.stores.reports.newest(slug, kind, 1)]
    longest_of_the_last = max(newest, key=lambda report: (report.last, report.last - report.first), default=None)
    return load(longest_of_the_last).topics if longest_of_the_last else Topics()


def appeals_behind(world: World, slug: str, first: date, last: date) -> int:
    """How many appeals finding the topics of these days would read; from the kept counts, one query."""
    return sum(flow.submitted for flow in world.stores.day_flows.between(slug, earliest_behind(first, last), last))


def earliest_behind(first: date, last: date) -> date:
    """The first day of the periods with which that one is compared."""
    return first - PERIODS_BEFORE * (last - first + ONE_DAY)


def _line(topic: Topic, category: str) -> TopicLine:
    is_kind = topic.term.kind is TermKind.CATEGORY
    return TopicLine(topic.term.text, is_kind, topic.now, topic.before, topic.also, category, topic.names)
