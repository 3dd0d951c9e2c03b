"""Rosters and the officials on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.roster import Official, Roster
from app.store.shelf import Shelf


class MongoRosters(Shelf[Roster]):
    """Implements app.services.ports.rosters.Rosters; the slug is the id."""

    def all(self) -> Sequence[Roster]:
        return self.many({}, [("_id", 1)])

    def revisions(self) -> Mapping[str, int]:
        return {found["_id"]: found["revision"] for found in self.raw({"is_published": True}, {"revision": 1})}


class MongoOfficials(Shelf[Official]):
    """Implements app.services.ports.rosters.Officials."""

    def of_roster(self, slug: str) -> Sequence[Official]:
        found = self.many({"roster": slug})
        return sorted(found, key=lambda official: (official.position, official.id))
