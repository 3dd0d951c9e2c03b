"""An operator writes down a call: however often and at once the form is sent, it is one appeal and one call."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from app.domain.appeal import Appeal, Kind
from app.domain.call import Call, CallOutcome, CallReport
from app.domain.errors import NotPermitted, Reason
from app.domain.intake import Draft
from app.domain.officer import OfficeRole
from app.domain.roster import AnsweredBy, Policy
from app.domain.timeline import Deed
from app.services.appeals.calls import read_call, record_call, suspects_not_answering
from app.services.appeals.reading import inbox, read_appeal
from app.services.figures.tallies import count_anew
from app.services.office.casework import register
from app.services.office.look_ups import MOST_AN_HOUR
from app.services.office.registering import look
from app.services.office.taken_calls import read_taken, take_call
from app.services.people.callers import caller_of
from app.services.people.erasing import export
from app.services.ports.appeals import Inbox
from app.services.ports.basics import StoreAway
from app.services.rosters.directory import Directory
from app.services.world import World
from tests.domain.factories import day, refused
from tests.services.factories import a_roster, assigned_by_supervisor, person
from tests.services.keepers import an_officer
from tests.services.races import Meeting, at_once

OPERATOR = replace(an_officer(OfficeRole.OPERATOR, id="operator"), number="807")
PHONE = "13800138000"
CALL = Draft(official_id="education", kind=Kind.REQUEST, title="路灯不亮", body="和平路的路灯不亮")
MISSED = CallReport(CallOutcome.NO_ANSWER, "打了三次都没有人接")


def registered(world: World, report: CallReport = MISSED, key: str = "key", draft: Draft = CALL) -> Appeal:
    return register(world, OPERATOR, PHONE, draft, key, report)


def taken(world: World, outcome: CallOutcome, phone: str = PHONE, official: str = "education", key: str = "") -> Call:
    return take_call(world, OPERATOR, phone, official, outcome, "", key)


def calls(world: World) -> list[Call]:
    return list(world.stores.calls.kept.values())  # type: ignore[attr-defined]


def acts(world: World) -> list[tuple[str, str, str, str]]:
    return [(one.act, one.subject, one.detail, one.officer_id) for one in world.stores.audit_log.since(0, 99)]


def test_a_number_that_is_looked_up_is_on_record_once_an_hour(world: Any) -> None:
    for _ in range(3):
        look(world, Directory(world), OPERATOR, PHONE, "路灯不亮")
    look(world, Directory(world), OPERATOR, "", "路灯不亮")
    assert acts(world) == [("find_by_phone", "尾号 8000", "", "operator")]
    world.clock.advance(timedelta(hours=1))
    look(world, Directory(world), OPERATOR, PHONE, "")
    assert len(acts(world)) == 2


@pytest.mark.parametrize(
    "typed", ["12a", "13", "138001380", "1380013800012", "0558512", "555123", "138x0013800", "１３８"]
)
def test_half_a_number_is_looked_up_for_nobody(world: World, typed: str) -> None:
    registered(world)
    before = acts(world)
    found = look(world, Directory(world), OPERATOR, typed, "")
    assert (found.history, found.calls, acts(world)) == ([], [], before)


@pytest.mark.parametrize("typed", [" 138 0013 8000", "+86 13800138000", "0558-5551234", "(0558)5551234", "5551234"])
def test_a_whole_number_is_looked_up_however_it_is_written(world: World, typed: str) -> None:
    look(world, Directory(world), OPERATOR, typed, "")
    assert [act for act, *_ in acts(world)] == ["find_by_phone"]


def test_the_digits_of_a_masked_number_cannot_be_tried_out(world: Any) -> None:
    for number in range(MOST_AN_HOUR):
        look(world, Directory(world), OPERATOR, f"1390000{number:04}", "")
    with refused(Reason.TOO_MANY_REQUESTS):
        look(world, Directory(world), OPERATOR, "13900009999", "")
    assert look(world, Directory(world), OPERATOR, "13900000000", "").history == [], "one looked up before"
    raised = world.alerts.raised
    assert [what for what, _ in raised] == ["many_numbers_looked_up"]


def test_a_form_sent_twice_at_once_is_one_appeal_and_one_call(world: World) -> None:
    world.stores.appeals.before_write = Meeting()
    first, second = at_once(*[lambda: registered(world)] * 2)
    assert first.id == second.id
    assert len(world.stores.appeals.kept) == 1
    assert [call.id for call in calls(world)] == [first.call_id]


def test_how_the_call_went_is_a_call_of_the_caller_and_names_the_officer(world: World) -> None:
    appeal = registered(world)
    (call,) = calls(world)
    assert (call.account_id, call.official_id, call.outcome) == (caller_of(world, PHONE), "education", MISSED.outcome)
    assert (call.registered_by, call.registrar, call.note) == ("operator", OPERATOR.signature, MISSED.note)
    assert "工号 807" in call.registrar
    assert appeal.call_id == call.id and read_call(world, call).appeal_id == appeal.id
    assert PHONE not in repr(call)
    assert acts(world) == [
        ("register_call", "education", "no_answer", "operator"),
        ("register", appeal.code, "education", "operator"),
    ]


def test_only_a_missed_call_is_what_an_appeal_is_made_from(world: World) -> None:
    for outcome in CallOutcome:
        appeal = registered(world, CallReport(outcome), outcome.value)
        assert bool(appeal.call_id) is (outcome in {CallOutcome.BUSY, CallOutcome.NO_ANSWER})


def test_the_note_is_for_those_who_handle_it_and_never_in_the_text(world: World) -> None:
    appeal = registered(world)
    (entry,) = (entry for entry in appeal.timeline if entry.deed is Deed.TAKE_CALL)
    assert (entry.text, entry.outcome, entry.internal) == (MISSED.note, "no_answer", True)
    assert appeal.body == CALL.body
    assert read_appeal(world, person(world, "zhou"), appeal.id).appeal.timeline[1] == entry


def test_a_note_alone_is_no_call(world: World) -> None:
    appeal = registered(world, CallReport(note=" 已口头答复 "))
    assert appeal.timeline[1].text == "已口头答复"
    assert not calls(world) and not appeal.call_id
    assert Deed.TAKE_CALL not in {entry.deed for entry in registered(world, CallReport(), "other").timeline}


def test_what_cannot_be_registered_leaves_no_call(world: World) -> None:
    with refused(Reason.TEXT_MISSING):
        registered(world, draft=Draft("education", Kind.REQUEST, "题", " "))
    with refused(Reason.TEXT_TOO_LONG):
        registered(world, CallReport(CallOutcome.BUSY, "长" * 201))
    with refused(Reason.NO_SUCH_OFFICIAL):
        taken(world, CallOutcome.BUSY, official="nobody")
    assert not calls(world) and not acts(world)


def test_after_a_crash_between_call_and_appeal_the_form_comes_again(world: World) -> None:
    def away(_: object) -> None:
        raise StoreAway

    world.stores.appeals.before_write = away
    with pytest.raises(StoreAway):
        registered(world)
    world.stores.appeals.before_write = None
    appeal = registered(world)
    assert [call.id for call in calls(world)] == [appeal.call_id]


def test_a_call_alone_once_for_its_key_and_for_nobody_else(world: World) -> None:
    first = taken(world, CallOutcome.BUSY, key="k")
    assert taken(world, CallOutcome.BUSY, "138-0013-8000", key="k") == first
    for phone, official in (("13800138001", "education"), (PHONE, "roads")):
        with refused(Reason.KEY_REUSED):
            taken(world, CallOutcome.BUSY, phone, official, "k")
    assert calls(world) == [first] and len(acts(world)) == 1
    assert registered(world, key="k").call_id == first.id, "gone back to, and registered after all"


def test_a_call_back_finds_the_missed_call_that_was_taken_down(world: World) -> None:
    missed = taken(world, CallOutcome.NO_ANSWER)
    world.clock.advance(hours=1)
    assert taken(world, CallOutcome.CALLED_BACK).answers_call_id == missed.id
    tally = count_anew(world, day("2026-03-03"), "education")["", ""]
    assert (tally.missed, tally.returned) == (1, 1)


def test_callers_by_telephone_count_for_the_suspicion_like_everybody(world: World) -> None:
    record_call(world, Directory(world), person(world, "resident"), "education", CallOutcome.BUSY, "")
    for phone in (PHONE, "13800138001"):
        taken(world, CallOutcome.NO_ANSWER, phone)
    (found,) = suspects_not_answering(world, ["education"])
    assert found.callers == 3


def test_where_operators_answer_their_answers_are_outside_the_in_person_rate(world: World) -> None:
    taken(world, CallOutcome.OTHER_PERSON)
    world.stores.rosters.put(a_roster(policy=Policy(answered_by=AnsweredBy.OPERATORS), revision=2))
    taken(world, CallOutcome.OTHER_PERSON)
    record_call(world, Directory(world), person(world, "resident"), "education", CallOutcome.OTHER_PERSON, "")
    tally = count_anew(world, day("2026-03-02"), "education")["", ""]
    assert (tally.attempts, tally.connected, tally.by_operators) == (3, 3, 2)


def test_only_the_desk_takes_calls_and_reads_only_what_it_took(world: World) -> None:
    call = taken(world, CallOutcome.BUSY)
    own = record_call(world, Directory(world), person(world, "resident"), "education", CallOutcome.BUSY, "")
    assert read_taken(world, OPERATOR, call.id).call == call
    for id in (own.id, "nothing"):
        with refused(Reason.NO_SUCH_CALL):
            read_taken(world, OPERATOR, id)
    auditor = an_officer(OfficeRole.AUDITOR)
    with pytest.raises(NotPermitted):
        take_call(world, auditor, PHONE, "education", CallOutcome.BUSY)
    with pytest.raises(NotPermitted):
        read_taken(world, auditor, call.id)


def test_a_call_behind_an_appeal_about_the_official_tells_that_one_nothing_of_it(world: World) -> None:
    """Rule 1: the official's own lists stay empty, and the figures are those of a call without an appeal."""
    about = Draft("education", Kind.COMPLAINT, "反映态度", "反映局长态度不好", about_official=True)
    appeal = assigned_by_supervisor(world, registered(world, draft=about), "roads")
    for who in ("zhou", "aide"):
        account = person(world, who)
        assert not inbox(world, account, Inbox.OPEN, None).items
        assert export(world, account) == ([], [])
        with refused(Reason.NO_SUCH_APPEAL):
            read_appeal(world, account, appeal.id)
    with_appeal = count_anew(world, day("2026-03-02"), "education")
    world.stores.appeals.kept.clear()
    assert with_appeal == count_anew(world, day("2026-03-02"), "education")
