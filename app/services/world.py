"""Everything a use case needs, in one value that app/container.py fills and tests fill with fakes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from app.domain.account import Account
from app.domain.appeal import Appeal
from app.domain.errors import NotFound, Reason
from app.domain.notification import Role
from app.domain.quiet import QuietHours
from app.domain.roster import Official, Roster
from app.domain.terms import Hearers, Terms
from app.services import (
    evidence_ports,
    figure_ports,
    flow_ports,
    office_ports,
    operation_ports,
    ports,
    program_ports,
    report_ports,
    roster_ports,
    settings_ports,
    visit_ports,
    worklist_ports,
)


class Stores(Protocol):
    """One attribute per collection; app/store and tests/fakes each have such a bundle."""

    @property
    def appeals(self) -> ports.Appeals: ...
    @property
    def accounts(self) -> ports.Accounts: ...
    @property
    def sessions(self) -> ports.Sessions: ...
    @property
    def invitations(self) -> ports.Invitations: ...
    @property
    def rosters(self) -> ports.Rosters: ...
    @property
    def officials(self) -> ports.Officials: ...
    @property
    def roster_changes(self) -> roster_ports.RosterChanges: ...
    @property
    def roster_imports(self) -> roster_ports.StagedImports: ...
    @property
    def consents(self) -> ports.Consents: ...
    @property
    def calls(self) -> ports.Calls: ...
    @property
    def visits(self) -> visit_ports.Visits: ...
    @property
    def uploads(self) -> ports.Uploads: ...
    @property
    def answered(self) -> ports.AnsweredRequests: ...
    @property
    def lockouts(self) -> ports.Lockouts: ...
    @property
    def leases(self) -> ports.Leases: ...
    @property
    def job_runs(self) -> ports.JobRuns: ...
    @property
    def officers(self) -> office_ports.Officers: ...
    @property
    def office_sessions(self) -> office_ports.OfficeSessions: ...
    @property
    def setting_changes(self) -> settings_ports.SettingChanges: ...
    @property
    def outbox(self) -> operation_ports.Outbox: ...
    @property
    def old_appeals(self) -> operation_ports.OldAppeals: ...
    @property
    def alert_tallies(self) -> operation_ports.AlertTallies: ...
    @property
    def counters(self) -> office_ports.Counters: ...
    @property
    def reports(self) -> report_ports.Reports: ...
    @property
    def audit_log(self) -> office_ports.AuditLog: ...
    @property
    def daily_tallies(self) -> figure_ports.DailyTallies: ...
    @property
    def figure_marks(self) -> figure_ports.FigureMarks: ...
    @property
    def passages(self) -> flow_ports.Passages: ...
    @property
    def worklist(self) -> worklist_ports.Worklist: ...
    @property
    def day_flows(self) -> flow_ports.DayFlows: ...
    @property
    def spot_checks(self) -> evidence_ports.SpotChecks: ...
    @property
    def perfunctory_flags(self) -> evidence_ports.PerfunctoryFlags: ...
    @property
    def marks(self) -> evidence_ports.Marks: ...
    @property
    def database(self) -> ports.Database: ...


@dataclass(frozen=True)
class World:
    stores: Stores
    clock: ports.Clock
    secrets: ports.Secrets
    calendar: ports.CalendarSource
    messenger: ports.Messenger
    content: ports.ContentCheck
    login: ports.WeChatLogin
    phones: program_ports.Phones
    codes: program_ports.ProgramCodes
    alerts: ports.Alerts
    settings: settings_ports.SettingsSource = settings_ports.FixedSettings()
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


def hearers_of(official: Official | None, bound: list[Account], barred_official_id: str) -> Hearers:
    """Who hears beside the official: accounts bound to the post as staff, nobody who is bound to the barred one."""
    if official is None:
        return Hearers()
    staff = tuple(
        account.id
        for account in bound
        if official.id in account.posts(Role.STAFF) and barred_official_id not in account.posts()
    )
    superior = official.superior_id if official.superior_id != barred_official_id else ""
    return Hearers(staff, superior)


def load_hearers(world: World, official_id: str, barred_official_id: str) -> Hearers:
    """`hearers_of` for a post, from the stores."""
    if not official_id:
        return Hearers()
    official = world.stores.officials.get(official_id)
    return hearers_of(official, list(world.stores.accounts.bound_to([official_id])), barred_official_id)
