"""Brings stored documents up to this version: what is stored beside an aggregate (derived.py), fields that are new, and
the newest encryption key.

Safe while the system runs, if none of its processes is of an earlier version; safe to interrupt and to repeat: what is
as it should be is only read. What is hashed in the audit log stays as it is, because only differences are written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.store.cipher import KeepingCipher, WrongKey
from app.store.codec import Document, Unreadable
from app.store.mongo import MongoStores
from app.store.shelf import Shelf

PROGRESS_EVERY = 1000


@dataclass
class Refreshed:
    """Of one collection. `overtaken`: somebody else wrote it meanwhile, and then it is as it should be."""

    collection: str
    seen: int = 0
    renewed: int = 0
    overtaken: int = 0
    unreadable: tuple[str, ...] = ()
    """Ids of what cannot be read: a key is missing, or a later version wrote it."""


Progress = Callable[[Refreshed], None]


def shelves(stores: MongoStores) -> Mapping[str, Shelf[Any]]:
    """The shelf of each collection, by its name. The appeals have several; it is the one that writes, which derives."""
    found: dict[str, Shelf[Any]] = {}
    for store in vars(stores).values():
        for shelf in (store, *vars(store).values()):
            if isinstance(shelf, Shelf) and (shelf.derives or shelf.name not in found):
                found[shelf.name] = shelf
    return dict(sorted(found.items()))


def refresh(stores: MongoStores, cipher: KeepingCipher, progress: Progress) -> list[Refreshed]:
    """Goes through every collection; `progress` hears now and then, and after each. `stores` must have been opened with
    this `cipher`. Raises StoreAway; repeat it then."""
    return [_refresh(shelf, cipher, progress) for shelf in shelves(stores).values()]


def _refresh(shelf: Shelf[Any], cipher: KeepingCipher, progress: Progress) -> Refreshed:
    done = Refreshed(shelf.name)
    for stored in shelf.documents():
        done.seen += 1
        _renew(shelf, cipher, stored, done)
        if done.seen % PROGRESS_EVERY == 0:
            progress(done)
    progress(done)
    return done


def _renew(shelf: Shelf[Any], cipher: KeepingCipher, stored: Document, done: Refreshed) -> None:
    cipher.forget()
    try:
        renewed = shelf.renewed(stored)
    except (Unreadable, WrongKey):
        done.unreadable += (str(stored["_id"]),)
        return
    if renewed == stored:
        return
    if shelf.renew(stored, renewed):
        done.renewed += 1
    else:
        done.overtaken += 1
