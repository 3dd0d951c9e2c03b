"""Merging (并单): several residents say the same; one appeal is worked on, everybody is told and rates for himself.

It takes two writes: the parent adopts the child, then the child is merged. What happens between them is undone or
finished by `settle_adoption`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app.domain.appeal import Adoption, Appeal, State
from app.domain.barring import is_held, keep_away, share
from app.domain.errors import Reason, RuleBroken
from app.domain.lifecycle import leads_on, move, tell_resident
from app.domain.notification import Occasion
from app.domain.terms import Hearers, Terms
from app.domain.timeline import SYSTEM, Actor, Deed

ADOPTION_LASTS = timedelta(minutes=10)
"""After which nobody is between the two writes any more."""


def check_mergeable(appeal: Appeal, parent: Appeal, hearers: Hearers) -> None:
    """Raises RuleBroken unless `appeal` may be merged into `parent`: another one of the same roster that is or will be
    answered, neither merged itself, and not handled by somebody from whom either of them is kept. `hearers` are those
    of the parent's assignee, of `share(parent, appeal)`."""
    if not leads_on(appeal, Deed.MERGE):
        raise RuleBroken(Reason.WRONG_STATE, state=appeal.state.value, action=Deed.MERGE.value)
    if is_held(share(parent, appeal), hearers):
        raise RuleBroken(Reason.CONFLICT_OF_INTEREST)
    gone = parent.state in {State.REJECTED, State.WITHDRAWN, State.MERGED}
    if gone or appeal.children or parent.id == appeal.id or parent.roster != appeal.roster:
        raise RuleBroken(Reason.MERGE_INTO_ITSELF)


def merge(appeal: Appeal, parent: Appeal, hearers: Hearers, by: Actor, terms: Terms, now: datetime) -> Appeal:
    """The appeal as part of `parent`; its resident is told. `hearers` as for `check_mergeable`."""
    check_mergeable(appeal, parent, hearers)
    appeal = move(appeal, Deed.MERGE, by, now, outcome=parent.code)
    appeal = share(replace(appeal, merged_into=parent.id, clock=None, promise=None), parent)
    return tell_resident(appeal, Occasion.MERGED, terms, now)


def adopt(parent: Appeal, child: Appeal, hearers: Hearers, terms: Terms, now: datetime) -> Appeal:
    """The parent with the child; a parent that is answered already has to tell the child. `hearers` as for
    `check_mergeable`."""
    check_mergeable(child, parent, hearers)
    known = child.id in parent.children
    parent = replace(
        share(parent, child),
        children=parent.children if known else (*parent.children, child.id),
        adoptions=(*_others(parent, child), Adoption(child.id, now)),
    )
    return keep_away(_telling(parent, child), hearers, SYSTEM, terms, now)


def settle_adoption(parent: Appeal, child: Appeal) -> Appeal:
    """The parent once it is known what became of the child: it stays when it was merged, else it is forgotten. The same
    object when there is nothing to settle."""
    if child.merged_into == parent.id:
        children = parent.children if child.id in parent.children else (*parent.children, child.id)
        settled = replace(share(parent, child), children=children, adoptions=_others(parent, child))
        settled = _telling(settled, child)
    else:
        settled = replace(
            parent,
            adoptions=_others(parent, child),
            children=tuple(id for id in parent.children if id != child.id),
            untold=tuple(id for id in parent.untold if id != child.id),
            bars=tuple(bar for bar in parent.bars if bar.through != child.id),
        )
    return parent if settled == parent else settled


def inform(child: Appeal, parent: Appeal, terms: Terms, now: datetime) -> Appeal:
    """The child's resident hears the parent's newest answer; the same object when he has."""
    if child.merged_into != parent.id or not _lacks_answer(child, parent):
        return child
    newest = parent.answers[-1]
    child = move(child, Deed.INFORM, SYSTEM, now, text=newest.text, outcome=parent.code, photos=newest.photos)
    child = share(replace(child, answers=(*child.answers, newest)), parent)
    return tell_resident(child, Occasion.ANSWERED, terms, now, newest.text)


def told(parent: Appeal, children: tuple[Appeal, ...]) -> Appeal:
    """The parent after `inform` on these children. Who is still being merged is told later; who never was is
    forgotten."""
    waiting = {adoption.child for adoption in parent.adoptions}
    for child in children:
        if child.merged_into == parent.id:
            parent = replace(parent, untold=tuple(id for id in parent.untold if id != child.id))
        elif child.id not in waiting:
            parent = settle_adoption(parent, child)
    return parent


def refuse_with_children(appeal: Appeal) -> None:
    """Raises RuleBroken when others are merged into it: they would never be answered."""
    if appeal.children:
        raise RuleBroken(Reason.OTHERS_MERGED, others=len(appeal.children))


def _telling(parent: Appeal, child: Appeal) -> Appeal:
    """The parent, which has to tell the child unless it has nothing new to say."""
    if child.id in parent.untold or not _lacks_answer(child, parent):
        return parent
    return replace(parent, untold=(*parent.untold, child.id))


def _lacks_answer(child: Appeal, parent: Appeal) -> bool:
    return bool(parent.answers) and parent.answers[-1] not in child.answers


def _others(parent: Appeal, child: Appeal) -> tuple[Adoption, ...]:
    return tuple(adoption for adoption in parent.adoptions if adoption.child != child.id)
