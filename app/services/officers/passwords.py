"""Hashing passwords (argon2id), and the rules for new ones as errors beside the field."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.domain.errors import InvalidInput, Reason
from app.domain.officer import Officer
from app.domain.password import problems
from app.services.readable import readable_code
from app.services.world import World

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def is_password(officer: Officer | None, password: str) -> bool:
    """Whether it is the officer's. Takes as long for nobody, so that the time of an answer does not tell."""
    try:
        right = _HASHER.verify(officer.password if officer else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return right and officer is not None


def refuse_weak(officer: Officer, password: str) -> None:
    """Raises InvalidInput with the problems under `password`; the one in use now is no new one."""
    found = problems(password, officer.username, officer.name)
    if not found and is_password(officer, password):
        found = ["不能与现在的密码相同"]
    if found:
        raise InvalidInput(Reason.BAD_REQUEST, fields={"password": found})


def one_time_password(world: World) -> str:
    """To be read out or handed over on paper: 60 bits."""
    return readable_code(world.secrets, "one-time password", 3, 4)
