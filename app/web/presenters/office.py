"""An appeal as the supervision office sees it: everything on it, phones masked."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from app.domain.audit import AuditEntry
from app.domain.officer import Officer
from app.domain.promises import broken_promises
from app.domain.reporting import Report
from app.domain.returning import hand_backs
from app.domain.worklist import desks
from app.services.appeals.reading import Reading
from app.web.presenters.appeals import AppealPresenter

SUPERVISION_FIELDS = ("listed_at", "clock", "number", "signed_by", "signed_at", "due_at")


def present_officer(officer: Officer) -> dict[str, Any]:
    return {
        "id": officer.id,
        "username": officer.username,
        "name": officer.name,
        "number": officer.number,
        "roles": [role.value for role in officer.roles],
    }


def present_for_office(presenter: AppealPresenter, reading: Reading) -> dict[str, Any]:
    appeal = reading.appeal
    return presenter.detail(reading) | {
        "about": presenter.refer_all(appeal.about),
        "desks": [desk.value for desk in desks(appeal)],
        "supervisions": [
            {field: getattr(listing, field) for field in SUPERVISION_FIELDS} for listing in appeal.supervisions
        ],
        "interviews": [
            {field: value for field, value in asdict(entry).items() if field not in {"official_id", "assignment"}}
            for entry in appeal.interviews
        ],
        "hand_backs": hand_backs(appeal),
        "broken_promises": broken_promises(appeal),
        "children": list(appeal.children),
        "merged_into": appeal.merged_into,
    }


def present_audit(entry: AuditEntry) -> dict[str, Any]:
    fields = ("number", "at", "name", "act", "subject", "detail", "hash")
    return {field: getattr(entry, field) for field in fields}


def present_report(report: Report) -> dict[str, Any]:
    return {
        "kind": report.kind.value,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "made_at": report.made_at,
        "revision": report.revision,
        "draft": report.is_draft,
        "number": report.issue.number if report.issue else None,
        "signed_by": report.issue.by if report.issue else None,
        "signed_at": report.issue.at if report.issue else None,
        "reason": report.reason or None,
        "left_out": [{"kind": one.kind.value, "words": one.words, "reason": one.reason} for one in report.left_out],
        "lead": report.lead or None,
        "remark": report.remark or None,
        "content": json.loads(report.content),
    }
