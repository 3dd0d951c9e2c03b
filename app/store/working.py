"""What the service itself works with: pictures, answered requests, lock-outs, leases, job runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from app.services.ports import Answered, JobRun, Lease, Lockout, Upload
from app.store.derived import in_ms
from app.store.shelf import Shelf


class MongoUploads(Shelf[Upload]):
    """Implements app.services.ports.Uploads."""

    def owned(self, upload_ids: Iterable[str], account_id: str) -> Sequence[Upload]:
        wanted = list(dict.fromkeys(upload_ids))
        query = {"_id": {"$in": wanted}, "account_id": account_id}
        found = {document["_id"]: self.decode({**document, "data": b""}) for document in self.raw(query, {"data": 0})}
        return [found[id] for id in wanted if id in found]


class MongoAnsweredRequests(Shelf[Answered]):
    """Implements app.services.ports.AnsweredRequests."""

    def forget_before(self, moment: datetime) -> int:
        return self.delete({"at_ms": {"$lt": in_ms(moment)}})


class MongoLockouts(Shelf[Lockout]):
    """Implements app.services.ports.Lockouts."""


class MongoLeases(Shelf[Lease]):
    """Implements app.services.ports.Leases."""


class MongoJobRuns(Shelf[JobRun]):
    """Implements app.services.ports.JobRuns."""

    def all(self) -> Sequence[JobRun]:
        return self.many({}, [("_id", 1)])
