"""To whom an appeal that waits for review most probably goes: a hint to the person who routes it."""

from __future__ import annotations

from app.domain.appeal import Appeal, Review
from app.domain.returning import has_handed_back
from app.domain.timeline import Deed, Entry


def handed_back(appeal: Appeal) -> Entry | None:
    """The handing back for which it waits for review; None when it waits for something else."""
    if appeal.review is not Review.HANDED_BACK:
        return None
    return next((entry for entry in reversed(appeal.timeline) if entry.deed is Deed.HAND_BACK), None)


def suggested(appeal: Appeal) -> str:
    """The post that its resident chose; empty where it is about somebody (a person decides), is kept from that post, or
    was handed back by it: nobody gets by a click what he has just refused."""
    barred = appeal.addressed_to in appeal.barred_posts
    return "" if appeal.about or barred or has_handed_back(appeal, appeal.addressed_to) else appeal.addressed_to
