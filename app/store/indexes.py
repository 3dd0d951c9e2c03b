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
    Index("appeals", "from_call", (("call_id", 1),), UNIQUE_IF_GIVEN),
    Index(
        "appeals",
        "sources",
        (("roster", 1), ("submitted_ms", 1)),
        {"partialFilterExpression": {"source": {"$exists": True}}},
    ),
    Index("appeals", "kept_from", (("barred_official_id", 1),), IF_GIVEN),
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
    Index(
        "appeals",
        "on_desk",
        (("desks", 1), ("submitted_ms", 1), ("code", 1)),
        {"partialFilterExpression": {"desks": {"$exists": True}}},
    ),
    Index(
        "appeals",
        "of_phone",
        (("phone_key", 1), ("submitted_ms", -1), ("code", -1)),
        {"partialFilterExpression": {"phone_key": {"$exists": True}}},
    ),
    Index("appeals", "listed", (("found_by", 1), ("submitted_ms", 1), ("code", 1))),
    Index(
        "appeals",
        "late",
        (("found_by", 1), ("counted_due_ms", 1), ("code", 1)),
        {"partialFilterExpression": {"counted_due_ms": {"$exists": True}}},
    ),
    Index(
        "appeals",
        "orders",
        (("order_words", 1), ("ordered_ms", -1), ("code", -1)),
        {"partialFilterExpression": {"order_words": {"$exists": True}}},
    ),
    Index(
        "appeals",
        "orders_due",
        (("order_words", 1), ("order_due_ms", 1), ("code", 1)),
        {"partialFilterExpression": {"order_due_ms": {"$exists": True}}},
    ),
    Index(
        "appeals",
        "interviews",
        (("interview_words", 1), ("suggested_ms", -1), ("code", -1)),
        {"partialFilterExpression": {"interview_words": {"$exists": True}}},
    ),
    Index(
        "appeals",
        "published",
        (("published_ms", -1), ("public_id", -1)),
        {"partialFilterExpression": {"published_ms": {"$exists": True}}},
    ),
    Index(
        "appeals",
        "published_of",
        (("assignee_id", 1), ("published_ms", -1), ("public_id", -1)),
        {"partialFilterExpression": {"published_ms": {"$exists": True}}},
    ),
    Index("reports", "newest_revision", (("roster", 1), ("kind", 1), ("first", -1), ("revision", -1))),
    Index("officers", "username", (("username", 1),), UNIQUE),
    Index("officers", "number", (("number", 1),), UNIQUE_IF_GIVEN),
    Index("office_sessions", "of_officer", (("officer_id", 1), ("seen_ms", -1), ("code", -1))),
    Index("office_sessions", "last_used", (("seen_ms", -1), ("code", -1))),
    Index("office_sessions", "expiry", (("expires_ms", 1),)),
    Index("setting_changes", "number", (("number", 1),), UNIQUE),
    Index("setting_changes", "of_name", (("name", 1), ("number", -1))),
    Index("audit_log", "number", (("number", 1),), UNIQUE),
    Index("audit_log", "of_officer", (("officer_id", 1), ("number", -1))),
    Index("audit_log", "of_act", (("act", 1), ("number", -1))),
    Index("audit_log", "of_officer_act", (("officer_id", 1), ("act", 1), ("number", -1))),
    Index("audit_log", "of_subject", (("subject", 1), ("number", -1))),
    Index("audit_log", "at", (("at_ms", 1), ("number", 1))),
    Index("appeals", "to_dispatch", (("next_dispatch_ms", 1),), IF_GIVEN),
    Index("appeals", "to_check", (("next_check_ms", 1),), IF_GIVEN),
    Index(
        "appeals",
        "waiting",
        (("waits_on", 1), ("submitted_ms", 1)),
        {"partialFilterExpression": {"waits_on": {"$exists": True}}},
    ),
    Index("appeals", "submitted", (("roster", 1), ("submitted_ms", 1), ("code", 1))),
    Index(
        "appeals",
        "answered",
        (("roster", 1), ("answered_ms", 1), ("code", 1)),
        {"partialFilterExpression": {"answered_ms": {"$exists": True}}},
    ),
    Index("appeals", "passages", (("roster", 1), ("submitted_ms", 1), ("passage", 1))),
    Index(
        "appeals",
        "open_passages",
        (("roster", 1), ("is_open", 1), ("due_ms", 1), ("assignee_id", 1), ("passage", 1)),
        {"partialFilterExpression": {"is_open": True}},
    ),
    Index(
        "appeals",
        "measured",
        (("roster", 1), ("measured_ms", 1)),
        {"partialFilterExpression": {"measured_ms": {"$exists": True}}},
    ),
    Index("day_flows", "of_roster", (("roster", 1), ("on_day", 1))),
    Index(
        "appeals",
        "answer_keys",
        (("answer_keys", 1), ("answered_ms", -1)),
        {"partialFilterExpression": {"answer_keys": {"$exists": True}}},
    ),
    Index("spot_checks", "of_roster", (("roster", 1), ("drawn_ms", -1))),
    Index("spot_check_results", "of_draw", (("draw_id", 1),)),
    Index("perfunctory_flags", "of_text", (("official_id", 1), ("text_hash", 1), ("found_ms", 1), ("code", 1))),
    Index(
        "perfunctory_flags",
        "unsuggested",
        (("unsuggested", 1), ("found_ms", 1), ("code", 1)),
        {"partialFilterExpression": {"unsuggested": True}},
    ),
    Index(
        "perfunctory_flags",
        "waiting",
        (("found_ms", 1), ("roster", 1), ("undecided", 1)),
        {"partialFilterExpression": {"undecided": True}},
    ),
    Index(
        "perfunctory_flags",
        "undecided",
        (("roster", 1), ("undecided", 1), ("found_ms", 1), ("code", 1)),
    ),
    Index("call_checks", "of_roster", (("roster", 1),)),
    Index(
        "call_checks",
        "unsuggested",
        (("unsuggested", 1), ("code", 1)),
        {"partialFilterExpression": {"unsuggested": True}},
    ),
    Index("accounts", "mp_openid", (("mp_openid", 1),), UNIQUE_IF_GIVEN),
    Index("accounts", "oa_openid", (("oa_openid", 1),), UNIQUE_IF_GIVEN),
    Index("accounts", "unionid", (("unionid", 1),), UNIQUE_IF_GIVEN),
    Index("accounts", "posts", (("posts", 1),), IF_GIVEN),
    Index("sessions", "of_account", (("account_id", 1),)),
    Index("sessions", "expiry", (("expires_ms", 1),)),
    Index("rosters", "published", (("is_published", 1), ("revision", 1))),
    Index("officials", "of_roster", (("roster", 1),)),
    Index("roster_changes", "newest", (("roster", 1), ("number", -1))),
    Index("roster_changes", "of_official", (("touched", 1), ("number", -1)), IF_GIVEN),
    Index(
        "roster_changes",
        "undoing",
        (("roster", 1), ("undoes", 1)),
        {"partialFilterExpression": {"undoes": {"$exists": True}}},
    ),
    Index("roster_imports", "age", (("created_ms", 1),)),
    Index("invitations", "of_post", (("official_id", 1),)),
    Index("calls", "of_caller", (("account_id", 1), ("at_ms", -1), ("code", -1))),
    Index("calls", "of_caller_to", (("account_id", 1), ("official_id", 1), ("at_ms", -1), ("code", -1))),
    Index("calls", "call_back", (("answers_call_id", 1),), UNIQUE_IF_GIVEN),
    Index("visits", "of_roster", (("roster", 1), ("day", 1), ("source", 1))),
    Index(
        "calls",
        "newest",
        (("at_ms", -1), ("code", -1), ("official_id", 1), ("account_id", 1), ("outcome", 1), ("by_operators", 1)),
    ),
    Index("calls", "of_official", (("official_id", 1), ("at_ms", 1))),
    Index("appeals", "changed", (("changed_ms", 1), ("code", 1))),
    Index("appeals", "figure_days", (("figure_days", 1),), IF_GIVEN),
    Index("appeals", "figure_keys", (("figure_keys", 1),), IF_GIVEN),
    Index("daily_tallies", "of_official", (("official_id", 1), ("on_day", 1))),
    Index("lockouts", "age", (("last_ms", 1),)),
    Index("uploads", "of_account", (("account_id", 1),)),
    Index("uploads", "age", (("created_ms", 1),)),
    Index("alert_tallies", "day", (("day", 1),)),
    Index(
        "appeals",
        "in_trouble",
        (("troubles", 1), ("trouble_ms", -1), ("code", -1)),
        {"partialFilterExpression": {"troubles": {"$exists": True}}},
    ),
    Index("appeals", "pictures", (("pictures", 1),), IF_GIVEN),
    Index("appeals", "old_pictures", (("pictures_ms", 1),), IF_GIVEN),
    Index("appeals", "old_contacts", (("contacts_ms", 1),), IF_GIVEN),
    Index("early_verdicts", "age", (("at_ms", 1),)),
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
