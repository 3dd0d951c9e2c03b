"""What the service itself works with: pictures, answered requests, lock-outs, leases, job runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.services.ports.appeals import EarlyVerdict, Upload
from app.services.ports.requests import Answered, Lockout
from app.services.ports.running import JobRun, Lease
from app.store.derived import from_ms, in_ms
from app.store.shelf import Shelf


class MongoUploads(Shelf[Upload]):
    """Implements app.services.ports.appeals.Uploads."""

    def owned(self, upload_ids: Iterable[str], account_id: str) -> Sequence[Upload]:
        wanted = list(dict.fromkeys(upload_ids))
        query = {"_id": {"$in": wanted}, "account_id": account_id}
        found = {document["_id"]: self.decode({**document, "data": b""}) for document in self.raw(query, {"data": 0})}
        return [found[id] for id in wanted if id in found]

    def made_between(self, begin: datetime, end: datetime, limit: int) -> Sequence[tuple[str, datetime]]:
        window = {"created_ms": {"$gte": in_ms(begin), "$lt": in_ms(end)}}
        found = self.raw(window, {"created_ms": 1}, [("created_ms", 1)], limit)
        return [(document["_id"], from_ms(document["created_ms"])) for document in found]

    def forget(self, upload_ids: Iterable[str]) -> int:
        gone = sorted(set(upload_ids))
        return self.delete({"_id": {"$in": gone}}) if gone else 0

    def forget_of(self, account_id: str) -> int:
        return self.delete({"account_id": account_id})


class MongoEarlyVerdicts(Shelf[EarlyVerdict]):
    """Implements app.services.ports.appeals.EarlyVerdicts."""

    def forget_before(self, moment: datetime) -> int:
        return self.delete({"at_ms": {"$lt": in_ms(moment)}})


class MongoAnsweredRequests(Shelf[Answered]):
    """Implements app.services.ports.requests.AnsweredRequests."""

    def forget_before(self, moment: datetime) -> int:
        return self.delete({"at_ms": {"$lt": in_ms(moment)}})


class MongoLockouts(Shelf[Lockout]):
    """Implements app.services.ports.requests.Lockouts."""

    def forget_before(self, moment: datetime) -> int:
        return self.delete({"last_ms": {"$lt": in_ms(moment)}})


class MongoLeases(Shelf[Lease]):
    """Implements app.services.ports.running.Leases."""


class MongoJobRuns(Shelf[JobRun]):
    """Implements app.services.ports.running.JobRuns."""

    def all(self) -> Sequence[JobRun]:
        return self.many({}, [("_id", 1)])
