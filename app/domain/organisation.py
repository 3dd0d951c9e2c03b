"""Who an enterprise is: its name and unified social credit code (统一社会信用代码)."""

from __future__ import annotations

from dataclasses import dataclass

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, n, 31) for n in range(17))


@dataclass(frozen=True)
class Organisation:
    name: str
    credit_code: str


def is_credit_code(code: str) -> bool:
    """Whether form and check character agree with GB 32100-2015: 18 characters, weights 3^n mod 31."""
    if len(code) != 18 or any(character not in ALPHABET for character in code):
        return False
    total = sum(ALPHABET.index(character) * weight for character, weight in zip(code[:17], WEIGHTS, strict=True))
    return ALPHABET[-total % 31] == code[17]
