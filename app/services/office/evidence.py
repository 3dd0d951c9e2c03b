"""The frozen evidence of an interview, for those who supervise, who audit, and to whom the appeal was referred."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.appeal import Appeal
from app.domain.errors import NotFound, Reason
from app.domain.evidence import Reread, reread
from app.domain.officer import Officer, OfficeRole
from app.domain.supervision import Interview
from app.services.office.casework import MISSING
from app.services.officers.access import need
from app.services.world import World

UNRESTRICTED = (OfficeRole.SUPERVISOR, OfficeRole.AUDITOR)
EVIDENCE_READERS = (*UNRESTRICTED, OfficeRole.INSPECTOR)


@dataclass(frozen=True)
class EvidenceReading:
    """`others`: the appeals that the evidence names and that this officer may open, by id."""

    appeal: Appeal
    interview: Interview
    reread: Reread
    others: Mapping[str, Appeal]


def read_evidence(world: World, officer: Officer, appeal_id: str, number: int) -> EvidenceReading:
    """The evidence of the appeal's n-th interview, its hash recomputed. To an inspector an appeal that was not referred
    is not there. Raises NotPermitted, NotFound."""
    need(officer, *EVIDENCE_READERS)
    appeal = world.stores.appeals.get(appeal_id)
    if appeal is None or not may_read_evidence(officer, appeal):
        raise MISSING
    interview = next((one for one in appeal.interviews if one.number == number), None)
    if interview is None:
        raise NotFound(Reason.NO_SUCH_INTERVIEW)
    found = reread(interview)
    named = found.evidence.appeal_ids if found.evidence else ()
    others = {one.id: one for one in world.stores.worklist.some(named) if may_read_evidence(officer, one)}
    return EvidenceReading(appeal, interview, found, others)


def may_read_evidence(officer: Officer, appeal: Appeal) -> bool:
    """Supervisors and auditors always; inspectors where something of the appeal was referred to them."""
    if set(UNRESTRICTED) & set(officer.roles):
        return True
    referred = any(interview.referred_at is not None for interview in appeal.interviews)
    return OfficeRole.INSPECTOR in officer.roles and referred
