"""Hot topics as a dashboard and a report tell them.

Finding them reads every appeal of the period and of four periods before it: the job that makes the reports takes that
time, a page may not. A page finds them itself while these are few, else it shows those of the newest report and says
of which days they are.
"""

from __future__ import annotations

from datetime import date, time

from app.domain.hot_topics import TermKind, Topic
from app.domain.overview import TopicLine, Topics
from app.domain.reporting import ReportKind
from app.domain.workday import ONE_DAY, at
from app.services.figures.hot_topics import PERIODS_BEFORE, hot_topics
from app.services.figures.report_content import load
from app.services.figures.sums import Gathered
from app.services.world import World

MOST_TOPICS = 10
LIVE_AT_MOST = 1000
"""Appeals; reading so many and finding their words takes about half a second."""
MIDNIGHT = time(0)


def topics_of(world: World, slug: str, first: date, last: date) -> Topics:
    """Found anew, whatever it takes. The counts include appeals about officials: not for these (rule 1)."""
    begin, end = at(first, MIDNIGHT), at(last + ONE_DAY, MIDNIGHT)
    found = hot_topics(world, slug, begin, end, lambda _: True, most=MOST_TOPICS)
    return Topics(tuple(_line(topic) for topic in found), first, last)


def topics(world: World, gathered: Gathered) -> Topics:
    """For a page: found anew, or those of the newest report; empty when there is none either."""
    slug, first, last = gathered.roster.slug, gathered.first, gathered.last
    if appeals_behind(world, slug, first, last) <= LIVE_AT_MOST:
        return topics_of(world, slug, first, last)
    newest = [report for kind in ReportKind for report in world.stores.reports.newest(slug, kind, 1)]
    longest_of_the_last = max(newest, key=lambda report: (report.last, report.last - report.first), default=None)
    return load(longest_of_the_last).topics if longest_of_the_last else Topics()


def appeals_behind(world: World, slug: str, first: date, last: date) -> int:
    """How many appeals finding the topics of these days would read; from the kept counts, one query."""
    earliest = first - PERIODS_BEFORE * (last - first + ONE_DAY)
    flows = world.stores.day_flows.between(slug, earliest, last)
    return sum(standing.count for flow in flows for standing in flow.standings)


def _line(topic: Topic) -> TopicLine:
    is_kind = topic.term.kind is TermKind.CATEGORY
    return TopicLine(topic.term.text, is_kind, topic.now, topic.before, topic.also)
