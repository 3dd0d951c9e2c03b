"""Merging (并单): several residents say the same; one appeal is worked on, everybody is told and rates for himself."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from app.domain.appeal import Appeal, State
from app.domain.errors import Reason, RuleBroken
from app.domain.lifecycle import move, tell_resident
from app.domain.notification import Occasion
from app.domain.terms import Terms
from app.domain.timeline import SYSTEM, Actor, Deed


def check_mergeable(appeal: Appeal, parent: Appeal) -> None:
    """Raises RuleBroken unless `appeal` may be merged into `parent`: another one of the same roster that is or will be
    answered, neither merged itself, and not handled by the official whom `appeal` is about."""
    if appeal.about_official and parent.assignee_id == appeal.barred_official_id:
        raise RuleBroken(Reason.CONFLICT_OF_INTEREST)
    gone = parent.state in {State.REJECTED, State.WITHDRAWN, State.MERGED}
    if gone or appeal.children or parent.id == appeal.id or parent.roster != appeal.roster:
        raise RuleBroken(Reason.MERGE_INTO_ITSELF)


def merge(appeal: Appeal, parent: Appeal, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """The appeal as part of `parent`; its resident is told."""
    check_mergeable(appeal, parent)
    appeal = move(appeal, Deed.MERGE, by, now, outcome=parent.code)
    appeal = replace(appeal, merged_into=parent.id, clock=None, promise=None)
    return tell_resident(appeal, Occasion.MERGED, terms, now)


def adopt(parent: Appeal, child: Appeal) -> Appeal:
    """The parent with the child; a parent that is answered already has to tell the child."""
    check_mergeable(child, parent)
    if child.id in parent.children:
        return parent
    untold = (*parent.untold, child.id) if parent.answers else parent.untold
    return replace(parent, children=(*parent.children, child.id), untold=untold)


def inform(child: Appeal, parent: Appeal, terms: Terms, now: datetime) -> Appeal:
    """The child's resident hears the parent's newest answer; the same object when he has."""
    if child.merged_into != parent.id or not parent.answers or parent.answers[-1] in child.answers:
        return child
    newest = parent.answers[-1]
    child = move(child, Deed.INFORM, SYSTEM, now, text=newest.text, outcome=parent.code, photos=newest.photos)
    child = replace(child, answers=(*child.answers, newest))
    return tell_resident(child, Occasion.ANSWERED, terms, now, newest.text)


def refuse_with_children(appeal: Appeal) -> None:
    """Raises RuleBroken when others are merged into it: they would never be answered."""
    if appeal.children:
        raise RuleBroken(Reason.OTHERS_MERGED, others=len(appeal.children))
