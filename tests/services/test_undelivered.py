"""The list of messages that nobody got, sending one anew, and telling by telephone."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.appeal import Appeal
from app.domain.errors import InvalidInput, NotFound, NotPermitted, Reason, RuleBroken
from app.domain.notification import Fault, Occasion, Refused, Retry, Role, Sent, Status
from app.domain.officer import Officer, OfficeRole
from app.services.messages.dispatching import dispatch
from app.services.messages.undelivered import AT_ONCE, PAGE, mark_told, retry, retry_all, undelivered
from app.services.officers.access import add_officer
from app.services.officers.audit import broken_at
from app.services.world import World
from tests.services.factories import (
    change_person,
    drain,
    hand_on,
    message_ids,
    messages,
    promise,
    sent,
    statuses,
    submitted,
)
from tests.services.races import meanwhile

WRONG = Refused(Fault.OURS, "47003 field invalid thing2")


@pytest.fixture
def admin(office: World) -> Officer:
    return an_officer(office, OfficeRole.ADMIN)


def an_officer(world: World, role: OfficeRole) -> Officer:
    return add_officer(world, role.value, "王管理", (role,), "correct horse battery")


def dead(world: World, **more: Any) -> Appeal:
    world.messenger.will(WRONG)
    appeal = submitted(world, **more)
    drain(world)
    assert statuses(world, appeal, Role.OFFICIAL) == [Status.DEAD]
    return appeal


def key_of(world: World, appeal: Appeal, role: Role = Role.OFFICIAL) -> str:
    return messages(world, appeal, role)[0].key


def acts(world: World) -> list[tuple[str, str, str]]:
    assert broken_at(world) is None
    return [(entry.act, entry.subject, entry.detail) for entry in world.stores.audit_log.since(0, 99)]


def test_a_dead_letter_is_listed_with_why_in_chinese(office: World, admin: Officer) -> None:
    appeal = dead(office)
    (item,) = undelivered(office, admin, Status.DEAD).items
    assert (item.code, item.notification_id) == (appeal.code, key_of(office, appeal))
    assert (item.role, item.name) == (Role.OFFICIAL, "市教育局 局长 周文清")
    assert (item.occasion, item.reason, item.may_retry) == (Occasion.ASSIGNED, "消息内容不符合模板要求", True)
    assert appeal.title not in repr(item) and appeal.body not in repr(item)


def test_of_staff_the_official_is_named_they_worked_for(world: World) -> None:
    admin = an_officer(world, OfficeRole.ADMIN)
    world.messenger.will(Sent(), WRONG)
    appeal = submitted(world)
    drain(world)
    hand_on(world, "zhou", appeal)
    drain(world)
    (item,) = undelivered(world, admin, Status.DEAD).items
    assert (item.role, item.name) == (Role.STAFF, "市教育局 局长 周文清")


def test_the_lists_are_apart_and_by_whom(office: World, admin: Officer) -> None:
    change_person(office, "zhou", bindings=())
    submitted(office)
    drain(office)
    assert undelivered(office, admin, Status.DEAD).items == ()
    assert len(undelivered(office, admin, Status.UNDELIVERED).items) == 1
    assert len(undelivered(office, admin, Status.UNDELIVERED, "office").items) == 1
    assert undelivered(office, admin, Status.UNDELIVERED, "resident").items == ()
    for status, side in ((Status.SENT, ""), (Status.DEAD, "everybody")):
        with pytest.raises(InvalidInput):
            undelivered(office, admin, status, side)


def test_page_by_page_the_newest_first(office: World, admin: Officer) -> None:
    codes = []
    for number in range(PAGE + 3):
        codes.append(dead(office, title=f"路灯 {number}").code)
        office.clock.advance(minutes=1)
    first = undelivered(office, admin, Status.DEAD)
    assert [item.code for item in first.items] == codes[: -PAGE - 1 : -1] and first.next
    second = undelivered(office, admin, Status.DEAD, after=first.next)
    assert [item.code for item in second.items] == codes[2::-1] and second.next is None


def test_sent_anew_as_another_message_and_once(office: World, admin: Officer) -> None:
    appeal = dead(office)
    key = key_of(office, appeal)
    retry(office, admin, appeal.id, key)
    with pytest.raises(RuleBroken) as caught:
        retry(office, admin, appeal.id, key)  # a second click
    assert caught.value.reason is Reason.NOTHING_TO_RETRY
    drain(office)
    assert statuses(office, appeal, Role.OFFICIAL) == [Status.SENT]
    assert len(message_ids(office)) == len(set(message_ids(office))) == 2, "WeChat must not take it for the refused one"
    assert acts(office) == [("retry_message", appeal.code, "assigned 负责同志")]
    assert undelivered(office, admin, Status.DEAD).items == ()


def test_a_retry_that_fails_again_may_be_repeated(office: World, admin: Officer) -> None:
    appeal = dead(office)
    for _ in range(2):
        office.messenger.will(WRONG)
        retry(office, admin, appeal.id, key_of(office, appeal))
        drain(office)
    (item,) = undelivered(office, admin, Status.DEAD).items
    assert item.retries == 2
    assert len(set(message_ids(office))) == 3


def test_of_two_who_retry_at_once_one_sends(office: World, admin: Officer) -> None:
    appeal = dead(office)
    key = key_of(office, appeal)
    meanwhile(office.stores.appeals, lambda: retry(office, admin, appeal.id, key))
    with pytest.raises(RuleBroken):
        retry(office, admin, appeal.id, key)
    drain(office)
    assert len(office.messenger.sent) == 2


def test_what_may_have_arrived_is_for_the_telephone(office: World, admin: Officer) -> None:
    office.messenger.outcome = Retry("timed out", unknown=True)
    appeal = submitted(office)
    for _ in range(30):
        dispatch(office)
        office.clock.advance(seconds=30)
    (item,) = undelivered(office, admin, Status.UNCONFIRMED).items
    assert not item.may_retry
    with pytest.raises(RuleBroken) as caught:
        retry(office, admin, appeal.id, item.notification_id)
    assert caught.value.reason is Reason.MAYBE_SENT
    assert acts(office) == [], "refused before anything was on record"
    operator = an_officer(office, OfficeRole.OPERATOR)
    mark_told(office, operator, appeal.id, item.notification_id, "已电话告知周局长")
    assert undelivered(office, admin, Status.UNCONFIRMED).items == ()
    assert acts(office) == [("told_by_phone", appeal.code, "assigned 负责同志 已电话告知周局长")]
    with pytest.raises(RuleBroken):
        mark_told(office, operator, appeal.id, item.notification_id, "又打了一次")
    before = len(office.messenger.sent)
    drain(office)
    assert len(office.messenger.sent) == before


def test_a_first_try_without_an_answer_makes_a_dead_letter_one_for_the_telephone(office: World, admin: Officer) -> None:
    """WeChat may have delivered the first try, whatever it said to the second."""
    office.messenger.will(Retry("timed out", unknown=True), WRONG)
    appeal = submitted(office)
    drain(office)
    office.clock.advance(minutes=1)
    drain(office)
    (item,) = undelivered(office, admin, Status.DEAD).items
    assert not item.may_retry
    with pytest.raises(RuleBroken):
        retry(office, admin, appeal.id, item.notification_id)
    assert retry_all(office, admin) == 0


def test_whoever_was_reached_by_nothing_may_be_tried_again_later(office: World, admin: Officer) -> None:
    promised = promise(office, "zhou", submitted(office))
    change_person(office, "zhou", follows_oa=False)
    other = submitted(office, by="neighbour")
    drain(office)
    assert statuses(office, promised, Role.RESIDENT) == [Status.UNDELIVERED]
    change_person(office, "zhou", follows_oa=True)
    retry(office, admin, other.id, key_of(office, other))
    drain(office)
    assert sent(office)[-1] == ("template", "oa-zhou", "assigned")


def test_all_dead_letters_at_once_after_a_mistake_was_mended(office: World, admin: Officer) -> None:
    appeals = [dead(office, title=f"路灯 {number}") for number in range(3)]
    key = key_of(office, appeals[1])
    meanwhile(office.stores.appeals, lambda: retry(office, admin, appeals[1].id, key))
    assert retry_all(office, admin) in {2, 3}
    drain(office)
    assert all(statuses(office, appeal, Role.OFFICIAL) == [Status.SENT] for appeal in appeals)
    assert retry_all(office, admin) == 0
    assert AT_ONCE >= 3
    assert [act for act, *_ in acts(office)].count("retry_message") == 2


@pytest.mark.parametrize("role", OfficeRole)
def test_who_may_do_what(office: World, role: OfficeRole) -> None:
    appeal, other = dead(office), dead(office)
    somebody, key = an_officer(office, role), key_of(office, appeal)
    may = {
        "read": {OfficeRole.ADMIN, OfficeRole.SUPERVISOR, OfficeRole.OPERATOR, OfficeRole.AUDITOR},
        "retry": {OfficeRole.ADMIN, OfficeRole.SUPERVISOR},
        "tell": {OfficeRole.ADMIN, OfficeRole.SUPERVISOR, OfficeRole.OPERATOR},
    }
    for name, act in {
        "read": lambda: undelivered(office, somebody, Status.DEAD),
        "retry": lambda: retry(office, somebody, appeal.id, key),
        "tell": lambda: mark_told(office, somebody, other.id, key, "已电话告知"),
    }.items():
        if role in may[name]:
            act()
        else:
            with pytest.raises(NotPermitted):
                act()


def test_nothing_is_done_to_what_is_not_there(office: World, admin: Officer) -> None:
    appeal = dead(office)
    for act in (
        lambda: retry(office, admin, "none", "k"),
        lambda: retry(office, admin, appeal.id, "none"),
        lambda: mark_told(office, admin, appeal.id, "none", "x"),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(InvalidInput):
        mark_told(office, admin, appeal.id, key_of(office, appeal), " ")
    assert acts(office) == []
