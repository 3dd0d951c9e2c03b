"""Scenes: what a printed code carries, in the 32 characters that WeChat allows a mini-program code.

`<mark>` opens a roster, `<mark>.<source>` opens it for somebody who stands at one of its places: `3tbjxf.DS-HALL-01`.
The mark is six characters of the slug's hash: a slug may have 40 characters, and a number would come to mean another
roster when one goes. Whoever prints needs to store nothing, and whoever scans asks GET /api/sources/<scene>. With 30
bits two of fifty rosters share a mark once in a million cities; then the source decides, or the first by slug.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from app.domain.errors import NotFound, Reason
from app.domain.roster import SOURCE_CODE, Roster
from app.services.rosters.directory import Directory

PAGE = "pages/directory/directory"
"""The mini-program page that a code opens; it gets the scene as the query `scene`, from a link as from a scan."""
LONGEST = 32
MARK_LENGTH = 6
_SCENE = re.compile(rf"([a-z2-7]{{{MARK_LENGTH}}})(?:\.({SOURCE_CODE.pattern}))?")


@dataclass(frozen=True)
class Scene:
    """Where somebody scanned: `source` and `place` are empty for the code of the roster as a whole."""

    roster: Roster
    source: str = ""
    place: str = ""


def mark_of(slug: str) -> str:
    return base64.b32encode(hashlib.sha256(slug.encode()).digest())[:MARK_LENGTH].decode().lower()


def scene_of(slug: str, source: str = "") -> str:
    """What the code of a place carries; without `source` that of the whole roster. Raises ValueError for a source that
    no code can carry."""
    if source and not SOURCE_CODE.fullmatch(source):
        raise ValueError(f"no scene for {source!r}")
    return f"{mark_of(slug)}.{source}" if source else mark_of(slug)


def resolve(directory: Directory, scene: str) -> Scene:
    """Which published roster and place a scene means; NotFound for any other text. Costs one small read."""
    found = _SCENE.fullmatch(scene)
    mark, source = (found[1], found[2] or "") if found else ("", "")
    for snapshot in directory.all() if mark else ():
        roster = snapshot.roster
        place = roster.policy.place_of(source)
        if mark_of(roster.slug) == mark and (place or not source):
            return Scene(roster, source, place)
    raise NotFound(Reason.NO_SUCH_SOURCE)
