"""A person's own account: profile, export, erasure, and the Official Account's followers."""

from __future__ import annotations

import pytest

from app.domain.account import Account
from app.domain.appeal import Appeal, Resolution, Satisfaction, State
from app.domain.call import Call, CallOutcome
from app.domain.closing import rate
from app.domain.errors import Reason
from app.domain.evidence import reread
from app.domain.notification import Occasion, Role
from app.domain.organisation import ALPHABET, WEIGHTS, Organisation
from app.domain.oversight import propose_interview
from app.domain.supervision import InterviewReason
from app.services.appeals.acting import Scene, act_as_resident
from app.services.appeals.calls import record_call
from app.services.people.accounts import bind, follow, invite, is_phone, update_profile
from app.services.people.erasing import erase, export
from app.services.people.sessions import authenticate, log_in
from app.services.ports.appeals import Upload
from app.services.ports.wechat import Identity
from app.services.rosters.directory import Directory
from app.services.world import World
from tests.domain.factories import refused
from tests.services.factories import (
    SUPERVISOR,
    answer,
    assigned_by_supervisor,
    fresh,
    person,
    sign,
    submitted,
    subscribe,
    withdraw,
)
from tests.services.races import Meeting, at_once, meanwhile

STEM = "91341600MA2N0000X"
CREDIT_CODE = STEM + ALPHABET[-sum(ALPHABET.index(c) * w for c, w in zip(STEM, WEIGHTS, strict=True)) % 31]


def test_only_what_is_given_changes(world: World) -> None:
    firm = Organisation("示例公司", CREDIT_CODE)
    update_profile(world, person(world, "resident"), " 李明 ", None, None)
    update_profile(world, person(world, "resident"), None, "13800138000", None)
    update_profile(world, person(world, "resident"), None, None, firm)
    kept = person(world, "resident")
    assert (kept.name, kept.phone, kept.organisation, kept.version) == ("李明", "13800138000", firm, 4)


def test_an_empty_text_takes_back_what_was_told(world: World) -> None:
    update_profile(world, person(world, "resident"), "李明", "13800138000", None)
    kept = update_profile(world, person(world, "resident"), "", "", None)
    assert (kept.name, kept.phone) == ("", "")


def test_a_change_of_nothing_is_refused(world: World) -> None:
    with refused(Reason.NOTHING_TO_CHANGE):
        update_profile(world, person(world, "resident"), None, None, None)


@pytest.mark.parametrize("wrong", [CREDIT_CODE[:-1], CREDIT_CODE[:-2] + CREDIT_CODE[:-3:-1], CREDIT_CODE.lower(), ""])
def test_a_credit_code_whose_check_character_is_wrong_is_refused(world: World, wrong: str) -> None:
    with refused(Reason.BAD_CREDIT_CODE):
        update_profile(world, person(world, "resident"), None, None, Organisation("示例公司", wrong))
    assert person(world, "resident").organisation is None


def test_two_changes_at_once_lose_neither(world: World) -> None:
    resident = person(world, "resident")
    world.stores.accounts.before_write = Meeting()
    at_once(
        lambda: update_profile(world, resident, "李明", None, None),
        lambda: update_profile(world, resident, None, "13800138000", None),
    )
    assert (person(world, "resident").name, person(world, "resident").phone) == ("李明", "13800138000")


def picture(world: World, id: str) -> str:
    world.stores.uploads.add(Upload(id, "resident", world.clock.now(), "image/jpeg", b"x", "t"))
    return id


def content(appeal: Appeal, scene: Scene) -> Appeal:
    return rate(appeal, Resolution.RESOLVED, Satisfaction.SATISFIED, scene.by, scene.terms, scene.now, "李明远谢谢")


def test_the_export_holds_everything_however_many_pages(world: World) -> None:
    mine = {submitted(world).code for _ in range(205)}
    submitted(world, by="neighbour")
    call = record_call(world, Directory(world), person(world, "resident"), "roads", CallOutcome.BUSY, "k")
    appeals, calls = export(world, person(world, "resident"))
    assert {appeal.code for appeal in appeals} == mine and len(appeals) == len(mine)
    assert calls == [call]


def erased(world: World) -> Account:
    erase(world, person(world, "resident"))
    return person(world, "resident")


def test_erasure_forgets_who_it_was_and_keeps_what_the_city_did(world: World) -> None:
    update_profile(world, person(world, "resident"), "李明", "13800138000", Organisation("示例公司", CREDIT_CODE))
    appeal = submitted(world, phone="13800138000", place="幸福小区 3 栋")
    withdraw(world, "resident", appeal)
    account = erased(world)
    told = (account.mp_openid, account.oa_openid, account.unionid, account.name, account.phone, account.organisation)
    assert not any(told) and account.erased_at == world.clock.now()
    kept = fresh(world, appeal)
    assert (kept.phone, kept.place, kept.title) == ("", "", appeal.title)


def test_the_export_stops_at_no_number_of_calls(world: World) -> None:
    for number in range(503):
        world.stores.calls.add(Call(f"c{number}", "resident", "roads", CallOutcome.BUSY, world.clock.now()))
    world.stores.calls.add(Call("other", "neighbour", "roads", CallOutcome.BUSY, world.clock.now()))
    _, calls = export(world, person(world, "resident"))
    assert len({call.id for call in calls}) == len(calls) == 503


def kept_of(world: World, appeal: Appeal) -> str:
    """Everything that is stored of the appeal, in one text."""
    return repr(fresh(world, appeal))


def test_what_stays_of_an_erased_person_says_neither_name_nor_number(world: World) -> None:
    update_profile(world, person(world, "resident"), "李明远", "138 0013 8000", None)
    appeal = submitted(
        world,
        phone="+86 138-0013-8000",
        title="李明远反映路灯不亮",
        body="我是李明远，电话13800138000，家里 0558-5123456，身份证 34160019800101123X，请找市城管局 0558-5600000。",
        photos=(picture(world, "p1"),),
    )
    sign(world, "zhou", assigned_by_supervisor(world, appeal, "education"))
    told = "已与李明远（138 0013 8000）联系，请他拨打 0558-5123456 以外的热线 0558-5900000。"
    answer(world, "zhou", appeal, text=told)
    act_as_resident(world, person(world, "resident"), appeal.id, "r", content)
    picture(world, "unused")
    erased(world)
    left = kept_of(world, appeal)
    for trace in ("李明远", "138", "5123456", "34160019800101123X", "p1"):
        assert trace not in left, trace
    assert "某某反映路灯不亮" in left and "已与某某（****）联系" in left
    assert "0558-5900000" in left, "what the official says of offices stays"
    assert not world.stores.uploads.kept, "pictures go, those that were never sent too"
    assert fresh(world, appeal).state is State.CONCLUDED, "the record of what the city did stays"


def test_frozen_evidence_stays_as_it_was_frozen(world: World) -> None:
    update_profile(world, person(world, "resident"), "李明远", None, None)
    appeal = submitted(world, body="李明远家门口路灯不亮")
    answer(world, "zhou", sign(world, "zhou", appeal), text="李明远同志，路灯已修好。")
    act_as_resident(world, person(world, "resident"), appeal.id, "r", content)
    suggested = propose_interview(
        fresh(world, appeal), InterviewReason.PERFUNCTORY, "已核实", SUPERVISOR, world.clock.now()
    )
    world.stores.appeals.kept[appeal.id] = suggested
    erased(world)
    assert reread(fresh(world, appeal).interviews[0]).matches


def test_an_erasure_that_was_interrupted_is_finished_by_the_next(world: World) -> None:
    update_profile(world, person(world, "resident"), "李明远", None, None)
    closed = [withdraw(world, "resident", submitted(world, title=f"李明远第 {n} 件")) for n in range(3)]

    def crash(_: object) -> None:
        world.stores.accounts.before_write = None
        raise KeyboardInterrupt

    world.stores.accounts.before_write = crash
    with pytest.raises(KeyboardInterrupt):
        erased(world)
    assert person(world, "resident").name == "李明远", "by the name it is found what is left to hide"
    erased(world)
    assert not any("李明远" in kept_of(world, one) for one in closed)


def test_erasure_ends_every_session_and_the_next_login_is_somebody_new(world: World) -> None:
    world.login.codes = {code: Identity("mp-resident") for code in "123"}
    tokens = [log_in(world, code).token for code in "12"]
    erased(world)
    for token in tokens:
        with refused(Reason.NOT_LOGGED_IN):
            authenticate(world, token)
    assert not world.stores.sessions.kept
    assert log_in(world, "3").account.id != "resident"


def test_after_erasure_the_openid_stands_nowhere_not_even_in_the_consent_ledger(world: World) -> None:
    subscribe(world, "mp-resident", Occasion.ANSWERED)
    erased(world)
    assert "mp-resident" not in str(world.stores.accounts.kept)
    assert "mp-resident" not in str(world.stores.consents.kept)


def test_an_open_appeal_has_to_be_withdrawn_first(world: World) -> None:
    appeal = submitted(world)
    with refused(Reason.OPEN_APPEALS) as caught:
        erased(world)
    assert caught.value.detail == {"appeals": [appeal.code]}
    assert person(world, "resident").mp_openid == "mp-resident"


def test_an_answered_appeal_is_still_open_until_it_is_concluded(world: World) -> None:
    answer(world, "zhou", sign(world, "zhou", submitted(world)))
    with refused(Reason.OPEN_APPEALS):
        erased(world)


@pytest.mark.parametrize("who", ["zhou", "aide"])
def test_who_is_bound_to_a_post_cannot_be_erased(world: World, who: str) -> None:
    with refused(Reason.STILL_BOUND):
        erase(world, person(world, who))


def test_who_is_bound_while_being_erased_is_not(world: World) -> None:
    """The check and the erasure are one decision."""
    secret = invite(world, "roads", Role.STAFF)
    resident = person(world, "resident")
    meanwhile(world.stores.accounts, lambda: bind(world, resident, secret))
    with refused(Reason.STILL_BOUND):
        erase(world, resident)
    assert person(world, "resident").posts(Role.STAFF) == {"roads"}


def test_a_new_follower_becomes_an_account_and_stays_the_same(world: World) -> None:
    one = follow(world, "oa-new", "union-1", follows=True)
    assert follow(world, "oa-new", "union-1", follows=True) == one
    assert (one.oa_openid, one.unionid, one.follows_oa, one.mp_openid) == ("oa-new", "union-1", True, "")


def test_a_follower_who_uses_the_mini_program_is_joined_by_unionid(world: World) -> None:
    world.login.codes = {"1": Identity("mp-new", "union-1")}
    account = log_in(world, "1").account
    joined = follow(world, "oa-new", "union-1", follows=True)
    assert joined.id == account.id and (joined.mp_openid, joined.oa_openid) == ("mp-new", "oa-new")


def test_who_leaves_is_noted_and_may_come_back(world: World) -> None:
    assert follow(world, "oa-zhou", "", follows=False).follows_oa is False
    assert follow(world, "oa-zhou", "", follows=True).follows_oa is True
    assert person(world, "zhou").posts() == {"education"}


@pytest.mark.parametrize(("unionid", "follows"), [("", True), ("union-1", False), ("", False)])
def test_of_whom_nothing_is_known_no_account_is_made(world: World, unionid: str, follows: bool) -> None:
    before = dict(world.stores.accounts.kept)
    assert follow(world, "oa-new", unionid, follows) is None
    assert world.stores.accounts.kept == before


def test_the_same_new_follower_twice_at_once_is_one_account(world: World) -> None:
    before = set(world.stores.accounts.kept)
    world.stores.accounts.before_write = Meeting()
    at_once(*[lambda: follow(world, "oa-new", "union-1", follows=True)] * 2)
    assert len(set(world.stores.accounts.kept) - before) == 1


@pytest.mark.parametrize(
    ("text", "right"),
    [("13800138000", True), ("0558-0000101", True), ("+86 138 0013 8000", True), ("12345", False), ("拨打", False)],
)
def test_what_a_phone_number_looks_like(text: str, right: bool) -> None:
    assert is_phone(text) is right
    assert not is_phone(f"{text}；转 2")
