"""Accounts, sessions, invitations, and what people agreed to and did by telephone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from app.domain.account import Account, Invitation, Session
from app.domain.call import Call
from app.domain.consent import Consent
from app.services.ports.basics import Position
from app.store.derived import in_ms
from app.store.shelf import Shelf, after_position

MOST_CALLS = 500


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

    def of_account(self, account_id: str) -> Sequence[Call]:
        return self.of_caller(account_id, "", None, MOST_CALLS)

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

    def recorded(self, since: datetime, until: datetime | None, official_id: str) -> Sequence[Call]:
        query: dict[str, Any] = {"official_id": official_id} if official_id else {}
        query["at_ms"] = {"$gte": in_ms(since)} | ({"$lt": in_ms(until)} if until else {})
        return sorted(self.many(query), key=lambda call: (call.at, call.id))
