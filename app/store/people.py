"""Accounts, sessions, invitations, and what people agreed to and did by telephone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.domain.account import Account, Invitation, Session
from app.domain.call import Call, CallOutcome
from app.domain.consent import Consent
from app.domain.notification import Role
from app.services.ports.basics import Position
from app.store.derived import from_ms, in_ms
from app.store.shelf import Shelf, after_position


class MongoAccounts(Shelf[Account]):
    """Implements app.services.ports.people.Accounts. Each openid and unionid belongs to one account."""

    def by_mp_openid(self, openid: str) -> Account | None:
        return self.one({"mp_openid": openid}) if openid else None

    def by_oa_openid(self, openid: str) -> Account | None:
        return self.one({"oa_openid": openid}) if openid else None

    def by_unionid(self, unionid: str) -> Account | None:
        return self.one({"unionid": unionid}) if unionid else None

    def bound_to(self, official_ids: Iterable[str]) -> Sequence[Account]:
        wanted = sorted(set(official_ids))
        found = self.many({"posts": {"$in": wanted}}) if wanted else []
        return sorted(found, key=lambda account: account.id)

    def posts_held(self, official_ids: Iterable[str], role: Role) -> frozenset[str]:
        wanted = sorted(set(official_ids))
        found = self.raw({"posts": {"$in": wanted}}, {"_id": 0, "bindings": 1}) if wanted else []
        held = (binding for one in found for binding in one["bindings"])
        return frozenset(one["official_id"] for one in held if one["role"] == role.value) & frozenset(wanted)


class MongoSessions(Shelf[Session]):
    """Implements app.services.ports.people.Sessions.

    Expired ones go by a job, not by a TTL index: the embedded engine has
    none, and the demonstration's clock is not the server's."""

    def end_all(self, account_id: str) -> None:
        self.delete({"account_id": account_id})

    def forget_expired(self, now: datetime) -> int:
        return self.delete({"expires_ms": {"$lte": in_ms(now)}})


class MongoInvitations(Shelf[Invitation]):
    """Implements app.services.ports.people.Invitations."""

    def of_posts(self, official_ids: Iterable[str]) -> Sequence[Invitation]:
        wanted = sorted(set(official_ids))
        found = self.many({"official_id": {"$in": wanted}}) if wanted else []
        return sorted(found, key=lambda invitation: (invitation.created_at, invitation.id))


class MongoConsents(Shelf[Consent]):
    """Implements app.services.ports.people.Consents."""

    def forget_of(self, openid: str) -> int:
        return self.delete({"openid": openid})


class MongoCalls(Shelf[Call]):
    """Implements app.services.ports.calls.Calls."""

    def of_caller(self, account_id: str, official_id: str, after: Position | None, limit: int) -> Sequence[Call]:
        query: dict[str, Any] = {"account_id": account_id, **after_position("at_ms", after, -1)}
        if official_id:
            query["official_id"] = official_id
        return self.many(query, [("at_ms", -1), ("code", -1)], limit)

    def answering(self, call_ids: Iterable[str]) -> Sequence[Call]:
        wanted = sorted(set(call_ids))
        return self.many({"answers_call_id": {"$in": wanted}}) if wanted else []

    def forget_before(self, moment: datetime) -> int:
        return self.delete({"at_ms": {"$lt": in_ms(moment)}})

    def newest(self, since: datetime, limit: int) -> Sequence[Call]:
        fields = {"_id": 0, "code": 1, "account_id": 1, "official_id": 1, "outcome": 1, "at_ms": 1}
        fields["by_operators"] = 1
        found = self.raw({"at_ms": {"$gte": in_ms(since)}}, fields, [("at_ms", -1), ("code", -1)], limit)
        return [
            Call(
                one["code"],
                one["account_id"],
                one["official_id"],
                CallOutcome(one["outcome"]),
                from_ms(one["at_ms"]),
                by_operators=bool(one.get("by_operators")),
            )
            for one in found
        ]

    def recorded(self, since: datetime, until: datetime | None, official_id: str) -> Sequence[Call]:
        query: dict[str, Any] = {"official_id": official_id} if official_id else {}
        query["at_ms"] = {"$gte": in_ms(since)} | ({"$lt": in_ms(until)} if until else {})
        return sorted(self.many(query), key=lambda call: (call.at, call.id))
