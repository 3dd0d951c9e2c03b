"""From whom an appeal is kept (rule 1): the officials it is about, with everybody who acted for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """An official whom the appeal is about. Whoever acts for the post now must not know of it, and neither must those
    who did when it was said or since then, whatever post they have come to."""

    official_id: str
    accounts: tuple[str, ...] = ()
    """Who acted for the post, as the official or as staff."""
    through: str = ""
    """The appeal joined with this one by merging that is about the official; empty when this one is."""


def account_word(account_id: str) -> str:
    """How an account is written among posts, where a store looks for both."""
    return f"account {account_id}"


def words_of(bars: Iterable[Bar]) -> tuple[str, ...]:
    """Posts and accounts from which something is kept, as a store finds them; sorted."""
    words = {word for bar in bars for word in (bar.official_id, *map(account_word, bar.accounts))}
    return tuple(sorted(words))


def joined(bar: Bar, accounts: Iterable[str]) -> Bar:
    """The bar with these accounts as well; the same object when it has them."""
    missing = sorted(set(accounts) - set(bar.accounts))
    return Bar(bar.official_id, (*bar.accounts, *missing), bar.through) if missing else bar
