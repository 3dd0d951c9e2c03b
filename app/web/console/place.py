"""The place in the work list that somebody came from: it goes along from page to page, and leads back.

In an address it is `from`, the words of the list's own address: `desk=review&kind=complaint`. It is read as a list and
its filters and written anew, so that it can never lead anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import request, url_for

from app.domain.appeal import Kind, State
from app.domain.errors import InvalidInput
from app.domain.worklist import Desk, Filter, WorkList
from app.services.office.worklists import lists_for
from app.web.console.access import bp, officer
from app.web.console.asking import day_of
from app.web.cursors import read_cursor
from app.web.http import world

LONGEST = 900
LONGEST_TEXT = 40
"""Characters of what a list is searched for; written in an address each takes nine."""


@dataclass(frozen=True)
class Place:
    """A list as an address names it, without what is not there."""

    list: WorkList
    wanted: Filter
    cursor: str

    @property
    def words(self) -> str:
        """What `from` holds."""
        return urlencode(self._query)

    @property
    def address(self) -> str:
        query: dict[str, Any] = self._query
        return url_for("console.list_appeals", **query)

    def on(self, which: str) -> str:
        """The address of another list, narrowed alike."""
        query: dict[str, Any] = self._query | {"desk": which}
        query.pop("cursor", None)
        return url_for("console.list_appeals", **query)

    @property
    def _query(self) -> dict[str, str]:
        wanted = self.wanted
        given = {
            "desk": self.list.value,
            "q": wanted.text,
            "roster": wanted.roster,
            "official": wanted.official_id,
            "state": wanted.state or "",
            "kind": wanted.kind or "",
            "first": wanted.first or "",
            "last": wanted.last or "",
            "cursor": self.cursor,
        }
        return {name: str(value) for name, value in given.items() if value}


def place_of(given: Mapping[str, str]) -> Place:
    """The place that the words of an address name: a list that this officer may open. Days that were given the wrong
    way round are turned."""
    allowed = lists_for(officer())
    usual: WorkList = Desk.REVIEW if Desk.REVIEW in allowed else Desk.REFERRED
    which = next((one for one in allowed if one.value == given.get("desk")), usual)
    roster, kind, state = (given.get(name, "") for name in ("roster", "kind", "state"))
    official_id = given.get("official", "") if roster else ""
    if official_id:
        official = world().stores.officials.get(official_id)
        official_id = official_id if official and official.roster == roster else ""
    first, last = day_of(given.get("first", "")), day_of(given.get("last", ""))
    wanted = Filter(
        roster,
        official_id,
        Kind(kind) if kind in list(Kind) else None,
        State(state) if state in list(State) and not isinstance(which, Desk) else None,
        *((last, first) if first and last and last < first else (first, last)),
        " ".join(given.get("q", "").split())[:LONGEST_TEXT],
    )
    return Place(which, wanted, given.get("cursor", ""))


@bp.app_template_global("appeal_address")
def appeal_address(appeal_id: str, place: Place | None = None, onward: bool = False) -> str:
    """The appeal's page; it knows the place, and whether somebody goes on to the next one after an act."""
    words: dict[str, Any] = {"from": place.words} if place else {}
    return url_for("console.show_appeal", appeal_id=appeal_id, onward="1" if onward else None, **words)


def came_from() -> Place | None:
    """The place that the page or the form says somebody came from; None when it says nothing."""
    words = request.values.get("from", "")[:LONGEST]
    if not words:
        return None
    given = dict(parse_qsl(words))
    try:
        read_cursor(given.get("cursor", ""))
    except InvalidInput:
        given.pop("cursor")
    return place_of(given)
