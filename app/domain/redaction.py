"""Numbers that identify somebody, telephone and identity card numbers: hidden in what a person begins to redact, masked
wherever somebody reads who neither wrote the text nor handles the matter (rule 3)."""

from __future__ import annotations

import re

NUMBER = r"(?<!\d)(?:0\d{2,3}-?\d{7,8}|1\d{2}[ -]\d{4}[ -]\d{4}|\d{17}[Xx]|\d{7,})(?!\d)"
"""A landline with its area, a mobile number in groups, an identity card with its X, any other seven digits and more: an
expression that Python and browsers read alike but for other scripts' digits."""
_NUMBER = re.compile(NUMBER)
HIDDEN = "****"


def without_numbers(text: str) -> str:
    """The text with every long number hidden. Names and addresses are for the person who redacts."""
    return _NUMBER.sub(HIDDEN, text)


def masked(phone: str) -> str:
    """138****1234: the first three and the last four digits of a mobile number, of a shorter one the last four at most;
    four digits at least are always hidden."""
    digits = "".join(character for character in phone if character.isdigit())
    if len(digits) >= 11:
        return f"{digits[:3]}****{digits[-4:]}"
    hidden = len(digits) - 4 if len(digits) >= 8 else len(digits)
    return "*" * hidden + digits[hidden:]


def with_masked_numbers(text: str) -> str:
    """The text with every long number in it masked like a phone: which one is meant can still be told."""
    return _NUMBER.sub(lambda found: masked(found[0]), text)


def has_numbers(text: str) -> bool:
    return _NUMBER.search(text) is not None
