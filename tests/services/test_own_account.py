"""What officers do with their own account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest

from app.domain.errors import InvalidInput, NotLoggedIn, NotNow, NotPermitted, Reason, RuleBroken
from app.domain.officer import Officer, OfficeRole
from app.domain.second_factor import OFFERED_FOR
from app.domain.settings import CitySettings
from app.services.officers.access import (
    SignedIn,
    add_officer,
    authenticate_officer,
    begin_login,
    log_in_officer,
    signed_in,
)
from app.services.officers.audit import broken_at
from app.services.officers.own_account import (
    change_password,
    confirm_totp,
    drop_totp,
    offer_totp,
    offered_totp,
    renew_recovery_codes,
)
from app.services.officers.sessions import all_sessions, end_other_sessions, end_session, my_sessions
from app.services.ports.settings import FixedSettings
from app.services.world import World
from tests.services.factories import a_world

PASSWORD, ANOTHER = "correct horse battery", "每天早上七点到市民广场走一圈"


@pytest.fixture
def officer(world: World) -> Officer:
    return add_officer(world, "li", "李督查", (OfficeRole.SUPERVISOR,), PASSWORD, "801", "市委督查室")


def enter(world: World, username: str = "li", **more: Any) -> tuple[str, SignedIn]:
    token = log_in_officer(world, username, more.pop("password", PASSWORD), **more).token
    return token, signed_in(world, token)


def again(world: World, token: str) -> SignedIn:
    return signed_in(world, token)


def fields_of(act: Any, *args: Any) -> Any:
    with pytest.raises(InvalidInput) as caught:
        act(*args)
    return caught.value.detail["fields"]


def enrol(world: World, token: str) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    app = pyotp.TOTP(offer_totp(world, again(world, token).officer, PASSWORD).secret)
    codes = confirm_totp(world, again(world, token), app.at(world.clock.now()))
    world.clock.advance(timedelta(seconds=30))
    return app, codes


def acts(world: World) -> list[str]:
    assert broken_at(world) is None
    acts = [entry.act for entry in world.stores.audit_log.since(0, 99)]
    return [act for act in acts if act not in {"log_in", "log_in_failed"}]


def test_a_new_password_ends_every_other_session(world: World, officer: Officer) -> None:
    elsewhere, _ = enter(world)
    token, who = enter(world)
    change_password(world, who, PASSWORD, ANOTHER)
    assert authenticate_officer(world, token).id == officer.id
    assert [session.id for session in world.stores.office_sessions.newest(9)] == [who.session.id]
    with pytest.raises(NotLoggedIn):
        authenticate_officer(world, elsewhere)
    with pytest.raises(NotLoggedIn):
        log_in_officer(world, "li", PASSWORD)
    assert enter(world, password=ANOTHER)
    assert acts(world) == ["change_password"]


def test_a_bad_password_is_refused_beside_its_field_and_nothing_changes(world: World, officer: Officer) -> None:
    _, who = enter(world)
    assert fields_of(change_password, world, who, PASSWORD, "short") == {
        "password": ["至少 12 个字符；一句好记的话也可以"]
    }
    assert fields_of(change_password, world, who, PASSWORD, PASSWORD) == {"password": ["不能与现在的密码相同"]}
    assert fields_of(change_password, world, who, "guess", ANOTHER) == {"old": ["现在的密码不正确"]}
    assert enter(world) and acts(world) == []


def test_guessing_the_old_password_locks_the_account(world: World, officer: Officer) -> None:
    _, who = enter(world)
    for _ in range(5):
        fields_of(change_password, world, who, "guess", ANOTHER)
    with pytest.raises(NotNow):
        change_password(world, who, PASSWORD, ANOTHER)
    with pytest.raises(NotNow):
        offer_totp(world, who.officer, PASSWORD)


def test_what_is_offered_counts_after_its_first_code(world: World, officer: Officer) -> None:
    token, who = enter(world)
    elsewhere, _ = enter(world)
    offer = offer_totp(world, who.officer, PASSWORD)
    assert offer.uri.startswith("otpauth://totp/") and offer.secret in offer.uri and "li" in offer.uri
    assert offer.qr.startswith("data:image/svg+xml")
    assert offered_totp(world, again(world, token).officer) == offer
    assert enter(world), "nobody is asked for a code yet"
    assert fields_of(confirm_totp, world, again(world, token), "000000").keys() == {"code"}

    app = pyotp.TOTP(offer.secret)
    codes = confirm_totp(world, again(world, token), app.at(world.clock.now()))
    assert len(codes) == 10
    assert again(world, token).officer.totp_offer is None
    with pytest.raises(NotLoggedIn):
        authenticate_officer(world, elsewhere)
    with pytest.raises(NotLoggedIn) as caught:
        log_in_officer(world, "li", PASSWORD, app.at(world.clock.now()))
    assert caught.value.reason is Reason.WRONG_CODE, "the code that confirmed it is used up"
    assert acts(world) == ["enrol_totp"]


def test_an_offer_waits_a_quarter_of_an_hour(world: World, officer: Officer) -> None:
    token, who = enter(world)
    app = pyotp.TOTP(offer_totp(world, who.officer, PASSWORD).secret)
    world.clock.advance(OFFERED_FOR)
    assert offered_totp(world, again(world, token).officer) is None
    with pytest.raises(RuleBroken) as caught:
        confirm_totp(world, again(world, token), app.at(world.clock.now()))
    assert caught.value.reason is Reason.TOTP_NOT_OFFERED


def test_an_offer_needs_the_password(world: World, officer: Officer) -> None:
    _, who = enter(world)
    assert fields_of(offer_totp, world, who.officer, "guess") == {"password": ["现在的密码不正确"]}


def test_a_new_phone_takes_the_place_of_the_old_one_once_it_has_proved_itself(world: World, officer: Officer) -> None:
    token, _ = enter(world)
    old, _ = enrol(world, token)
    new = pyotp.TOTP(offer_totp(world, again(world, token).officer, PASSWORD).secret)
    assert enter(world, code=old.at(world.clock.now())), "the old one serves until then"
    confirm_totp(world, again(world, token), new.at(world.clock.now()))
    world.clock.advance(timedelta(seconds=30))
    assert enter(world, code=new.at(world.clock.now()))
    world.clock.advance(timedelta(seconds=30))
    with pytest.raises(NotLoggedIn):
        enter(world, code=old.at(world.clock.now()))


def test_new_recovery_codes_for_a_code(world: World, officer: Officer) -> None:
    token, _ = enter(world)
    app, old = enrol(world, token)
    assert fields_of(renew_recovery_codes, world, again(world, token).officer, "000000").keys() == {"code"}
    new = renew_recovery_codes(world, again(world, token).officer, app.at(world.clock.now()))
    assert not set(old) & set(new)
    with pytest.raises(NotLoggedIn):
        enter(world, code=old[0])
    assert enter(world, code=new[0])


def test_the_second_factor_may_be_dropped_where_no_role_needs_it(world: World, officer: Officer) -> None:
    token, _ = enter(world)
    app, _ = enrol(world, token)
    strict: Any = a_world(
        stores=world.stores,
        clock=world.clock,
        settings=FixedSettings(CitySettings(totp_required=(OfficeRole.SUPERVISOR,))),
    )
    with pytest.raises(NotPermitted):
        drop_totp(strict, again(world, token).officer, app.at(world.clock.now()))
    assert fields_of(drop_totp, world, again(world, token).officer, "123456").keys() == {"code"}
    drop_totp(world, again(world, token).officer, app.at(world.clock.now()))
    assert enter(world)


def test_ones_own_sessions_and_ending_the_others(world: World, officer: Officer) -> None:
    add_officer(world, "wang", "王", (OfficeRole.EDITOR,), PASSWORD)
    enter(world, "wang")
    elsewhere, _ = enter(world)
    world.clock.advance(minutes=10)
    token, who = enter(world)
    found = my_sessions(world, officer, who.session)
    assert [reading.is_mine for reading in found] == [True, False]
    assert end_other_sessions(world, officer, who.session) == 1
    assert end_other_sessions(world, officer, who.session) == 0
    with pytest.raises(NotLoggedIn):
        authenticate_officer(world, elsewhere)
    assert authenticate_officer(world, token) and acts(world) == ["end_session"]


def test_an_admin_sees_and_ends_everybodys(world: World, officer: Officer) -> None:
    admin = add_officer(world, "admin", "管理员", (OfficeRole.ADMIN,), PASSWORD)
    token, _ = enter(world)
    _, who = enter(world, "admin")
    listed = all_sessions(world, admin, who.session)
    assert sorted(reading.officer.username for reading in listed) == ["admin", "li"]
    theirs = next(reading.session for reading in listed if not reading.is_mine)
    end_session(world, admin, theirs.id)
    with pytest.raises(NotLoggedIn):
        authenticate_officer(world, token)


def test_nobody_else_ends_anybodys_nor_sees_them(world: World, officer: Officer) -> None:
    other = add_officer(world, "wang", "王", (OfficeRole.AUDITOR,), PASSWORD)
    _, who = enter(world)
    with pytest.raises(NotPermitted):
        all_sessions(world, officer, who.session)
    for session_id in (who.session.id, "none"):
        with pytest.raises(Exception) as caught:
            end_session(world, other, session_id)
        assert getattr(caught.value, "reason", None) is Reason.NO_SUCH_SESSION
    assert all_sessions(world, other, who.session)
    end_session(world, officer, who.session.id)


def test_what_is_void_or_waits_for_a_code_is_not_listed(world: World, officer: Officer) -> None:
    token, who = enter(world)
    enrol(world, token)
    begin_login(world, "li", PASSWORD)
    assert [reading.is_mine for reading in my_sessions(world, again(world, token).officer, who.session)] == [True]
    world.clock.advance(timedelta(hours=12))
    assert my_sessions(world, officer, who.session) == []
