"""Fakes of everything in app/services/ports.py."""

from tests.fakes.stores import MemoryStores
from tests.fakes.world import (
    CollectingAlerts,
    FakeClock,
    FakeLogin,
    PredictableSecrets,
    RecordingMessenger,
    StaticContentCheck,
)

__all__ = [
    "CollectingAlerts",
    "FakeClock",
    "FakeLogin",
    "MemoryStores",
    "PredictableSecrets",
    "RecordingMessenger",
    "StaticContentCheck",
]
