"""Accounts of people in WeChat: sessions, invitations, consents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from app.domain.account import Account, Invitation, Session
from app.domain.consent import Consent
from app.domain.notification import Role


class Accounts(Protocol):
    def add(self, account: Account) -> None: ...

    def get(self, account_id: str) -> Account | None: ...

    def by_mp_openid(self, openid: str) -> Account | None: ...

    def by_oa_openid(self, openid: str) -> Account | None: ...

    def by_unionid(self, unionid: str) -> Account | None: ...

    def replace(self, account: Account) -> bool: ...

    def bound_to(self, official_ids: Iterable[str]) -> Sequence[Account]:
        """Everybody bound to one of these posts, in any role."""

    def posts_held(self, official_ids: Iterable[str], role: Role) -> frozenset[str]:
        """Those of the posts for which somebody acts in that role."""


class Sessions(Protocol):
    def add(self, session: Session) -> None: ...

    def get(self, session_id: str) -> Session | None: ...

    def end_all(self, account_id: str) -> None: ...

    def forget_expired(self, now: datetime) -> int: ...


class Invitations(Protocol):
    def add(self, invitation: Invitation) -> None: ...

    def get(self, invitation_id: str) -> Invitation | None: ...

    def replace(self, invitation: Invitation) -> bool: ...

    def of_posts(self, official_ids: Iterable[str]) -> Sequence[Invitation]:
        """All that were ever made for these posts, oldest first, by (created_at, id)."""


class Consents(Protocol):
    def add(self, consent: Consent) -> None: ...

    def get(self, consent_id: str) -> Consent | None: ...

    def replace(self, consent: Consent) -> bool: ...

    def forget_of(self, openid: str) -> int:
        """Removes all of this person's; how many there were."""
