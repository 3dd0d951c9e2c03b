"""The contracts of accounts, sessions, invitations, consents, calls, rosters and officials."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from app.domain.account import Invitation, Session
from app.domain.call import Call, CallOutcome
from app.domain.consent import Consent, Report, Source
from app.domain.notification import Role
from app.domain.organisation import Organisation
from app.domain.roster import Campaign, CourtesyHours, Operator, Policy, ServiceHours
from app.services.ports.basics import Duplicate
from app.services.world import Stores

from .samples import NOW, account, bound, hours, official, roster


def test_an_account_is_found_by_each_of_its_ids(stores: Stores) -> None:
    one = account(
        1, mp_openid="m", oa_openid="a", unionid="u", name="王", phone="138", organisation=Organisation("x", "y")
    )
    stores.accounts.add(one)
    stores.accounts.add(account(2))
    found = stores.accounts
    assert found.get("account-1") == found.by_mp_openid("m") == found.by_oa_openid("a") == found.by_unionid("u") == one
    assert found.get("x") is found.by_mp_openid("a") is found.by_oa_openid("u") is found.by_unionid("m") is None
    assert found.by_mp_openid("") is found.by_oa_openid("") is found.by_unionid("") is None


@pytest.mark.parametrize("taken", ["mp_openid", "oa_openid", "unionid"])
def test_an_openid_belongs_to_one_account(stores: Stores, taken: str) -> None:
    stores.accounts.add(account(1, **{taken: "x"}))
    stores.accounts.add(account(2))
    with pytest.raises(Duplicate):
        stores.accounts.add(account(3, **{taken: "x"}))
    with pytest.raises(Duplicate):
        stores.accounts.replace(account(2, version=2, **{taken: "x"}))
    assert stores.accounts.get("account-2") == account(2)
    assert stores.accounts.replace(account(1, version=2))
    stores.accounts.add(account(4, **{taken: "x"}))


def test_accounts_bound_to_posts_in_any_role(stores: Stores) -> None:
    chief, aide, both = bound(1, "o1"), bound(2, "o1", role=Role.STAFF), bound(3, "o2", "o3", role=Role.STAFF)
    for one in (both, aide, chief, account(4)):
        stores.accounts.add(one)
    assert list(stores.accounts.bound_to(["o1"])) == [chief, aide]
    assert list(stores.accounts.bound_to(["o3", "o1", "o2"])) == [chief, aide, both]
    assert list(stores.accounts.bound_to([])) == list(stores.accounts.bound_to(["o9"])) == []
    assert stores.accounts.replace(replace(chief, version=2, bindings=()))
    assert list(stores.accounts.bound_to(["o1"])) == [aide]


def test_sessions_end_together_or_by_time(stores: Stores) -> None:
    for number, (owner, hour) in enumerate([("a", 1), ("a", 2), ("b", 3), ("b", 4)]):
        stores.sessions.add(Session(f"s{number}", owner, NOW, hours(hour)))
    with pytest.raises(Duplicate):
        stores.sessions.add(Session("s0", "c", NOW, NOW))
    assert stores.sessions.forget_expired(hours(1) - timedelta(milliseconds=1)) == 0
    assert stores.sessions.forget_expired(hours(1)) == 1
    stores.sessions.end_all("a")
    assert [stores.sessions.get(f"s{number}") is not None for number in range(4)] == [False, False, True, True]
    assert stores.sessions.get("s2") == Session("s2", "b", NOW, hours(3))
    assert stores.sessions.forget_expired(hours(3.5)) == 1
    assert stores.sessions.forget_expired(hours(3.5)) == 0


def test_an_invitation_is_used_once(stores: Stores) -> None:
    one = Invitation("hash", "o1", Role.STAFF, NOW, hours(1))
    stores.invitations.add(one)
    with pytest.raises(Duplicate):
        stores.invitations.add(one)
    used = replace(one, version=2, used_by="account-1", used_at=hours(0.5))
    assert stores.invitations.replace(used)
    assert not stores.invitations.replace(replace(used, used_by="account-2"))
    assert stores.invitations.get("hash") == used
    assert stores.invitations.get("other") is None


def test_a_consent_ledger(stores: Stores) -> None:
    one = Consent("m:t", "m", "t")
    stores.consents.add(one)
    with pytest.raises(Duplicate):
        stores.consents.add(one)
    more = replace(one, version=2, left=3, unpaired=(Report(Source.EVENT, NOW, "k"),), seen=("k", "l"))
    assert stores.consents.replace(more)
    assert not stores.consents.replace(more)
    assert stores.consents.get("m:t") == more
    stores.consents.add(Consent("other:t", "other", "t"))
    assert stores.consents.forget_of("m") == 1
    assert stores.consents.get("m:t") is None
    assert stores.consents.get("other:t") is not None
    assert stores.consents.get("m:x") is None


def test_calls_newest_first(stores: Stores) -> None:
    calls = [Call(f"c{hour}", "a", "o1", CallOutcome.BUSY, hours(hour)) for hour in (2, 1, 3)]
    for call in calls:
        stores.calls.add(call)
    stores.calls.add(Call("other", "b", "o1", CallOutcome.BUSY, NOW))
    with pytest.raises(Duplicate):
        stores.calls.add(calls[0])
    assert [call.id for call in stores.calls.of_caller("a", "", None, 9)] == ["c3", "c2", "c1"]
    assert stores.calls.get("c2") == calls[0]
    assert stores.calls.get("c9") is None


def test_rosters_are_overwritten_by_slug(stores: Stores) -> None:
    policy = Policy(
        service_hours=ServiceHours(time(8), time(22)),
        courtesy_hours=CourtesyHours(time(0), time(6), "夜深了"),
        campaign=Campaign("防汛", date(2026, 6, 1), date(2026, 8, 31)),
        operators=(Operator("101", "李"),),
    )
    stores.rosters.put(roster("b"))
    stores.rosters.put(roster("a", policy=policy, published_on=date(2026, 1, 1)))
    stores.rosters.put(roster("c", is_published=False))
    stores.rosters.put(roster("b", name="新", revision=2))
    assert [(one.slug, one.name) for one in stores.rosters.all()] == [("a", "亳州"), ("b", "新"), ("c", "亳州")]
    assert stores.rosters.get("a") == roster("a", policy=policy, published_on=date(2026, 1, 1))
    assert stores.rosters.get("x") is None
    assert dict(stores.rosters.revisions()) == {"a": 1, "b": 2}


def test_officials_in_the_directorys_order(stores: Stores) -> None:
    stores.officials.put(official("o3", 1))
    stores.officials.put(official("o1", 3, is_published=False, superior_id="o3"))
    stores.officials.put(official("o2", 2))
    stores.officials.put(official("x", 1, roster="other"))
    stores.officials.put(official("o2", 4, version=2, name="新"))
    assert [one.id for one in stores.officials.of_roster("bozhou-81")] == ["o3", "o1", "o2"]
    assert stores.officials.get("o2") == official("o2", 4, version=2, name="新")
    assert stores.officials.get("o9") is None
    assert list(stores.officials.of_roster("none")) == []
