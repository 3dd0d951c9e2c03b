"""Posters: a code to print for a roster, and one for each place where it hangs (product.md, `dangshan`)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote

from app.domain.errors import NotFound, Reason
from app.domain.roster import Roster, SourceCode
from app.services.ports.wechat import CodePicture
from app.services.posters.scenes import PAGE, scene_of
from app.services.world import World


@dataclass(frozen=True)
class Poster:
    """One sheet. `place` and `source` are empty for the roster as a whole; without a `picture` it bears an ordinary QR
    code of `address`, which leads to the same page."""

    roster: Roster
    source: str
    place: str
    address: str
    picture: CodePicture | None


def posters(world: World, slug: str, source: str = "", plain: bool = False) -> tuple[Poster, ...]:
    """The roster's own sheet and one for each place, in the roster's order; with `source` only that place's.

    The roster need not be published yet. Raises NotFound(NO_SUCH_ROSTER or NO_SUCH_SOURCE), and NotNow(WECHAT_AWAY)
    when WeChat gives no mini-program code; with `plain` none is asked for.
    """
    roster = world.stores.rosters.get(slug)
    if roster is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    places = [place for place in roster.policy.source_codes if source in {"", place.code}]
    if source and not places:
        raise NotFound(Reason.NO_SUCH_SOURCE)
    whole = [] if source else [SourceCode("", "")]
    return tuple(_poster(world, roster, place, plain) for place in (*whole, *places))


def chosen_posters(world: World, slug: str, sources: Collection[str], plain: bool = False) -> tuple[Poster, ...]:
    """The sheets of these places alone, in the roster's order; the empty source is the roster's own sheet. At least
    one; else, and for a place that is not the roster's, NotFound(NO_SUCH_SOURCE). The rest as `posters`."""
    roster = world.stores.rosters.get(slug)
    if roster is None:
        raise NotFound(Reason.NO_SUCH_ROSTER)
    places = [place for place in (SourceCode("", ""), *roster.policy.source_codes) if place.code in sources]
    if not places or {place.code for place in places} != set(sources):
        raise NotFound(Reason.NO_SUCH_SOURCE)
    return tuple(_poster(world, roster, place, plain) for place in places)


def address_of(world: World, slug: str, source: str = "") -> str:
    """What an ordinary QR code says: the page on this server that opens the mini-program."""
    return "/".join([world.public_url, "s", *(quote(part, safe="") for part in (slug, source) if part)])


def _poster(world: World, roster: Roster, place: SourceCode, plain: bool) -> Poster:
    picture = None if plain else world.codes.picture(PAGE, scene_of(roster.slug, place.code))
    address = address_of(world, roster.slug, place.code)
    return Poster(roster, place.code, place.place, address, picture)
