"""The commands for those who keep the system: `backup FILE`, `check-backup FILE`, `restore FILE`, `refresh`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from app.container import Container
from app.domain.workday import BEIJING
from app.store import open_stores
from app.store.backup import BackupDamaged, Contents, NotEmpty, backup, check, restore
from app.store.cipher import KeepingCipher
from app.store.refresh import Refreshed, refresh


def add_commands(commands: Any) -> None:
    """Puts them beside the other commands; `run` of each takes the container and its arguments."""
    for name, run, about in (
        ("backup", make_backup, "write the whole database into FILE"),
        ("check-backup", check_backup, "say whether FILE is whole, and what it holds"),
        ("restore", restore_backup, "put FILE into the database, which must be empty"),
    ):
        command = commands.add_parser(name, help=about)
        command.add_argument("file")
        command.set_defaults(upkeep=run)
    renewing = commands.add_parser(
        "refresh", help="bring stored documents up to this version and to the newest encryption key; safe to repeat"
    )
    renewing.set_defaults(upkeep=refresh_documents)


def make_backup(container: Container, arguments: argparse.Namespace) -> str:
    target = Path(arguments.file)
    try:
        contents = backup(_database(container), target, container.world.clock.now())
    except OSError as error:
        sys.exit(f"直通车: {error}")
    return f"{target}：{_told(contents)}"


def check_backup(_: Container, arguments: argparse.Namespace) -> str:
    try:
        return f"完整：{_told(check(Path(arguments.file)))}"
    except (BackupDamaged, OSError) as error:
        sys.exit(f"直通车: {arguments.file} 不能用：{error}")


def restore_backup(container: Container, arguments: argparse.Namespace) -> str:
    database = container.settings.mongodb_database
    try:
        contents = restore(_database(container), Path(arguments.file))
    except (BackupDamaged, OSError) as error:
        sys.exit(f"直通车: {arguments.file} 不能用：{error}。没有恢复任何数据")
    except NotEmpty as error:
        sys.exit(
            f"直通车: 数据库 {database} 不是空的（{error} 中已有数据），没有恢复任何数据。请换一个 MONGODB_DATABASE"
        )
    return f"已恢复到 {database}：{_told(contents)}"


def refresh_documents(container: Container, _: argparse.Namespace) -> str:
    """Exits with 1 when something could not be read, after everything else was renewed."""
    cipher = KeepingCipher(container.settings.encryption_keys)
    stores = open_stores(container.client, container.settings.mongodb_database, cipher)
    done = refresh(stores, cipher, lambda one: print(_progress(one), flush=True))  # noqa: T201 - how far it is
    unreadable = [f"{one.collection} {id}" for one in done for id in one.unreadable]
    if unreadable:
        sys.exit(
            "直通车: 这些数据无法读取（缺少 ENCRYPTION_KEYS 中的旧密钥，或由更新的版本写入）：\n"
            + "\n".join(unreadable)
        )
    return f"完成：共 {sum(one.seen for one in done)} 条，更新 {sum(one.renewed for one in done)} 条"


def _progress(one: Refreshed) -> str:
    meanwhile = f"，{one.overtaken} 条刚被改过，已是最新" if one.overtaken else ""
    return f"{one.collection}：已看 {one.seen} 条，更新 {one.renewed} 条{meanwhile}"


def _told(contents: Contents) -> str:
    made = contents.made_at.astimezone(BEIJING)
    counts = "，".join(f"{name} {count}" for name, count in sorted(contents.counts.items()))
    return f"{made:%Y-%m-%d %H:%M} 的备份，共 {contents.total} 条（{counts}）"


def _database(container: Container) -> Any:
    return container.client[container.settings.mongodb_database]
