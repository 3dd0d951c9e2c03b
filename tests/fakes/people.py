"""People in memory: accounts, logins, invitations, what they agreed to, and their calls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from operator import attrgetter

from app.domain.account import Account, Invitation, Session
from app.domain.call import Call
from app.domain.consent import Consent
from app.domain.notification import Role
from app.services.ports.basics import Position
from tests.fakes.shelf import MemoryShelf


class MemoryAccounts(MemoryShelf[Account]):
    unique = ("mp_openid", "oa_openid", "unionid")

    def by_mp_openid(self, openid: str) -> Account | None:
        return self.one(lambda account: bool(openid) and account.mp_openid == openid)

    def by_oa_openid(self, openid: str) -> Account | None:
        return self.one(lambda account: bool(openid) and account.oa_openid == openid)

    def by_unionid(self, unionid: str) -> Account | None:
        return self.one(lambda account: bool(unionid) and account.unionid == unionid)

    def bound_to(self, official_ids: Iterable[str]) -> Sequence[Account]:
        wanted = frozenset(official_ids)
        return sorted(self.where(lambda account: bool(account.posts() & wanted)), key=attrgetter("id"))

    def posts_held(self, official_ids: Iterable[str], role: Role) -> frozenset[str]:
        return frozenset(official_ids) & frozenset(
            post for one in self.where(lambda _: True) for post in one.posts(role)
        )


class MemorySessions(MemoryShelf[Session]):
    def end_all(self, account_id: str) -> None:
        self.forget(lambda session: session.account_id == account_id)

    def forget_expired(self, now: datetime) -> int:
        return self.forget(lambda session: session.expires_at <= now)


class MemoryInvitations(MemoryShelf[Invitation]):
    def of_posts(self, official_ids: Iterable[str]) -> Sequence[Invitation]:
        wanted = frozenset(official_ids)
        found = self.where(lambda invitation: invitation.official_id in wanted)
        return sorted(found, key=attrgetter("created_at", "id"))


class MemoryConsents(MemoryShelf[Consent]):
    def forget_of(self, openid: str) -> int:
        return self.forget(lambda consent: consent.openid == openid)


class MemoryCalls(MemoryShelf[Call]):
    unique = ("answers_call_id",)

    def of_caller(self, account_id: str, official_id: str, after: Position | None, limit: int) -> Sequence[Call]:
        own = self.where(lambda call: call.account_id == account_id and official_id in {"", call.official_id})
        left = [call for call in own if after is None or (call.at, call.id) < after]
        return sorted(left, key=attrgetter("at", "id"), reverse=True)[:limit]

    def answering(self, call_ids: Iterable[str]) -> Sequence[Call]:
        wanted = frozenset(call_ids)
        return self.where(lambda call: bool(call.answers_call_id) and call.answers_call_id in wanted)

    def forget_before(self, moment: datetime) -> int:
        return self.forget(lambda call: call.at < moment)

    def newest(self, since: datetime, limit: int) -> Sequence[Call]:
        found = sorted(self.where(lambda call: since <= call.at), key=attrgetter("at", "id"), reverse=True)
        return [replace(call, answers_call_id="", missed_at=None) for call in found[:limit]]

    def recorded(self, since: datetime, until: datetime | None, official_id: str) -> Sequence[Call]:
        def wanted(call: Call) -> bool:
            return since <= call.at and (not until or call.at < until) and official_id in {"", call.official_id}

        return sorted(self.where(wanted), key=attrgetter("at", "id"))
