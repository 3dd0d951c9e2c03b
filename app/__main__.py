"""Commands for those who install it: `python -m app import-roster FILE` and `python -m app invite OFFICIAL_ID`."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from app.config import Settings, SettingsError
from app.container import build
from app.domain.notification import Role
from app.services.accounts import invite
from app.services.importing import import_roster
from app.services.ports import StoreAway
from app.services.roster_file import RosterFileError
from app.services.world import World


def main() -> None:
    arguments = _arguments()
    try:
        container = build(Settings.from_env(os.environ))
    except SettingsError as error:
        sys.exit(f"直通车: {error}")
    try:
        container.world.stores.database.ensure_indexes()
        print(arguments.run(container.world, arguments))  # noqa: T201 - the command's result
    except StoreAway:
        sys.exit("直通车: the database in MONGODB_URI does not answer")
    finally:
        container.close()


def load_roster(world: World, arguments: argparse.Namespace) -> str:
    """Imports the file; exits with every problem found, and then nothing was stored."""
    try:
        content = json.loads(Path(arguments.file).read_text(encoding="utf-8"))
        done = import_roster(world, content)
    except OSError as error:
        sys.exit(f"直通车: {error}")
    except json.JSONDecodeError as error:
        sys.exit(f"直通车: {arguments.file} 不是 JSON：第 {error.lineno} 行")
    except RosterFileError as error:
        sys.exit("没有导入，请先改正：\n" + "\n".join(error.problems))
    return f"{done.slug}：{done.officials} 位负责同志，{done.changed} 处变化"


def create_invitation(world: World, arguments: argparse.Namespace) -> str:
    """The secret of a one-time invitation, valid for 30 days."""
    official = world.stores.officials.get(arguments.official_id)
    if official is None:
        sys.exit(f"直通车: 没有 {arguments.official_id} 这位负责同志")
    secret = invite(world, official.id, Role.STAFF if arguments.staff else Role.OFFICIAL)
    return f"{official.title}：{secret}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m app", description="直通车")
    commands = parser.add_subparsers(required=True)
    roster = commands.add_parser("import-roster", help="load a roster from a JSON file; safe to repeat")
    roster.add_argument("file")
    roster.set_defaults(run=load_roster)
    invitation = commands.add_parser("invite", help="make a one-time invitation for an official")
    invitation.add_argument("official_id")
    invitation.add_argument("--staff", action="store_true", help="for somebody of the official's staff")
    invitation.set_defaults(run=create_invitation)
    return parser.parse_args()


if __name__ == "__main__":
    main()
