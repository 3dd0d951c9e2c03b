"""The history of the city's settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.domain.settings import SettingChange, SettingName
from app.store.shelf import Shelf


class MongoSettingChanges:
    """Implements app.services.ports.settings.SettingChanges: of the shelf only adding and reading can be reached."""

    def __init__(self, shelf: Shelf[SettingChange]) -> None:
        self._shelf = shelf

    def add(self, change: SettingChange) -> None:
        self._shelf.add(change)

    def get(self, change_id: str) -> SettingChange | None:
        return self._shelf.get(change_id)

    def since(self, number: int, limit: int) -> Sequence[SettingChange]:
        return self._shelf.many({"number": {"$gt": number}}, [("number", 1)], limit)

    def newest(self, name: SettingName, before: int | None, limit: int) -> Sequence[SettingChange]:
        query: dict[str, Any] = {"name": name.value}
        if before is not None:
            query["number"] = {"$lt": before}
        return self._shelf.many(query, [("number", -1)], limit)
