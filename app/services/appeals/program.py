"""What the mini-program has to know when it starts and must not hard-code: ids, ready-made words, limits."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.notification import Channel, Occasion
from app.services.world import World

EXAMPLES: Mapping[str, Occasion] = MappingProxyType(
    {
        "progress": Occasion.ACCEPTED,
        "answer": Occasion.ANSWERED,
        "supplement": Occasion.SUPPLEMENT_WANTED,
        "todo": Occasion.ASSIGNED,
    }
)
"""What people subscribe to, each with an occasion whose message goes by its template."""


def subscription_templates(world: World) -> dict[str, str]:
    """The ids to ask consent for, by what they bring; asked of whoever sends by them, so that both always agree.
    Empty where the template is switched off: nobody is asked for what will not be sent."""
    messenger, off = world.messenger, world.settings().channels.off
    return {
        name: ""
        if messenger.template_name(Channel.SUBSCRIBE, occasion) in off
        else messenger.template_id(Channel.SUBSCRIBE, occasion)
        for name, occasion in EXAMPLES.items()
    }


def default_roster(world: World) -> str | None:
    """The slug the directory opens with: the configured one while it is published, else the only one there is.
    None where a person has to choose. Costs one read."""
    published = world.stores.rosters.revisions()
    if world.default_roster in published:
        return world.default_roster
    return next(iter(published)) if len(published) == 1 else None
