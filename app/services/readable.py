"""Random codes that people read, type and write down."""

from __future__ import annotations

from unicodedata import normalize

from app.services.ports.basics import Secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without characters that are mistaken for one another when read aloud or written by hand."""


def readable_code(secrets: Secrets, purpose: str, groups: int, size: int) -> str:
    """`groups` of `size` characters with a dash between, nearly five bits each: K7MP-2QXW-94TN. Eight groups of
    six at most: it is made of one digest."""
    left = int(secrets.digest(purpose, secrets.new_token()), 16)
    characters = []
    for _ in range(groups * size):
        left, place = divmod(left, len(ALPHABET))
        characters.append(ALPHABET[place])
    return "-".join("".join(characters[n * size : (n + 1) * size]) for n in range(groups))


def as_typed(code: str) -> str:
    """The code without what people put between its characters, in capitals; full-width letters are letters too."""
    return "".join(character for character in normalize("NFKC", code).upper() if character in ALPHABET)
