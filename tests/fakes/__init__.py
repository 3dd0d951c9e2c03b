"""Fakes of everything in app/services/ports."""

from tests.fakes.stores import MemoryStores
from tests.fakes.world import (
    CollectingAlerts,
    FakeClock,
    FakeCodes,
    FakeLogin,
    FakePhones,
    PredictableSecrets,
    RecordingMessenger,
    StaticContentCheck,
)

__all__ = [
    "CollectingAlerts",
    "FakeClock",
    "FakeCodes",
    "FakeLogin",
    "FakePhones",
    "MemoryStores",
    "PredictableSecrets",
    "RecordingMessenger",
    "StaticContentCheck",
]
