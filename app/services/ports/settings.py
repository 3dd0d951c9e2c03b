"""The city's settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from app.domain.settings import CitySettings, SettingChange, SettingName


class SettingChanges(Protocol):
    """Append-only: there is no way to change or remove a change."""

    def add(self, change: SettingChange) -> None:
        """Raises Duplicate when the number is taken."""

    def get(self, change_id: str) -> SettingChange | None: ...

    def since(self, number: int, limit: int) -> Sequence[SettingChange]:
        """Changes with a higher number, in order."""

    def newest(self, name: SettingName, before: int | None, limit: int) -> Sequence[SettingChange]:
        """Of one setting with a number below `before` (None: all), the newest first."""


@dataclass(frozen=True)
class InForce:
    """The settings after all changes up to `number`, and the newest change of each that was ever changed."""

    settings: CitySettings = CitySettings()
    number: int = 0
    newest: Mapping[SettingName, SettingChange] = field(default_factory=dict)


class SettingsSource(Protocol):
    """The settings in force. Cheap to ask: what changes elsewhere is seen within seconds."""

    def __call__(self) -> CitySettings: ...

    def look(self) -> InForce:
        """As they are stored at this moment. Raises StoreAway."""

    def expire(self) -> None:
        """The next one who asks sees every change."""


class FixedSettings:
    """Settings that never change: the defaults, where nobody can set any."""

    def __init__(self, settings: CitySettings | None = None) -> None:
        self._settings = settings or CitySettings()

    def __call__(self) -> CitySettings:
        return self._settings

    def look(self) -> InForce:
        return InForce(self._settings)

    def expire(self) -> None:
        """There is nothing newer."""
