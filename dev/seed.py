"""Sample data: the seven rosters, and in WeChat's sandbox a bound person for every official of the default one.

Idempotent: a second run changes nothing. `python -m dev.seed` with the program's environment, SANDBOX_URL for personas.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import requests

from app.config import Settings
from app.container import build
from app.domain.account import Account, Binding
from app.domain.notification import Role
from app.domain.officer import OfficeRole
from app.domain.reporting import ReportKind, due_periods, period_of, report_id
from app.domain.workday import ONE_DAY
from app.services.figures.bulletins import issue
from app.services.figures.reports import make
from app.services.officers.access import add_officer, set_password
from app.services.rosters.file import RosterFileError
from app.services.rosters.importing import import_roster
from app.services.saving import change
from app.services.world import World
from dev import DEFAULT_ROSTER

ROSTERS = Path(__file__).parent / "rosters"
RESIDENTS = 5
OFFICERS = (
    ("editor", "名册编辑", OfficeRole.EDITOR, ""),
    ("operator", "接线员", OfficeRole.OPERATOR, "801"),
    ("supervisor", "督查员", OfficeRole.SUPERVISOR, ""),
    ("inspector", "专班人员", OfficeRole.INSPECTOR, ""),
    ("auditor", "审计人员", OfficeRole.AUDITOR, ""),
    ("admin", "管理员", OfficeRole.ADMIN, ""),
)


@dataclass(frozen=True)
class Persona:
    """A person in the sandbox: who that is in the mini-program, in the Official Account, and in both."""

    mp_openid: str
    oa_openid: str
    unionid: str


def main() -> None:
    settings = Settings.from_env(os.environ)
    if settings.is_production:
        sys.exit("sample data is for demonstrations; APP_ENV is production")
    container = build(settings)
    try:
        container.world.stores.database.ensure_indexes()
        seed(container.world, os.environ.get("SANDBOX_URL", ""))
        for line in renew_passwords(container.world):
            print(line)
        add_bulletins(container.world)
    except RosterFileError as error:
        sys.exit(str(error))
    finally:
        container.close()


def seed(world: World, sandbox_url: str) -> None:
    """Rosters from dev/rosters, and with a sandbox its personas: official-1 ... bound, resident-1 ... resident-5.

    What was changed at the console since stays: a roster that is there is not read again, and a post that came to
    somebody else waits for its invitation.
    """
    for file in sorted(ROSTERS.glob("*.json")):
        content = json.loads(file.read_text(encoding="utf-8"))
        if world.stores.rosters.get(content["slug"]) is None:
            import_roster(world, content)
    if not sandbox_url:
        return
    for official in world.stores.officials.of_roster(DEFAULT_ROSTER):
        bound = any(official.id in account.posts() for account in world.stores.accounts.bound_to([official.id]))
        if not bound and len(official.tenures) == 1:
            about = f"{official.name} {official.post} · {official.unit}"
            persona = create_persona(sandbox_url, f"official-{official.position}", True, about)
            bind_persona(world, persona, official.id)
    for number in range(1, RESIDENTS + 1):
        create_persona(sandbox_url, f"resident-{number}", False)


def add_bulletins(world: World) -> None:
    """Of the default roster two months' bulletins, the older one signed, so that both are there to be seen; none where
    there is one already."""
    roster, supervisor = world.stores.rosters.get(DEFAULT_ROSTER), world.stores.officers.by_username("supervisor")
    if roster is None or supervisor is None or world.stores.reports.newest(DEFAULT_ROSTER, ReportKind.MONTHLY, 1):
        return
    last = due_periods(ReportKind.MONTHLY, None, world.clock.now())[-1]
    before = period_of(ReportKind.MONTHLY, last.first - ONE_DAY)
    for period in (before, last):
        make(world, roster, period)
    issue(world, supervisor, report_id(DEFAULT_ROSTER, before), 1)


def renew_passwords(world: World) -> list[str]:
    """One console account for each role, with a password that holds until the next start; a line to print for each."""
    lines = []
    for username, name, role, number in OFFICERS:
        password = secrets.token_urlsafe(9)
        known = world.stores.officers.by_username(username)
        if known is None:
            add_officer(world, username, name, (role,), password, number, unit="市委督查室")
        else:
            set_password(world, known, password)
        lines.append(f"  {name}  {username} / {password}")
    return lines


def create_persona(sandbox_url: str, name: str, follows_oa: bool, about: str = "") -> Persona:
    answer = requests.post(
        f"{sandbox_url}/__sandbox__/personas",
        json={"name": name, "follows_oa": follows_oa, "about": about or None},
        timeout=10,
    )
    answer.raise_for_status()
    made = answer.json()
    return Persona(made["mp_openid"], made["oa_openid"], made["unionid"])


def bind_persona(world: World, persona: Persona, official_id: str) -> None:
    """What following the Official Account and opening an invitation in the mini-program would have brought about."""
    accounts, now = world.stores.accounts, world.clock.now()
    binding = Binding(Role.OFFICIAL, official_id, now)
    known = accounts.by_unionid(persona.unionid)
    if known is None:
        new = Account(
            id=world.secrets.new_id(),
            version=1,
            created_at=now,
            mp_openid=persona.mp_openid,
            oa_openid=persona.oa_openid,
            unionid=persona.unionid,
            follows_oa=True,
            bindings=(binding,),
        )
        accounts.add(new)
    else:
        change(accounts, known.id, lambda account: _with(account, persona, binding), LookupError(known.id))


def _with(account: Account, persona: Persona, binding: Binding) -> Account:
    return replace(account, oa_openid=persona.oa_openid, follows_oa=True, bindings=(*account.bindings, binding))


if __name__ == "__main__":
    main()
