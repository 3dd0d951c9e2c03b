"""Residents, officials, staff, supervisors and time, at random against the rules, for as long as hypothesis likes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.domain.appeal import (
    CLOSED,
    HANDLED,
    AnswerOutcome,
    Appeal,
    ContactOutcome,
    Kind,
    Resolution,
    Review,
    Satisfaction,
    State,
)
from app.domain.bar import Bar
from app.domain.barring import is_held, set_about
from app.domain.closing import conclude, rate, reopen
from app.domain.errors import Refusal
from app.domain.escalation import next_check_at, urge
from app.domain.handling import (
    answer,
    extend,
    log_contact,
    quick_reply,
    refuse_extension,
    request_extension,
    request_supplement,
    sign,
    supplement,
)
from app.domain.intake import assign, hand_back, reject, transfer, withdraw
from app.domain.merging import merge
from app.domain.notification import Channel, Fault, Refused, Retry, Role, Sent, claim, may_repeat, settle
from app.domain.terms import Hearers
from app.domain.timeline import SYSTEM, Actor

from .factories import MOMENTS, RESIDENT, SUPERVISOR, an_appeal, submitted, terms
from .life import must_hold, step_is_legal, time_stands

POSTS = st.sampled_from(["education", "roads", "water"])
HANDLER_ROLES = st.sampled_from([Role.OFFICIAL, Role.STAFF])
OUTCOMES = st.sampled_from(
    [Sent("msg"), Retry("-1"), Retry("timeout", unknown=True), *(Refused(fault, "error") for fault in Fault)]
)


def in_states(*states: State):
    return precondition(lambda self: self.appeal.state in states)


handled = in_states(*HANDLED)


class LifeOfAnAppeal(RuleBasedStateMachine):
    appeal: Appeal

    @initialize(
        state=st.sampled_from([state for state in State if state not in CLOSED]),
        start=MOMENTS,
        kind=st.sampled_from(Kind),
        about=st.booleans(),
        urgent=st.booleans(),
        review=st.sampled_from(Review),
        most=st.integers(0, 2),
        superior=st.sampled_from(["", "mayor", "education", "roads"]),
    )
    def begin(self, state, start, kind, about, urgent, review, most, superior):
        """`education` may be the one it is about, and even so be named as the superior of those who handle it."""
        self.now = start
        self.terms = terms(max_transfers=most)
        self.hearers = Hearers(("staff-1",), superior)
        self.appeal = an_appeal(state, start, kind=kind, about_official=about, urgent=urgent, review=review)

    def act(self, deed, *args, **kwargs):
        """One deed against the rules: refused, or legal."""
        try:
            after = deed(self.appeal, *args, **kwargs)
        except Refusal:
            return
        step_is_legal(self.appeal, after)
        self.appeal = after

    def handler(self, role: Role) -> Actor:
        return Actor(role, "account-1", "周文清", self.appeal.assignee_id)

    @rule(minutes=st.sampled_from([1, 30, 120, 600]) | st.integers(1, 4 * 24 * 60))
    def wait(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule()
    def sweep(self):
        after = time_stands(self.appeal, self.hearers, self.terms, self.now)
        step_is_legal(self.appeal, after)
        self.appeal = after

    @precondition(lambda self: next_check_at(self.appeal) is not None)
    @rule()
    def sweep_when_due(self):
        self.now = max(self.now, next_check_at(self.appeal))
        before = self.appeal
        self.sweep()
        assert self.appeal is not before, "what was due has happened"

    @in_states(State.SUBMITTED)
    @rule(post=POSTS, by=st.sampled_from([SYSTEM, SUPERVISOR]))
    def assign(self, post, by):
        self.act(assign, post, self.hearers, by, self.terms, self.now)

    @precondition(lambda self: len(self.appeal.timeline) % 4 == 0)
    @rule(posts=st.sets(POSTS, max_size=2), conflict=st.booleans())
    def set_about(self, posts, conflict):
        """Whoever has it may turn out to be whom it is about, or to hold another post by now."""
        bars = tuple(Bar(post, ("staff-1",)) for post in sorted(posts))
        hearers = replace(self.hearers, conflict=conflict and bool(bars))
        before = self.appeal
        self.act(set_about, bars, "来电说明", hearers, SUPERVISOR, self.terms, self.now)
        assert set(self.appeal.about) == posts
        if is_held(self.appeal, hearers):
            assert self.appeal.state in CLOSED and self.appeal.state is before.state

    @in_states(State.SUBMITTED)
    @precondition(lambda self: len(self.appeal.timeline) % 3 == 0)
    @rule()
    def reject(self):
        self.act(reject, "已进入诉讼", "请向法院提出", SUPERVISOR, self.terms, self.now)

    @precondition(lambda self: len(self.appeal.timeline) % 7 == 0)
    @rule(merging=st.booleans())
    def withdraw_or_merge(self, merging):
        if merging:
            self.act(merge, submitted(id="appeal-9"), self.hearers, SUPERVISOR, self.terms, self.now)
        else:
            self.act(withdraw, "", RESIDENT, self.now)

    @in_states(State.ASSIGNED)
    @rule(role=HANDLER_ROLES)
    def sign(self, role):
        self.act(sign, self.handler(role), self.now)

    @handled
    @rule(role=HANDLER_ROLES, outcome=st.sampled_from(ContactOutcome))
    def contact(self, role, outcome):
        self.act(log_contact, outcome, self.handler(role), self.terms, self.now)

    @handled
    @rule(role=HANDLER_ROLES, hours=st.none() | st.integers(-1, 80))
    def quick_reply(self, role, hours):
        promised = None if hours is None else self.now + timedelta(hours=hours)
        self.act(quick_reply, "正在开会", promised, self.handler(role), self.terms, self.now)

    @handled
    @rule(role=HANDLER_ROLES)
    def answer(self, role):
        self.act(answer, "已装好路灯", AnswerOutcome.SOLVED, (), self.handler(role), self.terms, self.now)

    @in_states(State.ASSIGNED)
    @rule(role=HANDLER_ROLES)
    def hand_back(self, role):
        self.act(hand_back, "非本单位职责", self.handler(role), self.terms, self.now)

    @handled
    @rule(role=HANDLER_ROLES, post=POSTS)
    def transfer(self, role, post):
        self.act(transfer, post, "归其他部门", self.hearers, self.handler(role), self.terms, self.now)

    @handled
    @rule(role=HANDLER_ROLES)
    def request_supplement(self, role):
        self.act(request_supplement, "请补充位置", self.handler(role), self.terms, self.now)

    @in_states(State.IN_PROGRESS, State.AWAITING_RESIDENT)
    @rule()
    def supplement(self):
        self.act(supplement, "三号楼前", (), self.hearers, RESIDENT, self.terms, self.now)

    @handled
    @rule(role=HANDLER_ROLES, workdays=st.integers(0, 11))
    def request_extension(self, role, workdays):
        self.act(request_extension, workdays, "等待采购", self.handler(role), self.terms, self.now)

    @precondition(lambda self: self.appeal.extension is not None)
    @rule(workdays=st.none() | st.integers(0, 11))
    def extend(self, workdays):
        self.act(extend, self.hearers, SUPERVISOR, self.terms, self.now, workdays)

    @precondition(lambda self: self.appeal.extension is not None)
    @rule()
    def refuse_extension(self):
        self.act(refuse_extension, "材料已到货", self.hearers, SUPERVISOR, self.terms, self.now)

    @handled
    @rule(days=st.integers(0, 3))
    def urge(self, days):
        if self.appeal.due_at:
            self.now = max(self.now, self.appeal.due_at + timedelta(days=days, minutes=1))
        self.act(urge, "", self.hearers, RESIDENT, self.terms, self.now)

    @in_states(State.ANSWERED)
    @rule(resolution=st.sampled_from(Resolution), satisfaction=st.sampled_from(Satisfaction))
    def rate(self, resolution, satisfaction):
        self.act(rate, resolution, satisfaction, RESIDENT, self.terms, self.now)

    @in_states(State.ANSWERED, State.UNDER_REVIEW, State.CONCLUDED)
    @rule(by=st.sampled_from([RESIDENT, SUPERVISOR]))
    def reopen(self, by):
        self.act(reopen, "仍未解决", self.hearers, by, self.terms, self.now)

    @in_states(State.ANSWERED, State.UNDER_REVIEW)
    @rule()
    def conclude(self):
        self.act(conclude, "已核实", SUPERVISOR, self.terms, self.now)

    @precondition(lambda self: any(n.is_waiting for n in self.appeal.notifications))
    @rule(outcome=OUTCOMES, data=st.data())
    def send_a_message(self, outcome, data):
        """Claimed and settled; whatever comes of it, it is about the message and about nothing else."""
        waiting = data.draw(st.sampled_from([n for n in self.appeal.notifications if n.is_waiting]))
        if may_repeat(waiting, self.now):
            channel = waiting.channel or waiting.recipient.channels[0]
            assert channel is not Channel.INBOX
            done = settle(claim(waiting, channel, "", self.now), outcome, self.now)
            messages = tuple(done if n.key == waiting.key else n for n in self.appeal.notifications)
            due = self.appeal.running_deadlines
            self.appeal = replace(self.appeal, notifications=messages)
            assert self.appeal.running_deadlines == due

    @invariant()
    def the_rules_hold(self):
        if hasattr(self, "appeal"):
            must_hold(self.appeal, self.terms)
            swept = time_stands(self.appeal, self.hearers, self.terms, self.now)
            must_hold(swept, self.terms)
            assert swept.state not in CLOSED or next_check_at(swept) is None


LifeOfAnAppeal.TestCase.settings = settings(
    max_examples=400,
    stateful_step_count=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestLifeOfAnAppeal = LifeOfAnAppeal.TestCase
