"""What is offered is what would be taken: after any history each offered deed succeeds, and every other is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis.stateful import invariant, precondition, rule

from app.domain.appeal import Answer, AnswerOutcome, Appeal, ContactOutcome, Resolution, Satisfaction, State
from app.domain.closing import rate, reopen
from app.domain.errors import InvalidInput, RuleBroken
from app.domain.escalation import advance, urge
from app.domain.handling import (
    answer,
    log_contact,
    quick_reply,
    request_extension,
    request_supplement,
    sign,
    supplement,
)
from app.domain.intake import hand_back, transfer, withdraw
from app.domain.merging import adopt, inform
from app.domain.notification import Role
from app.domain.permissions import OFFICIAL_DEEDS, RESIDENT_DEEDS, official_deeds, resident_deeds
from app.domain.timeline import Actor, Deed

from .factories import RESIDENT, submitted
from .test_life import LifeOfAnAppeal

Try = Callable[[Appeal, "Offers"], Appeal]
TRIED: dict[Deed, Try] = {
    Deed.SUPPLEMENT: lambda a, at: supplement(a, "三号楼前", (), at.hearers, RESIDENT, at.terms, at.now),
    Deed.URGE: lambda a, at: urge(a, "", at.hearers, RESIDENT, at.terms, at.now),
    Deed.RATE: lambda a, at: rate(a, Resolution.PARTLY, Satisfaction.FAIRLY, RESIDENT, at.terms, at.now),
    Deed.REOPEN: lambda a, at: reopen(a, "仍未解决", at.hearers, RESIDENT, at.terms, at.now),
    Deed.WITHDRAW: lambda a, at: withdraw(a, "", RESIDENT, at.now),
    Deed.SIGN: lambda a, at: sign(a, at.handler(Role.STAFF), at.now),
    Deed.QUICK_REPLY: lambda a, at: quick_reply(a, "正在开会", None, at.handler(Role.OFFICIAL), at.terms, at.now),
    Deed.CONTACT: lambda a, at: log_contact(a, ContactOutcome.VISIT, at.handler(Role.OFFICIAL), at.terms, at.now),
    Deed.ANSWER: lambda a, at: answer(
        a, "已装好", AnswerOutcome.SOLVED, (), at.handler(Role.OFFICIAL), at.terms, at.now
    ),
    Deed.REQUEST_SUPPLEMENT: lambda a, at: request_supplement(
        a, "请补充位置", at.handler(Role.OFFICIAL), at.terms, at.now
    ),
    Deed.REQUEST_EXTENSION: lambda a, at: request_extension(
        a, 1, "等待采购", at.handler(Role.OFFICIAL), at.terms, at.now
    ),
    Deed.HAND_BACK: lambda a, at: hand_back(a, "非本单位职责", at.handler(Role.OFFICIAL), at.terms, at.now),
    Deed.TRANSFER: lambda a, at: transfer(
        a, at.somebody_else(), "归其他部门", at.hearers, at.handler(Role.OFFICIAL), at.terms, at.now
    ),
}
"""Each deed with a body that is right."""


class Offers(LifeOfAnAppeal):
    """The random lives of test_life.py, with others merged in, and with the parent's answer told."""

    def somebody_else(self) -> str:
        away = {self.appeal.assignee_id, *self.appeal.barred_posts}
        return next(post for post in ("roads", "water", "parks", "sports") if post not in away)

    @precondition(lambda self: self.appeal.state in {State.SUBMITTED, State.ASSIGNED} and not self.appeal.children)
    @rule()
    def take_in_another(self):
        self.act(adopt, submitted(id="appeal-8"), self.hearers, self.terms, self.now)

    @precondition(lambda self: self.appeal.state is State.MERGED)
    @rule()
    def hear_the_parents_answer(self):
        said = Answer("已装好", AnswerOutcome.SOLVED, Actor(Role.OFFICIAL, "a", "周", "roads"), self.now, 1)
        parent = replace(submitted(id=self.appeal.merged_into[-1:]), id=self.appeal.merged_into, answers=(said,))
        self.act(inform, parent, self.terms, self.now)

    @invariant()
    def what_is_offered_is_what_is_taken(self):
        if not hasattr(self, "appeal"):
            return
        offered = {
            *resident_deeds(self.appeal, self.terms, self.now),
            *official_deeds(self.appeal, self.terms, self.now),
        }
        stands = advance(self.appeal, self.hearers, self.terms, self.now)  # as every act does first
        for deed in (*RESIDENT_DEEDS, *OFFICIAL_DEEDS):
            assert self.takes(stands, TRIED[deed]) is (deed in offered), (deed, stands.state)

    def takes(self, appeal: Appeal, tried: Try) -> bool:
        try:
            tried(appeal, self)
        except (RuleBroken, InvalidInput):
            return False
        return True


Offers.TestCase.settings = settings(
    max_examples=150,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestOffers = Offers.TestCase
