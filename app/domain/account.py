"""Accounts: a person in WeChat, known by openids; and what the person may act as."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.notification import Role
from app.domain.organisation import Organisation


@dataclass(frozen=True)
class Binding:
    """This person acts as that official, or as one of the official's staff, since then."""

    role: Role
    official_id: str
    since: datetime


@dataclass(frozen=True)
class Account:
    """`mp_openid` is the person's id in the mini-program, `oa_openid` in the Official Account, `unionid` joins both."""

    id: str
    version: int
    created_at: datetime
    mp_openid: str = ""
    oa_openid: str = ""
    unionid: str = ""
    follows_oa: bool = False
    follow_changed_at: datetime | None = None
    """When WeChat says that the person last followed or left; an older event that comes late changes nothing."""
    name: str = field(default="", metadata={"private": True})
    phone: str = field(default="", metadata={"private": True})
    organisation: Organisation | None = None
    bindings: tuple[Binding, ...] = ()
    erased_at: datetime | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        held = {binding.role for binding in self.bindings}
        return (Role.RESIDENT, *(role for role in (Role.OFFICIAL, Role.STAFF) if role in held))

    def posts(self, role: Role | None = None) -> frozenset[str]:
        """Ids of the officials this person acts for, in that role or in any."""
        return frozenset(b.official_id for b in self.bindings if role is None or b.role is role)


@dataclass(frozen=True)
class Invitation:
    """Lets one WeChat user act as an official or as staff, once. Only a hash of its secret is kept."""

    id: str
    """Keyed hash of the secret."""
    official_id: str
    role: Role
    created_at: datetime
    expires_at: datetime
    version: int = 1
    used_by: str = ""
    used_at: datetime | None = None
    ended_at: datetime | None = None
    """Since when it binds nobody any more, used or not: another one took its place, or the post has a new holder."""


@dataclass(frozen=True)
class Session:
    """A login: `id` is the keyed hash of the token, which itself is never kept."""

    id: str
    account_id: str
    created_at: datetime
    expires_at: datetime
