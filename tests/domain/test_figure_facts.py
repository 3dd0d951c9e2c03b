"""Which deadline counts, on which day, for whom: every rule of the cohort on an appeal driven by the real rules.

Monday 2 March 2026, 10:00: contact is due on Thursday 5 March, the answer to a request on Monday 16 March.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.appeal import ContactOutcome, Kind, Resolution, Satisfaction, State
from app.domain.closing import conclude
from app.domain.escalation import advance
from app.domain.figure_facts import (
    changed_at,
    days_of,
    days_touched,
    facts_of,
    figure_days,
    figure_keys,
    tally_on,
)
from app.domain.figures import Response, Tally, total
from app.domain.handling import (
    extend,
    log_contact,
    quick_reply,
    request_extension,
    request_supplement,
    sign,
    supplement,
)
from app.domain.intake import assign, hand_back, transfer, withdraw
from app.domain.merging import merge
from app.domain.timeline import SYSTEM

from .factories import (
    CALENDAR,
    HEARERS,
    MONDAY,
    OFFICIAL,
    RESIDENT,
    SUPERVISOR,
    TERMS,
    an_appeal,
    beijing,
    contacted,
    day,
    rated,
    reopened,
    replied,
)

CONTACT_DAY, ANSWER_DAY = day("2026-03-05"), day("2026-03-16")
LATER = beijing("2026-03-20 10:00")


def on(appeal, when, official="education"):
    """What the appeal adds to the official's figures of that day."""
    own = [fact for fact in facts_of(appeal) if fact.official_id == official]
    return total(tally_on(when, fact, CALENDAR) for fact in own)


def whole(appeal, official="education"):
    """All it ever adds to the official."""
    days = {when for fact in facts_of(appeal) for when in days_of(fact)}
    return total(on(appeal, when, official) for when in days)


def test_each_clock_counts_on_its_day():
    appeal = an_appeal(State.ASSIGNED)
    assert figure_days(appeal) == (CONTACT_DAY, ANSWER_DAY)
    assert figure_keys(appeal) == ("education 2026-03-05", "education 2026-03-16")
    assert on(appeal, CONTACT_DAY) == Tally(contacts_due=1, waiting=(MONDAY,))
    assert on(appeal, ANSWER_DAY) == Tally(answers_due=1)
    assert on(appeal, day("2026-03-06")) == Tally()


def test_before_an_assignment_nothing_counts():
    assert facts_of(an_appeal(State.SUBMITTED)) == ()
    assert figure_days(an_appeal(State.REJECTED)) == ()


@pytest.mark.parametrize(
    ("when", "in_time", "minutes"),
    [
        ("2026-03-02 11:00", 1, 60),
        ("2026-03-05 18:00", 1, 480 + 540 * 3),
        ("2026-03-05 18:00:01", 0, 480 + 540 * 3),
        ("2026-03-06 10:00", 0, 480 + 540 * 3 + 60),
    ],
)
def test_contacted_by_the_deadline_or_not(when, in_time, minutes):
    appeal = contacted(an_appeal(State.ASSIGNED), beijing(when))
    assert on(appeal, CONTACT_DAY) == Tally(contacts_due=1, contacted_in_time=in_time, responses=(Response(minutes),))


def test_a_quick_reply_and_an_attempt_and_a_signature_are_no_contact():
    now = beijing("2026-03-02 11:00")
    appeal = sign(an_appeal(State.ASSIGNED), OFFICIAL, now)
    appeal = quick_reply(appeal, "正在开会", None, OFFICIAL, TERMS, now)
    appeal = log_contact(appeal, ContactOutcome.NO_ANSWER, OFFICIAL, TERMS, now)
    assert on(appeal, CONTACT_DAY) == Tally(contacts_due=1, waiting=(MONDAY,))


def test_an_answer_is_contact_too():
    appeal = replied(an_appeal(State.IN_PROGRESS), beijing("2026-03-03 09:10"))
    tally = whole(appeal)
    assert (tally.contacted_in_time, tally.answered_in_time, tally.answered_in_raw_time) == (1, 1, 1)
    assert tally.responses == (Response(490),)


def test_open_and_overdue_stays_in():
    appeal = advance(an_appeal(State.IN_PROGRESS), HEARERS, TERMS, LATER)
    tally = whole(appeal)
    assert (tally.contacts_due, tally.answers_due, tally.answered, tally.waiting) == (1, 1, 0, (MONDAY,))


def test_late_is_answered_but_not_in_time():
    appeal = replied(an_appeal(State.IN_PROGRESS), beijing("2026-03-16 18:00:01"))
    assert on(appeal, ANSWER_DAY) == Tally(answers_due=1, answered=1)


def test_an_extension_moves_the_day_and_shows_in_the_raw_rate():
    now = beijing("2026-03-10 10:00")
    appeal = request_extension(an_appeal(State.IN_PROGRESS), 3, "等待采购", OFFICIAL, TERMS, now)
    appeal = extend(appeal, HEARERS, SUPERVISOR, TERMS, now)
    appeal = replied(appeal, beijing("2026-03-18 10:00"))
    assert on(appeal, ANSWER_DAY) == Tally()
    assert on(appeal, day("2026-03-19")) == Tally(answers_due=1, answered_in_time=1, answered=1)
    touched = days_touched(appeal, CALENDAR)
    assert {(day(f"2026-03-{number}"), "education") for number in (16, 17, 18, 19)} < touched
    early = replied(
        extend(
            request_extension(an_appeal(State.IN_PROGRESS), 3, "等待采购", OFFICIAL, TERMS, now),
            HEARERS,
            SUPERVISOR,
            TERMS,
            now,
        ),
        now,
    )
    assert on(early, day("2026-03-19")).answered_in_raw_time == 1


def test_a_pause_has_no_deadline_until_it_ends():
    asked = beijing("2026-03-16 10:00")
    paused = request_supplement(an_appeal(State.IN_PROGRESS), "在哪里", OFFICIAL, TERMS, asked)
    assert whole(paused).answers_due == 0 and whole(paused).contacts_due == 1
    resumed = supplement(paused, "三号楼", (), HEARERS, RESIDENT, TERMS, beijing("2026-03-18 10:00"))
    assert on(resumed, day("2026-03-18")) == Tally(answers_due=1)
    assert on(resumed, ANSWER_DAY) == Tally()


def test_a_question_hides_nothing_that_was_overdue_before():
    paused = request_supplement(an_appeal(State.IN_PROGRESS), "在哪里", OFFICIAL, TERMS, LATER)
    assert on(paused, ANSWER_DAY) == Tally(answers_due=1)


@pytest.mark.parametrize(
    ("when", "contacts", "answers"),
    [("2026-03-04 10:00", 0, 0), ("2026-03-05 18:00", 1, 0), ("2026-03-06 10:00", 1, 0), ("2026-03-17 10:00", 1, 1)],
)
@pytest.mark.parametrize("how", ["withdraw", "transfer"])
def test_what_ends_before_its_deadline_falls_out(when, contacts, answers, how):
    now = beijing(when)
    appeal = an_appeal(State.IN_PROGRESS)
    if how == "withdraw":
        appeal = withdraw(appeal, "", RESIDENT, now)
    else:
        appeal = transfer(appeal, "roads", "归城管", HEARERS, OFFICIAL, TERMS, now)
        assert whole(appeal, "roads").contacts_due == whole(appeal, "roads").answers_due == 1
        assert whole(appeal, "roads").waiting == (now,)
    tally = whole(appeal)
    assert (tally.contacts_due, tally.answers_due, tally.waiting) == (contacts, answers, ())
    assert all(response.censored for response in tally.responses) and len(tally.responses) == contacts


def test_contact_in_time_of_what_was_transferred_before_the_deadline_falls_out_too():
    appeal = contacted(an_appeal(State.ASSIGNED), MONDAY)
    appeal = transfer(appeal, "roads", "归城管", HEARERS, OFFICIAL, TERMS, beijing("2026-03-04 10:00"))
    assert whole(appeal) == Tally()


def test_a_hand_back_ends_it_and_what_follows_is_a_new_case():
    back = hand_back(an_appeal(State.ASSIGNED), "不归我局", OFFICIAL, TERMS, beijing("2026-03-02 15:00"))
    assert whole(back) == Tally()
    again = assign(back, "education", HEARERS, SUPERVISOR, TERMS, beijing("2026-03-03 10:00"))
    assert whole(again) == Tally(contacts_due=1, answers_due=1, waiting=(beijing("2026-03-03 10:00"),))


def test_merged_before_the_deadline_falls_out_and_after_it_stays():
    def merged(now):
        appeal = an_appeal(State.IN_PROGRESS)
        return merge(appeal, an_appeal(State.IN_PROGRESS, id="appeal-9"), HEARERS, SUPERVISOR, TERMS, beijing(now))

    assert whole(merged("2026-03-04 10:00")) == Tally()
    assert whole(merged("2026-03-17 10:00")).answers_due == 1


def test_ratings():
    answered = replied(an_appeal(State.IN_PROGRESS), MONDAY)
    for resolution, satisfaction, counts in [
        (Resolution.RESOLVED, Satisfaction.SATISFIED, (1, 1, 0, 1, 0)),
        (Resolution.PARTLY, Satisfaction.FAIRLY, (1, 0, 1, 0, 1)),
        (Resolution.UNRESOLVED, Satisfaction.DISSATISFIED, (1, 0, 0, 0, 0)),
    ]:
        tally = on(rated(answered, LATER, resolution, satisfaction), ANSWER_DAY)
        assert (tally.rated, tally.resolved, tally.partly, tally.satisfied, tally.fairly) == counts


def test_silence_and_a_conclusion_by_time_are_no_rating():
    answered = replied(an_appeal(State.IN_PROGRESS), MONDAY)
    silent = conclude(answered, "", SYSTEM, TERMS, LATER)
    assert whole(silent) == whole(answered)
    assert (whole(silent).answered, whole(silent).rated) == (1, 0)


def test_a_reopened_appeal_makes_a_second_case_without_contact():
    first = rated(replied(an_appeal(State.IN_PROGRESS), MONDAY), beijing("2026-03-03 10:00"))
    again = reopened(first, beijing("2026-03-03 10:00"))
    assert len(facts_of(again)) == 2
    assert on(again, ANSWER_DAY) == on(first, ANSWER_DAY)
    assert on(again, day("2026-03-10")) == Tally(answers_due=1)  # half of ten workdays
    assert whole(again).contacts_due == 1
    second = rated(replied(again, beijing("2026-03-04 10:00")), LATER, Resolution.RESOLVED, Satisfaction.SATISFIED)
    assert whole(second).rated == 2 and on(second, day("2026-03-10")).resolved == 1
    gone = withdraw(again, "", RESIDENT, beijing("2026-03-04 10:00"))
    assert whole(gone) == on(first, CONTACT_DAY) + on(first, ANSWER_DAY)


def test_kind_source_and_urgent_hours():
    appeal = an_appeal(State.IN_PROGRESS, kind=Kind.CONSULTATION, source="poster-7", urgent=True)
    (fact,) = facts_of(appeal)
    assert (fact.kind, fact.source, fact.assignment) == (Kind.CONSULTATION, "poster-7", 1)
    assert figure_days(appeal) == (day("2026-03-02"), day("2026-03-03"))
    asked = request_supplement(appeal, "在哪里", OFFICIAL, TERMS, MONDAY)
    later = supplement(asked, "三号楼", (), HEARERS, RESIDENT, TERMS, beijing("2026-03-02 16:00"))
    answered = replied(later, beijing("2026-03-03 12:00"))  # due at 16:00, raw at 10:00
    tally = on(answered, day("2026-03-03"))
    assert (tally.answered_in_time, tally.answered_in_raw_time) == (1, 0)


def test_changed_at_is_the_last_deed():
    assert changed_at(contacted(an_appeal(State.ASSIGNED), LATER)) == LATER
    assert changed_at(replace(an_appeal(State.ASSIGNED), timeline=())) == MONDAY
