"""What the first page counts, on every store: no more than asked, and what the index alone says of it."""

from __future__ import annotations

from dataclasses import replace

from app.domain.call import Call, CallOutcome
from app.domain.notification import Role
from app.domain.perfunctory import FlagDecision
from app.services.world import Stores

from .samples import bound, hours
from .test_plans import flag


def test_flags_that_wait_come_oldest_first_with_their_rosters(stores: Stores) -> None:
    for number, roster in ((4, "b"), (2, "a"), (6, "a")):
        stores.perfunctory_flags.add(replace(flag(number), roster=roster))
    stores.perfunctory_flags.add(replace(flag(1), decision=FlagDecision.DISMISSED))
    expected = [("a", hours(2)), ("b", hours(4)), ("a", hours(6))]
    assert list(stores.perfunctory_flags.waiting(9)) == expected
    assert list(stores.perfunctory_flags.waiting(2)) == expected[:2]


def test_the_newest_calls_come_without_what_they_answer(stores: Stores) -> None:
    for number in range(4):
        stores.calls.add(Call(f"c{number}", "a1", "o1", CallOutcome.BUSY, hours(number)))
    back = Call("c9", "a1", "o1", CallOutcome.CALLED_BACK, hours(9), "c1", hours(1))
    stores.calls.add(back)
    assert [call.id for call in stores.calls.newest(hours(1), 9)] == ["c9", "c3", "c2", "c1"]
    assert list(stores.calls.newest(hours(1), 1)) == [Call("c9", "a1", "o1", CallOutcome.CALLED_BACK, hours(9))]


def test_a_post_is_held_in_a_role(stores: Stores) -> None:
    stores.accounts.add(bound(1, "o1", mp_openid="m1"))
    stores.accounts.add(bound(2, "o2", role=Role.STAFF, mp_openid="m2"))
    assert stores.accounts.posts_held(["o1", "o2", "o3"], Role.OFFICIAL) == {"o1"}
    assert stores.accounts.posts_held(["o2"], Role.STAFF) == {"o2"}
    assert stores.accounts.posts_held([], Role.STAFF) == frozenset()
