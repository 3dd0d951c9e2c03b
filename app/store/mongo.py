"""Connecting, and the bundle of all stores (app.services.world.Stores)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from pymongo import MongoClient, WriteConcern
from pymongo.database import Database

from app.domain.account import Account, Invitation, Session
from app.domain.appeal import Appeal
from app.domain.audit import AuditEntry
from app.domain.call import Call
from app.domain.call_check import CallChecks
from app.domain.consent import Consent
from app.domain.office_session import OfficeSession
from app.domain.officer import Officer
from app.domain.perfunctory import Flag
from app.domain.reporting import Report
from app.domain.roster import Official, Roster
from app.domain.roster_history import RosterChange
from app.domain.sampling import FrozenList
from app.domain.settings import SettingChange
from app.domain.spot_check import Draw, Result
from app.services.ports.appeals import EarlyVerdict, Upload
from app.services.ports.calls import VisitCount
from app.services.ports.evidence import Mark
from app.services.ports.figures import DailyTally, FigureMark
from app.services.ports.flows import DayFlow
from app.services.ports.officers import Counter
from app.services.ports.requests import Answered, Lockout
from app.services.ports.rosters import StagedImport
from app.services.ports.running import AlertTally, JobRun, Lease
from app.store import derived, operations
from app.store.appeals import MongoAppeals
from app.store.cipher import Cipher
from app.store.codec import Codec, Document
from app.store.directory import MongoOfficials, MongoRosters
from app.store.evidence import (
    MongoCallChecks,
    MongoMarks,
    MongoPerfunctoryFlags,
    MongoSpotChecks,
    of_call_checks,
    of_draw,
    of_flag,
)
from app.store.failures import translated
from app.store.figures import MongoDailyTallies, MongoFigureMarks
from app.store.indexes import ensure_indexes
from app.store.ledgers import MongoLedgers
from app.store.office import MongoAuditLog, MongoCounters, MongoOfficers, MongoOfficeSessions, MongoReports
from app.store.operations import MongoAlertTallies, MongoOldAppeals, MongoOutbox
from app.store.passages import MongoDayFlows, MongoPassages
from app.store.people import MongoAccounts, MongoCalls, MongoConsents, MongoInvitations, MongoSessions
from app.store.roster_history import MongoRosterChanges, MongoStagedImports, of_change, of_staged
from app.store.settings import MongoSettingChanges
from app.store.shelf import Shelf
from app.store.tokens import KeptToken, MongoTokens
from app.store.visits import MongoVisits
from app.store.working import (
    MongoAnsweredRequests,
    MongoEarlyVerdicts,
    MongoJobRuns,
    MongoLeases,
    MongoLockouts,
    MongoUploads,
)
from app.store.worklist import MongoWorklist

PROMISED = WriteConcern(w="majority", j=True)
"""What was answered 201 survives the loss of any one machine."""
SLOWEST_ANSWER_MS = 10_000
POOL = 16
"""Connections per process: twice the threads of a gunicorn worker and of the jobs process."""


def connect(uri: str, timeout_ms: int = 2000) -> MongoClient[Document]:
    """A client that gives up after `timeout_ms` when no server can be reached. It connects with its first use, so it
    may be made before a fork. Options written in `uri` win. The caller closes it."""
    options: dict[str, Any] = {
        "serverSelectionTimeoutMS": timeout_ms,
        "connectTimeoutMS": timeout_ms,
        "waitQueueTimeoutMS": timeout_ms,
        "socketTimeoutMS": SLOWEST_ANSWER_MS,
        "maxPoolSize": POOL,
        "appname": "zhitongche",
    }
    written = {name.lower() for name, _ in parse_qsl(urlsplit(uri).query)}
    missing = {name: value for name, value in options.items() if name.lower() not in written}
    return MongoClient(uri, tz_aware=True, tzinfo=UTC, **missing)


class MongoDatabase:
    """Implements app.services.ports.basics.Database."""

    def __init__(self, database: Database[Document]) -> None:
        self._database = database

    def ping(self) -> None:
        with translated("ping"):
            self._database.client.admin.command("ping")

    def ensure_indexes(self) -> None:
        ensure_indexes(self._database)


@dataclass(frozen=True)
class MongoStores:
    appeals: MongoAppeals
    accounts: MongoAccounts
    sessions: MongoSessions
    invitations: MongoInvitations
    rosters: MongoRosters
    officials: MongoOfficials
    roster_changes: MongoRosterChanges
    roster_imports: MongoStagedImports
    consents: MongoConsents
    calls: MongoCalls
    visits: MongoVisits
    uploads: MongoUploads
    early_verdicts: MongoEarlyVerdicts
    answered: MongoAnsweredRequests
    lockouts: MongoLockouts
    leases: MongoLeases
    job_runs: MongoJobRuns
    access_tokens: MongoTokens
    officers: MongoOfficers
    office_sessions: MongoOfficeSessions
    setting_changes: MongoSettingChanges
    counters: MongoCounters
    audit_log: MongoAuditLog
    reports: MongoReports
    daily_tallies: MongoDailyTallies
    figure_marks: MongoFigureMarks
    outbox: MongoOutbox
    old_appeals: MongoOldAppeals
    alert_tallies: MongoAlertTallies
    passages: MongoPassages
    worklist: MongoWorklist
    ledgers: MongoLedgers
    day_flows: MongoDayFlows
    spot_checks: MongoSpotChecks
    perfunctory_flags: MongoPerfunctoryFlags
    call_checks: MongoCallChecks
    marks: MongoMarks
    database: MongoDatabase


def open_stores(client: MongoClient[Document], database_name: str, cipher: Cipher) -> MongoStores:
    """All stores of one database. Nothing is sent yet; `stores.database.ensure_indexes()` comes first in production."""
    database = client.get_database(database_name, write_concern=PROMISED)
    return MongoStores(
        appeals=MongoAppeals(database["appeals"], Codec(Appeal, cipher), operations.of_appeal),
        accounts=MongoAccounts(database["accounts"], Codec(Account, cipher), derived.of_account),
        sessions=MongoSessions(database["sessions"], Codec(Session, cipher), derived.of_session),
        invitations=MongoInvitations(database["invitations"], Codec(Invitation, cipher)),
        rosters=MongoRosters(database["rosters"], Codec(Roster, cipher, id_field="slug")),
        officials=MongoOfficials(database["officials"], Codec(Official, cipher)),
        roster_changes=MongoRosterChanges(Shelf(database["roster_changes"], Codec(RosterChange, cipher), of_change)),
        roster_imports=MongoStagedImports(database["roster_imports"], Codec(StagedImport, cipher), of_staged),
        consents=MongoConsents(database["consents"], Codec(Consent, cipher)),
        calls=MongoCalls(database["calls"], Codec(Call, cipher), derived.of_call),
        visits=MongoVisits(database["visits"], Codec(VisitCount, cipher)),
        uploads=MongoUploads(database["uploads"], Codec(Upload, cipher), derived.of_upload),
        early_verdicts=MongoEarlyVerdicts(
            database["early_verdicts"], Codec(EarlyVerdict, cipher), derived.of_early_verdict
        ),
        answered=MongoAnsweredRequests(database["answered"], Codec(Answered, cipher), derived.of_answered),
        lockouts=MongoLockouts(database["lockouts"], Codec(Lockout, cipher), derived.of_lockout),
        leases=MongoLeases(database["leases"], Codec(Lease, cipher)),
        job_runs=MongoJobRuns(database["job_runs"], Codec(JobRun, cipher)),
        access_tokens=MongoTokens(Shelf(database["access_tokens"], Codec(KeptToken, cipher))),
        officers=MongoOfficers(database["officers"], Codec(Officer, cipher)),
        office_sessions=MongoOfficeSessions(
            database["office_sessions"], Codec(OfficeSession, cipher), derived.of_office_session
        ),
        setting_changes=MongoSettingChanges(Shelf(database["setting_changes"], Codec(SettingChange, cipher))),
        counters=MongoCounters(database["counters"], Codec(Counter, cipher)),
        reports=MongoReports(Shelf(database["reports"], Codec(Report, cipher))),
        audit_log=MongoAuditLog(Shelf(database["audit_log"], Codec(AuditEntry, cipher), derived.of_audit_entry)),
        daily_tallies=MongoDailyTallies(database["daily_tallies"], Codec(DailyTally, cipher), derived.of_daily),
        figure_marks=MongoFigureMarks(database["figure_marks"], Codec(FigureMark, cipher)),
        outbox=MongoOutbox(Shelf(database["appeals"], Codec(Appeal, cipher))),
        old_appeals=MongoOldAppeals(Shelf(database["appeals"], Codec(Appeal, cipher))),
        alert_tallies=MongoAlertTallies(database["alert_tallies"], Codec(AlertTally, cipher)),
        passages=MongoPassages(Shelf(database["appeals"], Codec(Appeal, cipher))),
        worklist=MongoWorklist(Shelf(database["appeals"], Codec(Appeal, cipher))),
        ledgers=MongoLedgers(Shelf(database["appeals"], Codec(Appeal, cipher))),
        day_flows=MongoDayFlows(database["day_flows"], Codec(DayFlow, cipher), derived.of_flow),
        spot_checks=MongoSpotChecks(
            Shelf(database["spot_checks"], Codec(Draw, cipher), of_draw),
            Shelf(database["spot_check_lists"], Codec(FrozenList, cipher)),
            Shelf(database["spot_check_results"], Codec(Result, cipher)),
        ),
        perfunctory_flags=MongoPerfunctoryFlags(database["perfunctory_flags"], Codec(Flag, cipher), of_flag),
        call_checks=MongoCallChecks(database["call_checks"], Codec(CallChecks, cipher), of_call_checks),
        marks=MongoMarks(database["marks"], Codec(Mark, cipher)),
        database=MongoDatabase(database),
    )
