"""Who acts for a post in WeChat: seen, ended with a reason, and over with the next request."""

from __future__ import annotations

import pytest

from app.domain.errors import Reason
from app.domain.notification import Role, Status
from app.domain.officer import OfficeRole
from app.services.appeals.reading import inbox, read_appeal
from app.services.people.accounts import bind, invite
from app.services.ports.appeals import Inbox
from app.services.rosters.bindings import acting_for, end_all_bindings, end_binding, still_handling
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import answer, drain, person, sent, sign, statuses, submitted
from tests.services.keepers import EDITOR, an_officer, audited

OTHERS = [OfficeRole.OPERATOR, OfficeRole.SUPERVISOR, OfficeRole.INSPECTOR, OfficeRole.AUDITOR]


def test_who_acts_for_the_post_the_official_first(world: World) -> None:
    found = acting_for(world, EDITOR, "education")
    assert [(one.account_id, one.role) for one in found] == [("zhou", Role.OFFICIAL), ("aide", Role.STAFF)]
    assert all(one.since for one in found)


@pytest.mark.parametrize("who, role", [("zhou", Role.OFFICIAL), ("aide", Role.STAFF)])
def test_it_ends_with_the_next_request_and_is_on_record(world: World, who: str, role: Role) -> None:
    appeal = submitted(world)
    end_binding(world, EDITOR, "education", who, role, " 已调离 ")
    assert inbox(world, person(world, who), Inbox.OPEN, None).items == ()
    with refused(Reason.NO_SUCH_APPEAL):
        read_appeal(world, person(world, who), appeal.id)
    entry = world.stores.audit_log.last()
    assert entry and (entry.act, entry.subject) == ("end_binding", "education")
    assert entry.detail == f"{role.value} {who} 已调离"
    assert len(acting_for(world, EDITOR, "education")) == 1, "the other one stays"


def test_nobody_comes_back_by_repeating_the_invitation(world: World) -> None:
    secret = invite(world, "roads", Role.STAFF)
    bind(world, person(world, "neighbour"), secret)
    end_binding(world, EDITOR, "roads", "neighbour", Role.STAFF, "不再代办")
    with refused(Reason.NO_SUCH_INVITATION):
        bind(world, person(world, "neighbour"), secret)
    assert person(world, "neighbour").posts() == frozenset()


def test_staff_who_left_are_not_written_to_any_more(world: World) -> None:
    appeal = submitted(world)
    end_binding(world, EDITOR, "education", "aide", Role.STAFF, "不再代办")
    drain(world)
    assert sent(world) == [("template", "oa-zhou", "assigned")]
    assert statuses(world, appeal, Role.STAFF) == [Status.SUPERSEDED]


def test_everybody_at_once_with_what_was_printed(world: World) -> None:
    lost = [invite(world, "education", role) for role in (Role.OFFICIAL, Role.STAFF)]
    assert end_all_bindings(world, EDITOR, "education") == 2
    assert acting_for(world, EDITOR, "education") == ()
    assert audited(world).count(("end_binding", "education")) == 2
    for secret in lost:
        with refused(Reason.NO_SUCH_INVITATION):
            bind(world, person(world, "neighbour"), secret)
    assert end_all_bindings(world, EDITOR, "education") == 0


def test_what_whoever_leaves_has_not_answered_is_counted(world: World) -> None:
    answer(world, "zhou", sign(world, "zhou", submitted(world)))
    assert still_handling(world, "education") == 0
    submitted(world)
    assert still_handling(world, "education") == 1


def test_refusals(world: World) -> None:
    for reason, why in ((" ", Reason.TEXT_MISSING), ("长" * 301, Reason.TEXT_TOO_LONG)):
        with refused(why):
            end_binding(world, EDITOR, "education", "zhou", Role.OFFICIAL, reason)
    with refused(Reason.NO_SUCH_OFFICIAL):
        end_binding(world, EDITOR, "nobody", "zhou", Role.OFFICIAL, "已调离")
    for role in OTHERS:
        for attempt in (acting_for, end_all_bindings):
            with refused(Reason.NOT_YOUR_ROLE):
                attempt(world, an_officer(role), "education")
        with refused(Reason.NOT_YOUR_ROLE):
            end_binding(world, an_officer(role), "education", "zhou", Role.OFFICIAL, "已调离")
    assert len(acting_for(world, EDITOR, "education")) == 2
