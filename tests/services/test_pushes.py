"""What WeChat tells us: every kind, repeated, and in the wrong order."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest

from app.domain.appeal import State
from app.domain.consent import Report, Source
from app.domain.errors import NotNow, Reason
from app.domain.notification import Role
from app.services.messages.pushes import Push, PushKind, handle_push
from app.services.people.accounts import invite
from app.services.people.subscriptions import consent_id, report_accepted
from app.services.ports.appeals import Upload
from app.services.world import World
from tests.domain.factories import refused
from tests.fakes.world import MONDAY
from tests.services.factories import fresh, person, submitted


def a_push(kind: PushKind, **facts: Any) -> Push:
    made: dict[str, Any] = {"openid": "oa-new", "key": f"key-{kind.value}", "at": MONDAY}
    return Push(kind, **(made | facts))


@pytest.fixture
def followed(world: World) -> World:
    """The world in which WeChat knows the unionid of oa-new."""
    world.login.unionids = {"oa-new": "union-new"}
    return world


def stored(world: World) -> dict[str, Any]:
    return {name: dict(getattr(world.stores, name).kept) for name in ("appeals", "accounts", "invitations", "consents")}


@pytest.mark.parametrize("kind", [PushKind.SUBSCRIBE, PushKind.SCAN])
def test_a_follower_with_an_invitation_is_bound_at_once(followed: World, kind: PushKind) -> None:
    handle_push(followed, a_push(kind, scene=invite(followed, "roads", Role.STAFF)))
    account = followed.stores.accounts.by_oa_openid("oa-new")
    assert (account.unionid, account.follows_oa, account.posts(Role.STAFF)) == ("union-new", True, {"roads"})


@pytest.mark.parametrize("scene", ["", "poster-12"])
def test_a_follower_without_an_invitation_is_only_a_follower(followed: World, scene: str) -> None:
    handle_push(followed, a_push(PushKind.SUBSCRIBE, scene=scene))
    assert followed.stores.accounts.by_oa_openid("oa-new").posts() == frozenset()
    assert list(followed.alerts.names) == (["scanned_invitation_refused"] if scene else [])


def test_an_invitation_that_somebody_else_used_is_no_reason_to_refuse_the_push(followed: World) -> None:
    secret = invite(followed, "roads", Role.STAFF)
    handle_push(followed, a_push(PushKind.SCAN, scene=secret))
    followed.login.unionids["oa-other"] = "union-other"
    handle_push(followed, a_push(PushKind.SCAN, openid="oa-other", scene=secret))
    assert followed.stores.accounts.by_oa_openid("oa-other").posts() == frozenset()
    [(_, facts)] = followed.alerts.raised
    assert secret not in str(facts) and facts["reason"] == "invitation_used"


def test_who_leaves_is_noted_without_asking_wechat(world: World) -> None:
    world.login.failure = NotNow(Reason.WECHAT_AWAY)
    handle_push(world, a_push(PushKind.UNSUBSCRIBE, openid="oa-zhou"))
    assert person(world, "zhou").follows_oa is False


def test_while_wechat_cannot_tell_who_it_is_the_push_is_not_taken(followed: World) -> None:
    followed.login.failure = NotNow(Reason.WECHAT_AWAY)
    with refused(Reason.WECHAT_AWAY):
        handle_push(followed, a_push(PushKind.SUBSCRIBE))
    followed.login.failure = None
    handle_push(followed, a_push(PushKind.SUBSCRIBE))
    assert followed.stores.accounts.by_oa_openid("oa-new")


def test_an_old_unfollow_that_comes_late_does_not_undo_a_newer_follow(followed: World) -> None:
    follow, leave, back = (MONDAY + timedelta(minutes=n) for n in range(3))
    handle_push(followed, a_push(PushKind.SUBSCRIBE, at=follow, key="1"))
    handle_push(followed, a_push(PushKind.SUBSCRIBE, at=back, key="3"))
    handle_push(followed, a_push(PushKind.UNSUBSCRIBE, at=leave, key="2"))
    assert followed.stores.accounts.by_oa_openid("oa-new").follows_oa is True


def test_a_follow_that_is_repeated_late_does_not_undo_a_newer_unfollow(followed: World) -> None:
    first = a_push(PushKind.SUBSCRIBE)
    handle_push(followed, first)
    handle_push(followed, a_push(PushKind.UNSUBSCRIBE, at=MONDAY + timedelta(minutes=1)))
    handle_push(followed, first)
    assert followed.stores.accounts.by_oa_openid("oa-new").follows_oa is False


def test_each_accept_counts_once_and_a_refusal_not_at_all(world: World) -> None:
    push = a_push(PushKind.CONSENT, openid="mp-resident", choices=(("t1", True), ("t2", False)))
    handle_push(world, push)
    handle_push(world, push)
    assert world.stores.consents.get(consent_id("mp-resident", "t1")).left == 1
    assert world.stores.consents.get(consent_id("mp-resident", "t2")) is None


@pytest.mark.parametrize("client_first", [True, False])
def test_the_tap_and_its_push_are_one_accept_in_either_order(world: World, client_first: bool) -> None:
    push = a_push(PushKind.CONSENT, openid="mp-resident", choices=(("t1", True),))
    reports = [
        lambda: handle_push(world, push),
        lambda: report_accepted(world, "mp-resident", ["t1"], Report(Source.CLIENT, MONDAY, "tap-1")),
    ]
    for report in reversed(reports) if client_first else reports:
        report()
    assert world.stores.consents.get(consent_id("mp-resident", "t1")).left == 1


@pytest.mark.parametrize("passed", [True, False])
def test_the_verdict_on_a_picture_reaches_its_appeal(world: World, passed: bool) -> None:
    world.stores.uploads.add(Upload("p1", "resident", MONDAY, "image/jpeg", b"pixels", ""))
    appeal = submitted(world, photos=("p1",))
    push = a_push(PushKind.MEDIA_CHECKED, openid="mp-resident", trace_id="trace-1", passed=passed)
    handle_push(world, push)
    handle_push(world, push)
    assert fresh(world, appeal).state is (State.ASSIGNED if passed else State.SUBMITTED)


def test_a_template_message_that_did_not_arrive_alerts(world: World) -> None:
    for status in ("success", "failed:user block"):
        handle_push(world, a_push(PushKind.TEMPLATE_FINISHED, status=status, msgid="7"))
    assert world.alerts.raised == [("template_not_delivered", {"status": "failed:user block", "msgid": "7"})]


def test_what_we_do_not_know_changes_nothing(world: World) -> None:
    before = stored(world)
    handle_push(world, a_push(PushKind.OTHER))
    assert stored(world) == before and world.alerts.raised == []


@pytest.mark.parametrize("seed", range(20))
def test_repeated_and_shuffled_everything_ends_the_same(followed: World, seed: int) -> None:
    secret = invite(followed, "roads", Role.STAFF)
    followed.stores.uploads.add(Upload("p1", "resident", MONDAY, "image/jpeg", b"pixels", ""))
    appeal = submitted(followed, photos=("p1",))
    pushes = [
        a_push(PushKind.SUBSCRIBE, scene=secret),
        a_push(PushKind.SCAN, scene=secret, at=MONDAY + timedelta(seconds=1)),
        a_push(PushKind.CONSENT, openid="mp-resident", choices=(("t1", True),)),
        a_push(PushKind.MEDIA_CHECKED, openid="mp-resident", trace_id="trace-1", passed=True),
        a_push(PushKind.TEMPLATE_FINISHED, status="success"),
        a_push(PushKind.OTHER),
    ] * 3
    random.Random(seed).shuffle(pushes)
    for push in pushes:
        handle_push(followed, push)
    account = followed.stores.accounts.by_oa_openid("oa-new")
    assert account.posts() == {"roads"} and account.follows_oa and len(account.bindings) == 1
    assert followed.stores.consents.get(consent_id("mp-resident", "t1")).left == 1
    assert [n.recipient.id for n in fresh(followed, appeal).notifications] == ["education", "aide"]
    assert followed.alerts.raised == []
