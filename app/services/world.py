"""Everything a use case needs, in one value that app/container.py fills and tests fill with fakes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.account import Account
from app.domain.appeal import Appeal
from app.domain.bar import Bar
from app.domain.errors import NotFound, Reason
from app.domain.notification import Role
from app.domain.permissions import is_barred
from app.domain.quiet import QuietHours
from app.domain.roster import Official, Roster
from app.domain.terms import Hearers, Terms
from app.services.ports.appeals import Appeals, EarlyVerdicts, Uploads, Worklist
from app.services.ports.basics import Alerts, CalendarSource, Clock, Database, Secrets
from app.services.ports.calls import Calls, Visits
from app.services.ports.evidence import CallChecksKept, Marks, PerfunctoryFlags, SpotChecks
from app.services.ports.figures import DailyTallies, FigureMarks, Reports
from app.services.ports.flows import DayFlows, Passages
from app.services.ports.ledgers import Ledgers
from app.services.ports.officers import AuditLog, Counters, Officers, OfficeSessions
from app.services.ports.people import Accounts, Consents, Invitations, Sessions
from app.services.ports.requests import AnsweredRequests, Lockouts
from app.services.ports.rosters import Officials, RosterChanges, Rosters, StagedImports
from app.services.ports.running import AlertTallies, JobRuns, Leases, OldAppeals, Outbox
from app.services.ports.settings import FixedSettings, SettingChanges, SettingsSource
from app.services.ports.wechat import ContentCheck, Messenger, Phones, ProgramCodes, WeChatLogin


class Stores(Protocol):
    """One attribute per collection; app/store and tests/fakes each have such a bundle."""

    @property
    def appeals(self) -> Appeals: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def invitations(self) -> Invitations: ...
    @property
    def rosters(self) -> Rosters: ...
    @property
    def officials(self) -> Officials: ...
    @property
    def roster_changes(self) -> RosterChanges: ...
    @property
    def roster_imports(self) -> StagedImports: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def visits(self) -> Visits: ...
    @property
    def uploads(self) -> Uploads: ...
    @property
    def early_verdicts(self) -> EarlyVerdicts: ...
    @property
    def answered(self) -> AnsweredRequests: ...
    @property
    def lockouts(self) -> Lockouts: ...
    @property
    def leases(self) -> Leases: ...
    @property
    def job_runs(self) -> JobRuns: ...
    @property
    def officers(self) -> Officers: ...
    @property
    def office_sessions(self) -> OfficeSessions: ...
    @property
    def setting_changes(self) -> SettingChanges: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def old_appeals(self) -> OldAppeals: ...
    @property
    def alert_tallies(self) -> AlertTallies: ...
    @property
    def counters(self) -> Counters: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def audit_log(self) -> AuditLog: ...
    @property
    def daily_tallies(self) -> DailyTallies: ...
    @property
    def figure_marks(self) -> FigureMarks: ...
    @property
    def passages(self) -> Passages: ...
    @property
    def worklist(self) -> Worklist: ...
    @property
    def ledgers(self) -> Ledgers: ...
    @property
    def day_flows(self) -> DayFlows: ...
    @property
    def spot_checks(self) -> SpotChecks: ...
    @property
    def perfunctory_flags(self) -> PerfunctoryFlags: ...
    @property
    def call_checks(self) -> CallChecksKept: ...
    @property
    def marks(self) -> Marks: ...
    @property
    def database(self) -> Database: ...


@dataclass(frozen=True)
class World:
    stores: Stores
    clock: Clock
    secrets: Secrets
    calendar: CalendarSource
    messenger: Messenger
    content: ContentCheck
    login: WeChatLogin
    phones: Phones
    codes: ProgramCodes
    alerts: Alerts
    settings: SettingsSource = FixedSettings()
    public_url: str = ""
    """Where WeChat can fetch a picture for its check, without a slash at the end."""
    default_roster: str = ""
    """The slug of the roster that the mini-program opens with; empty for none."""

    @property
    def quiet(self) -> QuietHours:
        return self.settings().quiet_hours

    def terms_of(self, roster: Roster) -> Terms:
        return Terms(roster.policy.deadlines, self.calendar(), self.quiet)

    def terms_for(self, appeal: Appeal) -> Terms:
        roster = self.stores.rosters.get(appeal.roster)
        if roster is None:
            raise NotFound(Reason.NO_SUCH_ROSTER)
        return self.terms_of(roster)


def hearers_of(official: Official | None, bound: Sequence[Account], appeal: Appeal) -> Hearers:
    """Who would hear of the appeal if the official had it: accounts bound to the post as staff, and the post above,
    nobody of them barred from it (rule 1). `bound`: accounts that act for the official or the superior, maybe more."""
    if official is None:
        return Hearers()
    staff = (account for account in bound if official.id in account.posts(Role.STAFF))
    superior = official.superior_id
    if superior in appeal.barred_posts or _holder_is_barred(superior, bound, appeal):
        superior = ""
    return Hearers(
        tuple(account.id for account in staff if not is_barred(appeal, account)),
        superior,
        conflict=_holder_is_barred(official.id, bound, appeal),
    )


def load_hearers(world: World, official_id: str, appeal: Appeal) -> Hearers:
    """`hearers_of` for a post, from the stores."""
    official = world.stores.officials.get(official_id) if official_id else None
    if official is None:
        return Hearers()
    posts = [post for post in (official.id, official.superior_id) if post]
    return hearers_of(official, world.stores.accounts.bound_to(posts), appeal)


def bars_on(world: World, official_ids: Iterable[str]) -> tuple[Bar, ...]:
    """What keeps an appeal from these officials and from everybody who acts for them now."""
    posts = tuple(dict.fromkeys(official_ids))
    bound = world.stores.accounts.bound_to(posts) if posts else ()
    return tuple(Bar(post, tuple(one.id for one in bound if post in one.posts())) for post in posts)


def posts_kept_away(world: World, appeal: Appeal) -> frozenset[str]:
    """The posts to which the appeal must not go: those it is about, and those whose holder is barred from it."""
    accounts = [world.stores.accounts.get(id) for id in sorted(appeal.barred_accounts)]
    accounts += world.stores.accounts.bound_to(appeal.barred_posts) if appeal.barred_posts else ()
    held = (account.posts(Role.OFFICIAL) for account in accounts if account)
    return appeal.barred_posts.union(*held)


def _holder_is_barred(post: str, bound: Sequence[Account], appeal: Appeal) -> bool:
    return any(post in account.posts(Role.OFFICIAL) and is_barred(appeal, account) for account in bound)
