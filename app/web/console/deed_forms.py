"""What the forms of the office's deeds have in common, whether they are about one appeal or about several."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.office_deeds import OfficeDeed
from app.services.world import World

OTHER_CHANNEL = "other"


def given_for(name: OfficeDeed, form: Mapping[str, str]) -> dict[str, Any]:
    """The form's fields as the deed's schema knows them."""
    given: dict[str, Any] = dict(form.items())
    if name is OfficeDeed.REJECT and given.get("proper_channel") in {OTHER_CHANNEL, None}:
        given["proper_channel"] = given.get("other_channel", "")
    return given


def channels(world: World) -> list[tuple[str, str]]:
    """The proper channels that the city has settled on, and the way to name another."""
    known = [(one.text, one.name) for one in world.settings().reject_channels]
    return [*known, (OTHER_CHANNEL, "其他，在下面写明")]
