"""Who calls or wrote from a telephone number, as a keyed hash: the same however the number is written, of no use
elsewhere."""

from __future__ import annotations

from app.services.world import World


def phone_key(world: World, phone: str) -> str:
    """By which the appeals that one number was left with are found; empty for none."""
    digits = "".join(character for character in phone if character.isdigit())
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    return world.secrets.digest("caller", digits)[:24] if digits else ""


def caller_of(world: World, phone: str) -> str:
    """The resident that an appeal belongs to which was taken down by telephone."""
    return f"phone:{phone_key(world, phone)}"
