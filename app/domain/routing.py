"""To whom an appeal that waits for review most probably goes: a hint to the person who routes it."""

from __future__ import annotations

from app.domain.appeal import Appeal, Review
from app.domain.timeline import Deed, Entry


def refusers(appeal: Appeal) -> frozenset[str]:
    """The posts that have handed it back, in whatever assignment."""
    return frozenset(entry.actor.official_id for entry in appeal.timeline if entry.deed is Deed.HAND_BACK)


def handed_back(appeal: Appeal) -> Entry | None:
    """The handing back for which it waits for review; None when it waits for something else."""
    if appeal.review is not Review.HANDED_BACK:
        return None
    return next((entry for entry in reversed(appeal.timeline) if entry.deed is Deed.HAND_BACK), None)


def suggested(appeal: Appeal) -> str:
    """The post that its resident chose; empty where it is about somebody (a person decides), is kept from that post, or
    was handed back by it: nobody gets by a click what he has just refused."""
    barred = appeal.addressed_to in appeal.barred_posts
    return "" if appeal.about or barred or appeal.addressed_to in refusers(appeal) else appeal.addressed_to
