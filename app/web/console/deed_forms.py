"""What the forms of the office's deeds have in common, whether they are about one appeal or about several."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from app.domain.office_deeds import OfficeDeed
from app.services.world import World
from app.web.console.access import bp
from app.web.console.casework import NO_CHANNEL

OTHER_CHANNEL = "other"


def given_for(name: OfficeDeed, form: MultiDict[str, str]) -> dict[str, Any]:
    """The form's fields as the deed's schema knows them."""
    given: dict[str, Any] = dict(form.items())
    if name is OfficeDeed.REJECT and given.get("proper_channel") in {OTHER_CHANNEL, "", None}:
        given["proper_channel"] = given.get("other_channel", "")
    if name is OfficeDeed.SET_ABOUT:
        given["official_ids"] = officials_named(form)
    return given


def officials_named(form: MultiDict[str, str]) -> list[str]:
    """Those who were chosen in any of several fields of the same name."""
    return list(dict.fromkeys(id for id in form.getlist("official_ids") if id))


def channels(world: World) -> list[tuple[str, str]]:
    """The proper channels that the city has settled on, and the way to name another."""
    known = [(one.text, one.name) for one in world.settings().reject_channels]
    return [*known, (OTHER_CHANNEL, "其他，在下面写明")]


@bp.app_context_processor
def words_of_choices() -> dict[str, str]:
    return {"no_channel": NO_CHANNEL}
