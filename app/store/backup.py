"""The whole database in one file, and back.

The file is gzip of BSON documents: a head, one for each stored document with its collection, and an end with the
counts and the SHA-256 of everything before. So what is cut off, or changed by accident, is found before anything is
restored. Against being read the file is encrypted (deploy/backup.sh).

What it is: every document as it stood at some moment of the run, each exactly once. An aggregate is one document, so
none is torn. Documents that belong together are read in an order: marks of what has been counted before what they
count, what refers before what it refers to, a roster before its log. So what is restored refers to nothing that is
missing, unless it was deleted meanwhile. Two appeals merged in those very seconds may be half merged, and what was
changed while it ran may be missing. A copy of one moment is mongodump --oplog.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import bson
from bson.codec_options import CodecOptions
from bson.errors import InvalidBSON
from bson.raw_bson import RawBSONDocument
from pymongo import WriteConcern
from pymongo.database import Database

from app.store.codec import Document
from app.store.failures import translated

FORMAT = "zhitongche-backup 1"
EARLY = ("figure_marks", "marks", "daily_tallies", "day_flows", "sessions", "office_sessions", "perfunctory_flags",
         "call_checks", "spot_check_results", "appeals")  # fmt: skip
LATE = ("spot_checks", "spot_check_lists", "accounts", "invitations", "rosters", "officials", "roster_changes",
        "officers", "audit_log", "counters")  # fmt: skip
LEFT_OUT = frozenset({"access_tokens", "leases"})
"""Of the moment only: WeChat's tokens are asked for again, and nobody holds a lease of a restored database."""
BATCH_DOCUMENTS, BATCH_BYTES = 500, 8_000_000
LARGEST = 17 * 1024 * 1024
"""A document of MongoDB has at most 16 MiB."""
RAW: CodecOptions[RawBSONDocument] = CodecOptions(document_class=RawBSONDocument, tz_aware=True)


class BackupDamaged(Exception):
    """The file is no backup, is cut off, or is not what was written."""


class NotEmpty(Exception):
    """The database holds something already; restoring would mix the two."""


@dataclass(frozen=True)
class Contents:
    made_at: datetime
    counts: Mapping[str, int]
    """Documents in each collection that has any."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def backup(database: Database[Document], target: Path, now: datetime) -> Contents:
    """Writes the file, which appears only when it is complete, readable for its owner alone. Raises StoreAway."""
    part = target.with_name(target.name + ".part")
    part.touch(mode=0o600)
    part.chmod(0o600)
    counts: Counter[str] = Counter()
    with gzip.open(part, "wb", compresslevel=6) as out:
        hashed = hashlib.sha256()

        def write(document: Mapping[str, Any]) -> None:
            data = bson.encode(document)
            hashed.update(data)
            out.write(data)

        write({"format": FORMAT, "made_at": now})
        for name in _in_order(database):
            with translated(name):
                for document in database.get_collection(name, RAW).find({}, sort=[("_id", 1)], batch_size=200):
                    write({"in": name, "is": document})
                    counts[name] += 1
        out.write(bson.encode({"counts": dict(counts), "sha256": hashed.hexdigest()}))
    part.replace(target)
    return Contents(now, counts)


def check(source: Path) -> Contents:
    """What the file holds. Raises BackupDamaged unless it is whole and as it was written."""
    contents: Contents | None = None
    with source.open("rb") as file:
        for one in _read(file):
            contents = one if isinstance(one, Contents) else None
    if contents is None:
        raise BackupDamaged("it is cut off")
    return contents


def restore(database: Database[Document], source: Path) -> Contents:
    """Puts everything into the empty `database`, after the whole file has been checked.

    Raises BackupDamaged and NotEmpty, and then nothing was written; StoreAway, and then the database has to be dropped
    before the next attempt.
    """
    contents = check(source)
    with translated("restore"):
        for name in database.list_collection_names():
            if name not in LEFT_OUT and database[name].find_one({}) is not None:
                raise NotEmpty(name)
    with source.open("rb") as file:
        batch: list[RawBSONDocument] = []
        size, into = 0, ""
        for one in _read(file):
            if isinstance(one, Contents):
                break
            name, document = one
            if name != into or len(batch) >= BATCH_DOCUMENTS or size >= BATCH_BYTES:
                _insert(database, into, batch)
                batch, size, into = [], 0, name
            batch.append(document)
            size += len(document.raw)
        _insert(database, into, batch)
    return contents


def _in_order(database: Database[Document]) -> list[str]:
    with translated("collections"):
        there = {name for name in database.list_collection_names() if not name.startswith("system.")} - LEFT_OUT
    between = sorted(there - {*EARLY, *LATE})
    return [name for name in (*EARLY, *between, *LATE) if name in there]


def _insert(database: Database[Document], name: str, batch: list[RawBSONDocument]) -> None:
    if batch:
        with translated(name):
            database.get_collection(name, RAW, write_concern=WriteConcern(w="majority", j=True)).insert_many(batch)


def _read(file: BinaryIO) -> Iterator[tuple[str, RawBSONDocument] | Contents]:
    """Each document with its collection, and Contents after the last when counts and hash are right."""
    frames = _frames(file)
    head = next(frames, None)
    found = _decoded(head) if head else {}
    if head is None or found.get("format") != FORMAT:
        raise BackupDamaged("it is no backup of this system")
    hashed, counts = hashlib.sha256(head), Counter[str]()
    for frame in frames:
        document = _decoded(frame)
        if "in" in document:
            hashed.update(frame)
            counts[document["in"]] += 1
            yield document["in"], document["is"]
        elif dict(document["counts"]) != counts or document["sha256"] != hashed.hexdigest():
            raise BackupDamaged("it is not what was written")
        else:
            yield Contents(found["made_at"], counts)


def _frames(file: BinaryIO) -> Iterator[bytes]:
    """The BSON documents one after another, as bytes."""
    try:
        with gzip.open(file, "rb") as stream:
            while head := stream.read(4):
                length = int.from_bytes(head, "little")
                body = stream.read(length - 4) if 4 < length <= LARGEST else b""
                if len(head) + len(body) != length:
                    raise BackupDamaged("it is cut off, or not what was written")
                yield head + body
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BackupDamaged("it cannot be unpacked") from error


def _decoded(frame: bytes) -> RawBSONDocument:
    """Its fields are read at once, those of a document inside it with their first use."""
    try:
        document = RawBSONDocument(frame, RAW)
        document.get("in")
    except InvalidBSON as error:
        raise BackupDamaged("it is not what was written") from error
    return document
