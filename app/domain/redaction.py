"""Numbers that must not be published: telephone and identity card numbers, hidden in what a person begins to redact."""

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


def has_numbers(text: str) -> bool:
    return _NUMBER.search(text) is not None
