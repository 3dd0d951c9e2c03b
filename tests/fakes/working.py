"""What the service itself works with, in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Any

from app.services.ports.appeals import EarlyVerdict, Upload
from app.services.ports.requests import Answered, Lockout
from app.services.ports.running import AlertTally, JobRun
from tests.fakes.shelf import MemoryShelf, Outage


class MemoryUploads(MemoryShelf[Upload]):
    def owned(self, upload_ids: Iterable[str], account_id: str) -> Sequence[Upload]:
        found = [self.get(id) for id in dict.fromkeys(upload_ids)]
        return [replace(upload, data=b"") for upload in found if upload and upload.account_id == account_id]

    def made_between(self, begin: datetime, end: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        found = self.where(lambda upload: begin <= upload.created_at < end)
        return sorted(((upload.id, upload.created_at) for upload in found), key=itemgetter(1))[:limit]

    def forget(self, upload_ids: Any) -> int:
        gone = frozenset(upload_ids)
        return super().forget(lambda upload: upload.id in gone)

    def forget_of(self, account_id: str) -> int:
        return super().forget(lambda upload: upload.account_id == account_id)


class MemoryEarlyVerdicts(MemoryShelf[EarlyVerdict]):
    def forget_before(self, moment: datetime) -> int:
        return self.forget(lambda verdict: verdict.at < moment)


class MemoryAnsweredRequests(MemoryShelf[Answered]):
    def forget_before(self, moment: datetime) -> int:
        return self.forget(lambda answered: answered.at < moment)


class MemoryLockouts(MemoryShelf[Lockout]):
    def forget_before(self, moment: datetime) -> int:
        return self.forget(lambda lockout: lockout.last_at < moment)


class MemoryJobRuns(MemoryShelf[JobRun]):
    def all(self) -> Sequence[JobRun]:
        return sorted(self.where(lambda _: True), key=attrgetter("id"))


class MemoryAlertTallies(MemoryShelf[AlertTally]):
    def since(self, day: int) -> Sequence[AlertTally]:
        found = self.where(lambda tally: tally.day >= day)
        return sorted(found, key=attrgetter("last_at", "id"), reverse=True)

    def forget_before(self, day: int) -> int:
        return self.forget(lambda tally: tally.day < day)


class MemoryDatabase:
    def __init__(self, outage: Outage) -> None:
        self.outage = outage

    def ping(self) -> None:
        with self.outage.one_at_a_time():
            pass

    def ensure_indexes(self) -> None:
        self.ping()
