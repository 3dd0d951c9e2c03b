"""All indexes, in one table. `_id` is always indexed and must be in none of these: the embedded engine then fails.

Partial and sparse ones hold only what their scan can ask for: the inbox index the open appeals, the two due scans what
still waits. So their cost follows the work that is left, not what is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pymongo import IndexModel
from pymongo.database import Database

from app.store.codec import Document
from app.store.failures import translated

Keys = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Index:
    collection: str
    name: str
    keys: Keys
    options: Mapping[str, Any] = field(default_factory=dict)


UNIQUE = {"unique": True}
IF_GIVEN = {"sparse": True}
UNIQUE_IF_GIVEN = {"unique": True, "sparse": True}

INDEXES = (
    Index("appeals", "code", (("code", 1),), UNIQUE),
    Index("appeals", "submission", (("submission_key", 1),), UNIQUE_IF_GIVEN),
    Index("appeals", "check_trace", (("checks", 1),), IF_GIVEN),
    Index("appeals", "of_resident", (("resident_id", 1), ("submitted_ms", -1), ("code", -1))),
    Index(
        "appeals",
        "inbox_open",
        (("assignee_id", 1), ("due_ms", 1), ("code", 1)),
        {"partialFilterExpression": {"done": False}},
    ),
    Index(
        "appeals",
        "inbox_done",
        (("assignee_id", 1), ("settled_ms", -1), ("code", -1)),
        {"partialFilterExpression": {"done": True}},
    ),
    Index("appeals", "to_dispatch", (("next_dispatch_ms", 1),), IF_GIVEN),
    Index("appeals", "to_check", (("next_check_ms", 1),), IF_GIVEN),
    Index(
        "appeals",
        "supervised",
        (("listed_ms", 1), ("code", 1)),
        {"partialFilterExpression": {"listed_ms": {"$exists": True}}},
    ),
    Index("accounts", "mp_openid", (("mp_openid", 1),), UNIQUE_IF_GIVEN),
    Index("accounts", "oa_openid", (("oa_openid", 1),), UNIQUE_IF_GIVEN),
    Index("accounts", "unionid", (("unionid", 1),), UNIQUE_IF_GIVEN),
    Index("accounts", "posts", (("posts", 1),), IF_GIVEN),
    Index("sessions", "of_account", (("account_id", 1),)),
    Index("sessions", "expiry", (("expires_ms", 1),)),
    Index("rosters", "published", (("is_published", 1), ("revision", 1))),
    Index("officials", "of_roster", (("roster", 1),)),
    Index("calls", "of_account", (("account_id", 1), ("at", -1))),
    Index("answered", "age", (("at_ms", 1),)),
)


def ensure_indexes(database: Database[Document]) -> None:
    """Creates what is missing; safe to repeat and to run at once from several processes. Raises StoreAway."""
    for collection in sorted({index.collection for index in INDEXES}):
        models = [
            IndexModel(list(index.keys), name=index.name, **index.options)
            for index in INDEXES
            if index.collection == collection
        ]
        with translated(collection):
            database[collection].create_indexes(models)
