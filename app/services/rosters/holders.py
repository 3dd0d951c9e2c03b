"""A new holder for a post: the post and everything addressed to it stay, the person changes.

The appeals stay with the post and their clocks run on. The predecessor acts for the post no longer, in WeChat, from
that moment; staff and the duty calendar stay with it. Figures are split by who held the post
(services/figures/tallies.py), and the public sees the present holder's only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from app.domain import edition as editions
from app.domain.edition import Edition
from app.domain.errors import InvalidInput, Reason
from app.domain.notification import Role
from app.domain.officer import Officer
from app.domain.roster import Official
from app.domain.roster_history import Act, content, written
from app.services.officers.access import need
from app.services.people.accounts import invite
from app.services.rosters.content import official_content
from app.services.rosters.forms import KEEPERS, keep_official, read_in, refuse_if_touched, refuse_late_start, wrong
from app.services.world import World

PERSONAL = {"email": "", "wechat_id": ""}
"""Contacts that go with the person: a successor has none of them unless they are given."""

NO_DAY = "请填写到任日期"


@dataclass(frozen=True)
class Succession:
    """The post with its new holder, and the secret of the new holder's invitation: shown once, kept nowhere."""

    official: Official
    secret: str = field(repr=False)


def replace_holder(
    world: World,
    officer: Officer,
    official_id: str,
    given: Mapping[str, Any],
    since: date | None,
    seen: int,
    note: str = "",
) -> Succession:
    """The post passes to the person in `given` on that Beijing day: `name` and `phone`, and whatever else changes with
    it (as in roster_content.official_content; what is not given stays with the post, except e-mail and WeChat id).

    `since` may lie in the past: days that were counted already are split anew. Neither missing nor in the future, and
    later than the predecessor began: InvalidInput with a sentence for each field. The rest as in keeping.py.
    """
    need(officer, *KEEPERS)

    def rule(edition: Edition) -> Edition:
        refuse_if_touched(world, edition, seen, official_id)
        known = edition.official(official_id)
        successor, begins = _read(edition, known, given, since)
        refuse_late_start(world, successor)
        tenures = _succeeded(known, successor.name, begins).tenures
        kept = replace(successor, id=official_id, is_published=known.is_published, tenures=tenures)
        return editions.changed(edition, written(known, content(kept)))

    official = keep_official(world, officer, official_id, Act.REPLACE_HOLDER, rule, note)
    return Succession(official, invite(world, official_id, Role.OFFICIAL))


def _read(edition: Edition, known: Official, given: Mapping[str, Any], since: date | None) -> tuple[Official, date]:
    """The new holder as the form says. Everything that is missing or wrong is said at once: InvalidInput."""
    fresh = {"name": "", "phone": "", **PERSONAL, **given, "since": since.isoformat() if since else ""}
    try:
        successor = read_in(edition, {**official_content(known), **fresh}, fresh)
    except InvalidInput as refusal:
        if since is not None:
            raise
        fields = refusal.detail.get("fields")
        others = fields if isinstance(fields, Mapping) else {}
        raise InvalidInput(Reason.BAD_REQUEST, fields={**others, "since": [NO_DAY]}) from None
    if since is None:
        raise wrong(since=NO_DAY)
    return successor, since


def _succeeded(known: Official, name: str, since: date) -> Official:
    try:
        return editions.succeeded(known, name, since)
    except InvalidInput as refusal:
        raise wrong(since=f"要晚于现任的到任日期 {refusal.detail['first']}") from None
