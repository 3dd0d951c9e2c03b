"""Commands for those who install it: `python -m app import-roster FILE`, `invite OFFICIAL_ID`, `posters ROSTER`,
`add-admin USERNAME NAME`; and those of app/upkeep.py."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from app.config import Settings, SettingsError
from app.container import build
from app.domain.errors import InvalidInput, NotFound, NotNow
from app.domain.notification import Role
from app.domain.officer import ONE_TIME_FOR
from app.services.officers.keeping import create_first_admin
from app.services.people.accounts import invite
from app.services.ports.basics import StoreAway
from app.services.posters.sheets import posters
from app.services.rosters.file import RosterFileError
from app.services.rosters.importing import import_roster
from app.services.world import World
from app.upkeep import add_commands, check_backup
from app.web.pages.posters import render_posters


def main() -> None:
    arguments = _arguments()
    try:
        container = build(Settings.from_env(os.environ))
    except SettingsError as error:
        sys.exit(f"直通车: {error}")
    try:
        if arguments.upkeep is not check_backup:
            container.world.stores.database.ensure_indexes()
        done = arguments.upkeep(container, arguments) if arguments.upkeep else arguments.run(container.world, arguments)
        print(done)  # noqa: T201 - the command's result
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
    """The code of a one-time invitation, valid for 30 days."""
    official = world.stores.officials.get(arguments.official_id)
    if official is None:
        sys.exit(f"直通车: 没有 {arguments.official_id} 这位负责同志")
    secret = invite(world, official.id, Role.STAFF if arguments.staff else Role.OFFICIAL)
    return f"{official.title}：{secret}"


def write_posters(world: World, arguments: argparse.Namespace) -> str:
    """Writes A4 sheets to print; with ordinary QR codes where WeChat gives no mini-program code."""
    slug, source, plain = arguments.roster, arguments.source, arguments.plain
    note = ""
    try:
        try:
            sheets = posters(world, slug, source, plain)
        except NotNow:
            sheets = posters(world, slug, source, plain=True)
            note = "\n微信没有给出小程序码（小程序须已发布），已改印普通二维码，扫码后由网页打开小程序"
    except NotFound:
        sys.exit(f"直通车: 没有 {slug} 这份名册" + (f"，或其中没有来源码 {source}" if source else ""))
    try:
        Path(arguments.output).write_text(render_posters(sheets), encoding="utf-8")
    except OSError as error:
        sys.exit(f"直通车: {error}")
    return f"{arguments.output}：{len(sheets)} 张，用浏览器打开后按 A4 打印{note}"


def add_admin(world: World, arguments: argparse.Namespace) -> str:
    """An admin of the console with a one-time password: the first one, or one more when all others are locked out."""
    try:
        given = create_first_admin(world, arguments.username, arguments.name)
    except InvalidInput as refused:
        problems: Any = refused.detail["fields"]
        sys.exit("没有创建，请先改正：\n" + "\n".join(f"{name}：{'；'.join(problems[name])}" for name in problems))
    days = ONE_TIME_FOR.days
    return f"{given.officer.username} 的初始密码：{given.password}（{days} 天内登录控制台并修改）"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m app", description="直通车")
    parser.set_defaults(upkeep=None)
    commands = parser.add_subparsers(required=True)
    add_commands(commands)
    roster = commands.add_parser("import-roster", help="load a roster from a JSON file; safe to repeat")
    roster.add_argument("file")
    roster.set_defaults(run=load_roster)
    invitation = commands.add_parser("invite", help="make a one-time invitation for an official")
    invitation.add_argument("official_id")
    invitation.add_argument("--staff", action="store_true", help="for somebody of the official's staff")
    invitation.set_defaults(run=create_invitation)
    printed = commands.add_parser("posters", help="write A4 posters with the roster's codes, one for each place")
    printed.add_argument("roster", help="its slug")
    printed.add_argument("--source", default="", help="only the sheet of this place")
    printed.add_argument("--plain", action="store_true", help="ordinary QR codes instead of mini-program codes")
    printed.add_argument("-o", "--output", required=True, metavar="FILE.html")
    printed.set_defaults(run=write_posters)
    admin = commands.add_parser("add-admin", help="make an admin of the console, with a one-time password")
    admin.add_argument("username")
    admin.add_argument("name")
    admin.set_defaults(run=add_admin)
    return parser.parse_args()


if __name__ == "__main__":
    main()
