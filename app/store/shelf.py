"""One collection of one kind of aggregate: everything that is done with pymongo is done here.

Only find, insert_one, replace_one, delete_many and update_one with $set are used, because the same stores
run on MongoDB and on the embedded engine, which gets wrong: array filters, pipeline updates, dates in
find_one_and_update, indexes that contain `_id`, equality with an element of an indexed array (`$in` is right), and
comparisons of dates, which it makes by the second: a filter compares the derived milliseconds instead (derived.py), and
only sorting may use a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, Literal, Protocol, TypeVar

from pymongo.collection import Collection

from app.services.ports.basics import Position
from app.store.codec import Codec, Document
from app.store.derived import in_ms
from app.store.failures import translated

T = TypeVar("T")
Sort = Sequence[tuple[str, int]]
Direction = Literal[1, -1]
BATCH = 200
"""Documents fetched at a time by who reads a whole collection."""
IN_A_BATCH = 10_000
"""Documents in one answer of the database, of which MongoDB sends as many as 16 MB hold. The usual hundred would make a
roll-up of a month twenty questions and answers."""


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


class Shelf(Generic[T]):
    """`derive` gives the fields that are stored for queries only and never read back."""

    def __init__(
        self,
        collection: Collection[Document],
        codec: Codec[T],
        derive: Callable[[T], Document] | None = None,
    ) -> None:
        self._collection = collection
        self._codec = codec
        self._derive = derive

    def add(self, aggregate: T) -> None:
        """Raises Duplicate when the id or a unique field is taken."""
        document = self.document(aggregate)
        with translated(self._collection.name):
            self._collection.insert_one(document)

    def replace(self, aggregate: T) -> bool:
        """The guarded write: False when the stored version is not the one before; Duplicate as `add`."""
        document = self.document(aggregate)
        guard = {"_id": document["_id"], "version": document["version"] - 1}
        with translated(self._collection.name):
            return self._collection.replace_one(guard, document).matched_count == 1

    def replace_unversioned(self, aggregate: T) -> bool:
        """The same for the first change of what an earlier version of the program stored without a version."""
        document = self.document(aggregate)
        if document["version"] != 2:
            return False
        guard = {"_id": document["_id"], "version": {"$exists": False}}
        with translated(self._collection.name):
            return self._collection.replace_one(guard, document).matched_count == 1

    def put(self, aggregate: T) -> None:
        """Inserts or overwrites by id. Of two that insert at once, the server repeats the later one as an overwrite."""
        document = self.document(aggregate)
        with translated(self._collection.name):
            self._collection.replace_one({"_id": document["_id"]}, document, upsert=True)

    def get(self, id: str) -> T | None:
        return self.one({"_id": id})

    def one(self, query: Mapping[str, Any]) -> T | None:
        with translated(self._collection.name):
            document = self._collection.find_one(query)
        return None if document is None else self._codec.decode(document)

    def many(self, query: Mapping[str, Any], sort: Sort | None = None, limit: int = 0) -> list[T]:
        """What matches, in order; a limit of 0 means all."""
        return [self._codec.decode(document) for document in self.raw(query, None, sort, limit)]

    def raw(
        self,
        query: Mapping[str, Any],
        fields: Mapping[str, int] | None = None,
        sort: Sort | None = None,
        limit: int = 0,
    ) -> list[Document]:
        """The stored documents with `fields` only (None: all)."""
        with translated(self._collection.name):
            return list(self._collection.find(query, fields, sort=sort, limit=limit, batch_size=IN_A_BATCH))

    def grouped(self, query: Mapping[str, Any], by: str | None, earliest: str) -> list[tuple[Any, int, int]]:
        """Of each value of the field `by` (None: of everything) how many match, and the smallest of their `earliest`.
        From index entries alone where an index holds the three."""
        group = {"_id": f"${by}" if by else None, "count": {"$sum": 1}, "earliest": {"$min": f"${earliest}"}}
        with translated(self._collection.name):
            found = list(self._collection.aggregate([{"$match": query}, {"$group": group}]))
        return [(one["_id"], one["count"], one["earliest"]) for one in found]

    def delete(self, query: Mapping[str, Any]) -> int:
        """How many are gone."""
        with translated(self._collection.name):
            return self._collection.delete_many(query).deleted_count

    def decode(self, document: Mapping[str, Any]) -> T:
        return self._codec.decode(document)

    @property
    def name(self) -> str:
        return self._collection.name

    @property
    def derives(self) -> bool:
        return self._derive is not None

    def documents(self) -> Iterator[Document]:
        """Everything stored, by id, read as it goes; what is added meanwhile may be missing."""
        with translated(self.name):
            yield from self._collection.find({}, sort=[("_id", 1)], batch_size=BATCH)

    def renewed(self, stored: Document) -> Document:
        """The document as it would be written today; equal to `stored` when nothing has to be done."""
        return self.document(self._codec.decode(stored))

    def renew(self, stored: Document, renewed: Document) -> bool:
        """Writes `renewed` if nobody has changed `stored` meanwhile. Its version stays: whoever read it before and
        writes afterwards still has the version before, and what he writes is as it should be anyway.

        Without a version only what differs is set, so that the rest of it cannot be put back to what it was.
        """
        with translated(self.name):
            if "version" in renewed:
                guard = {"_id": stored["_id"], "version": stored.get("version", {"$exists": False})}
                return self._collection.replace_one(guard, renewed).matched_count == 1
            changed = {name: value for name, value in renewed.items() if stored.get(name) != value}
            if not changed:
                return False
            guard = {"_id": stored["_id"], **{name: stored[name] for name in changed if name in stored}}
            return self._collection.update_one(guard, {"$set": changed}).matched_count == 1

    def document(self, aggregate: T) -> Document:
        """What is stored of it."""
        document = self._codec.encode(aggregate)
        if self._derive is not None:
            document.update(self._derive(aggregate))
        return document


def after_position(field: str, after: Position | None, direction: Direction, tie: str = "code") -> Document:
    """The condition that a list sorted by (`field`, `tie`) goes on after `after`; empty at its beginning.

    The bound on `field` alone is what the index is entered by; the alternatives settle equal times.
    """
    if after is None:
        return {}
    moment, last = in_ms(after[0]), after[1]
    at_or_past, past = ("$gte", "$gt") if direction == 1 else ("$lte", "$lt")
    return {
        field: {at_or_past: moment},
        "$or": [{field: {past: moment}}, {field: moment, tie: {past: last}}],
    }
