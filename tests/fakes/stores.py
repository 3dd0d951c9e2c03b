"""All stores of app/services/ports in memory, for tests of services and web."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.services.ports.evidence import Mark
from app.services.ports.figures import FigureMark
from app.services.ports.officers import Counter
from app.services.ports.running import Lease
from tests.fakes.appeals import MemoryAppeals, MemoryOldAppeals, MemoryOutbox, MemoryPassages
from tests.fakes.directory import MemoryOfficials, MemoryRosterChanges, MemoryRosters, MemoryStagedImports, MemoryVisits
from tests.fakes.evidence import (
    MemoryCallChecks,
    MemoryDailyTallies,
    MemoryDayFlows,
    MemoryPerfunctoryFlags,
    MemorySpotChecks,
)
from tests.fakes.ledgers import MemoryLedgers
from tests.fakes.office import MemoryAuditLog, MemoryOfficers, MemoryOfficeSessions, MemoryReports, MemorySettingChanges
from tests.fakes.people import MemoryAccounts, MemoryCalls, MemoryConsents, MemoryInvitations, MemorySessions
from tests.fakes.shelf import MemoryShelf, Outage
from tests.fakes.working import (
    MemoryAlertTallies,
    MemoryAnsweredRequests,
    MemoryDatabase,
    MemoryEarlyVerdicts,
    MemoryJobRuns,
    MemoryLockouts,
    MemoryUploads,
)
from tests.fakes.worklist import MemoryWorklist


@dataclass(frozen=True)
class MemoryStores:
    """All stores, empty. `outage.away = True` makes every one raise StoreAway."""

    outage: Outage = field(default_factory=Outage)
    appeals: MemoryAppeals = field(init=False)
    accounts: MemoryAccounts = field(init=False)
    sessions: MemorySessions = field(init=False)
    invitations: MemoryInvitations = field(init=False)
    rosters: MemoryRosters = field(init=False)
    officials: MemoryOfficials = field(init=False)
    roster_changes: MemoryRosterChanges = field(init=False)
    roster_imports: MemoryStagedImports = field(init=False)
    consents: MemoryConsents = field(init=False)
    calls: MemoryCalls = field(init=False)
    visits: MemoryVisits = field(init=False)
    uploads: MemoryUploads = field(init=False)
    early_verdicts: MemoryEarlyVerdicts = field(init=False)
    answered: MemoryAnsweredRequests = field(init=False)
    lockouts: MemoryLockouts = field(init=False)
    leases: MemoryShelf[Lease] = field(init=False)
    job_runs: MemoryJobRuns = field(init=False)
    officers: MemoryOfficers = field(init=False)
    office_sessions: MemoryOfficeSessions = field(init=False)
    setting_changes: MemorySettingChanges = field(init=False)
    outbox: MemoryOutbox = field(init=False)
    old_appeals: MemoryOldAppeals = field(init=False)
    alert_tallies: MemoryAlertTallies = field(init=False)
    counters: MemoryShelf[Counter] = field(init=False)
    reports: MemoryReports = field(init=False)
    audit_log: MemoryAuditLog = field(init=False)
    daily_tallies: MemoryDailyTallies = field(init=False)
    figure_marks: MemoryShelf[FigureMark] = field(init=False)
    passages: MemoryPassages = field(init=False)
    worklist: MemoryWorklist = field(init=False)
    ledgers: MemoryLedgers = field(init=False)
    day_flows: MemoryDayFlows = field(init=False)
    spot_checks: MemorySpotChecks = field(init=False)
    perfunctory_flags: MemoryPerfunctoryFlags = field(init=False)
    call_checks: MemoryCallChecks = field(init=False)
    marks: MemoryShelf[Mark] = field(init=False)
    database: MemoryDatabase = field(init=False)

    def __post_init__(self) -> None:
        kinds: dict[str, Callable[[Outage], Any]] = {
            "appeals": MemoryAppeals,
            "accounts": MemoryAccounts,
            "sessions": MemorySessions,
            "invitations": MemoryInvitations,
            "rosters": MemoryRosters,
            "officials": MemoryOfficials,
            "roster_changes": MemoryRosterChanges,
            "roster_imports": MemoryStagedImports,
            "consents": MemoryConsents,
            "calls": MemoryCalls,
            "visits": MemoryVisits,
            "uploads": MemoryUploads,
            "early_verdicts": MemoryEarlyVerdicts,
            "answered": MemoryAnsweredRequests,
            "lockouts": MemoryLockouts,
            "leases": MemoryShelf,
            "job_runs": MemoryJobRuns,
            "officers": MemoryOfficers,
            "office_sessions": MemoryOfficeSessions,
            "setting_changes": MemorySettingChanges,
            "alert_tallies": MemoryAlertTallies,
            "counters": MemoryShelf,
            "reports": MemoryReports,
            "audit_log": MemoryAuditLog,
            "daily_tallies": MemoryDailyTallies,
            "figure_marks": MemoryShelf,
            "day_flows": MemoryDayFlows,
            "spot_checks": MemorySpotChecks,
            "perfunctory_flags": MemoryPerfunctoryFlags,
            "call_checks": MemoryCallChecks,
            "marks": MemoryShelf,
            "database": MemoryDatabase,
        }
        for name, kind in kinds.items():
            object.__setattr__(self, name, kind(self.outage))
        object.__setattr__(self, "passages", MemoryPassages(self.appeals))
        object.__setattr__(self, "worklist", MemoryWorklist(self.appeals))
        object.__setattr__(self, "ledgers", MemoryLedgers(self.appeals))
        object.__setattr__(self, "outbox", MemoryOutbox(self.appeals))
        object.__setattr__(self, "old_appeals", MemoryOldAppeals(self.appeals))
