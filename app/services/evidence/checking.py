"""Spot checks and perfunctory answers as acts of the office: permitted, on the audit log, then done."""

from __future__ import annotations

from datetime import datetime

from app.domain.officer import Officer, OfficeRole
from app.domain.perfunctory import Flag, FlagDecision
from app.domain.spot_check import Draw, Result, Verdict
from app.services.evidence import spot_checks, verifying
from app.services.officers.access import need
from app.services.officers.audit import record
from app.services.world import World


def draw(
    world: World,
    officer: Officer,
    roster: str,
    begin: datetime,
    end: datetime,
    size: int,
    public_text: str,
    source: str,
) -> Draw:
    """`spot_checks.draw` by a supervisor."""
    need(officer, OfficeRole.SUPERVISOR)
    record(world, officer, "draw", roster, public_text)
    return spot_checks.draw(world, roster, begin, end, size, public_text, source, by=officer.name)


def record_result(
    world: World, officer: Officer, draw_id: str, appeal_id: str, verdict: Verdict, text: str, corrects: str = ""
) -> Result:
    """`spot_checks.record_result` by a supervisor."""
    need(officer, OfficeRole.SUPERVISOR)
    record(world, officer, "spot_check_result", draw_id, appeal_id)
    return spot_checks.record_result(world, draw_id, appeal_id, verdict, text, by=officer.name, corrects=corrects)


def decide_flag(world: World, officer: Officer, flag_id: str, decision: FlagDecision, text: str) -> Flag:
    """`verifying.decide_flag` by a supervisor."""
    need(officer, OfficeRole.SUPERVISOR)
    record(world, officer, "decide_flag", flag_id, decision.value)
    return verifying.decide_flag(world, officer, flag_id, decision, text)
