"""Codes of a second factor: made by an app on the officer's phone (RFC 6238), or from the list of recovery codes."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime
from unicodedata import normalize

import pyotp
import segno

from app.domain.officer import Officer
from app.domain.second_factor import RECOVERY_CODES, Totp, steps_near, use_recovery, use_step
from app.services.readable import as_typed, readable_code
from app.services.world import World

ISSUER = "直通车控制台"
RECOVERY_LENGTH = 10


@dataclass(frozen=True)
class Offer:
    """What the officer's app needs, shown once. `uri` is the otpauth address, `qr` the same as an SVG to stand in a
    page (`data:` address for an img), `secret` for typing it in."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)
    qr: str = field(repr=False)


def new_secret() -> str:
    """160 bits, as RFC 4226 recommends."""
    return pyotp.random_base32()


def offer_of(username: str, secret: str) -> Offer:
    uri = pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER)
    return Offer(secret, uri, segno.make(uri, error="m").svg_data_uri(scale=5, border=4))


def after_code(world: World, officer: Officer, code: str, now: datetime) -> Totp | None:
    """The officer's second factor once `code` is used up; None when the code is wrong or used up already."""
    if officer.totp is None:
        return None
    typed = "".join(normalize("NFKC", code).split())  # a Chinese keyboard writes full-width digits
    if typed.isdecimal() and typed.isascii() and len(typed) == 6:
        return after_digits(officer.totp, typed, now)
    return use_recovery(officer.totp, _hashed(world, officer, code))


def is_recovery(code: str) -> bool:
    """Whether it has the form of a recovery code."""
    return len(as_typed(code)) == RECOVERY_LENGTH


def after_digits(totp: Totp, digits: str, now: datetime) -> Totp | None:
    """The same for six digits of the app."""
    generator = pyotp.TOTP(totp.secret)
    fitting = [step for step in steps_near(now) if hmac.compare_digest(generator.generate_otp(step), digits)]
    return use_step(totp, fitting[0]) if fitting else None


def with_recovery(world: World, officer: Officer, totp: Totp) -> tuple[Totp, tuple[str, ...]]:
    """The second factor with ten new recovery codes, and the codes, which are shown once and kept as hashes."""
    codes = tuple(readable_code(world.secrets, "recovery code", 2, RECOVERY_LENGTH // 2) for _ in range(RECOVERY_CODES))
    return replace(totp, recovery=tuple(_hashed(world, officer, code) for code in codes)), codes


def _hashed(world: World, officer: Officer, code: str) -> str:
    return world.secrets.digest("recovery code of", f"{officer.id}:{as_typed(code)}")
