"""The way into the console: password, then a code; five mistakes; sessions that end with their cause."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyotp
import pytest

from app.domain.errors import Conflict, NotLoggedIn, NotNow, NotPermitted, Reason, Refusal
from app.domain.office_session import CODE_WITHIN, LASTS, SEEN_EVERY, Client
from app.domain.officer import FAILURES_BEFORE_LOCK, Duty, Officer, OfficeRole
from app.domain.settings import CitySettings
from app.services.officers.access import (
    SignedIn,
    add_officer,
    authenticate_officer,
    begin_login,
    finish_login,
    log_in_officer,
    log_out_officer,
    set_password,
    signed_in,
)
from app.services.officers.own_account import confirm_totp, offer_totp
from app.services.officers.signing_in import tried
from app.services.ports.settings import FixedSettings
from app.services.world import World
from tests.services.factories import a_world
from tests.services.races import at_once, meanwhile

PASSWORD = "correct horse battery"
FROM = Client("10.21.3.77", "Mozilla/5.0 Chrome/120.0 Edg/120.0")


@pytest.fixture
def officer(world: World) -> Officer:
    return add_officer(world, "li", "李督查", (OfficeRole.SUPERVISOR,), PASSWORD, "801", "市委督查室")


def enter(world: World, **more: Any) -> SignedIn:
    return signed_in(world, log_in_officer(world, "li", PASSWORD, **more).token)


def enrolled(world: World) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    """The app on the phone of an officer who has just enrolled, and the recovery codes; half a minute later."""
    who = enter(world)
    app = pyotp.TOTP(offer_totp(world, who.officer, PASSWORD).secret)
    codes = confirm_totp(world, signed_again(world, who), app.at(world.clock.now()))
    world.clock.advance(timedelta(seconds=30))
    return app, codes


def signed_again(world: World, who: SignedIn) -> SignedIn:
    """As the next request would find the officer."""
    fresh = world.stores.officers.get(who.officer.id)
    assert fresh is not None
    return SignedIn(fresh, who.session)


def refused(reason: Reason, kind: type[Refusal], act: Any, *args: Any, **more: Any) -> Refusal:
    with pytest.raises(kind) as caught:
        act(*args, **more)
    assert caught.value.reason is reason
    return caught.value


def wrong_password(world: World, times: int = 1) -> None:
    for _ in range(times):
        refused(Reason.WRONG_PASSWORD, NotLoggedIn, log_in_officer, world, "li", "guess")


def test_a_login_knows_where_it_came_from_and_little_of_it(world: World, officer: Officer) -> None:
    session = enter(world, client=FROM).session
    assert (session.address, session.browser) == ("10.21.3.*", "Edge")
    assert session.expires_at == world.clock.now() + LASTS
    assert "77" not in repr(session.address) and session.officer_id == officer.id


def test_the_token_is_kept_as_a_hash_only(world: World, officer: Officer) -> None:
    token = log_in_officer(world, "li", PASSWORD).token
    assert token not in str(world.stores.office_sessions.kept)


def test_a_session_ends_after_twelve_hours(world: World, officer: Officer) -> None:
    token = log_in_officer(world, "li", PASSWORD).token
    world.clock.advance(LASTS - timedelta(seconds=1))
    assert authenticate_officer(world, token).id == officer.id
    world.clock.advance(timedelta(seconds=1))
    refused(Reason.NOT_LOGGED_IN, NotLoggedIn, authenticate_officer, world, token)


@pytest.mark.parametrize("token", ["", "made up"])
def test_what_is_no_token_opens_nothing(world: World, officer: Officer, token: str) -> None:
    refused(Reason.NOT_LOGGED_IN, NotLoggedIn, authenticate_officer, world, token)
    log_out_officer(world, token)


def test_logging_out_ends_this_session_alone(world: World, officer: Officer) -> None:
    one, two = (log_in_officer(world, "li", PASSWORD).token for _ in range(2))
    log_out_officer(world, one)
    refused(Reason.NOT_LOGGED_IN, NotLoggedIn, authenticate_officer, world, one)
    assert authenticate_officer(world, two).id == officer.id


def test_the_last_use_is_written_down_every_five_minutes_at_most(world: World, officer: Officer) -> None:
    token, sessions = log_in_officer(world, "li", PASSWORD).token, world.stores.office_sessions
    began = world.clock.now()
    world.clock.advance(SEEN_EVERY - timedelta(seconds=1))
    signed_in(world, token)
    assert [session.seen_at for session in sessions.newest(9)] == [began]
    world.clock.advance(timedelta(seconds=1))
    signed_in(world, token)
    assert [session.seen_at for session in sessions.newest(9)] == [began + SEEN_EVERY]


def test_a_session_that_is_ended_at_this_moment_is_not_written_back(world: World, officer: Officer) -> None:
    token, sessions = log_in_officer(world, "li", PASSWORD).token, world.stores.office_sessions
    world.clock.advance(SEEN_EVERY)
    sessions.before_write = lambda session: sessions.end([session.id])
    signed_in(world, token)
    assert sessions.newest(9) == []


def test_wrong_names_and_wrong_passwords_are_told_alike(world: World, officer: Officer) -> None:
    wrong_password(world)
    refused(Reason.WRONG_PASSWORD, NotLoggedIn, log_in_officer, world, "nobody", PASSWORD)


def test_five_mistakes_lock_for_a_quarter_of_an_hour_and_somebody_is_told(world: World, officer: Officer) -> None:
    wrong_password(world, 4)
    assert enter(world), "four are forgiven"
    wrong_password(world, 5)
    locked = refused(Reason.LOCKED_OUT, NotNow, log_in_officer, world, "li", PASSWORD)
    assert locked.detail["retry_after"] == 15 * 60 + 1
    assert world.alerts.raised == [("officer_locked_out", {"officer": officer.id})]
    world.clock.advance(minutes=15)
    assert enter(world)


def test_an_account_with_a_second_factor_needs_it(world: World, officer: Officer) -> None:
    app, _ = enrolled(world)
    refused(Reason.TOTP_NEEDED, NotLoggedIn, log_in_officer, world, "li", PASSWORD)
    refused(Reason.TOTP_NEEDED, NotLoggedIn, log_in_officer, world, "li", PASSWORD, code="  ")
    refused(Reason.WRONG_PASSWORD, NotLoggedIn, log_in_officer, world, "li", "guess", code=app.at(world.clock.now()))
    assert enter(world, code=app.at(world.clock.now())).officer.id == officer.id


def test_a_code_serves_once_and_may_be_a_step_off(world: World, officer: Officer) -> None:
    app, _ = enrolled(world)
    world.clock.advance(minutes=5)
    now = world.clock.now()
    for off in (-60, 60):
        code = app.at(now + timedelta(seconds=off))
        refused(Reason.WRONG_CODE, NotLoggedIn, log_in_officer, world, "li", PASSWORD, code=code)
    assert enter(world, code=app.at(now - timedelta(seconds=30)))
    assert enter(world, code=f" {app.at(now)[:3]} {app.at(now)[3:]} ")
    for used in (app.at(now), app.at(now - timedelta(seconds=30))):
        refused(Reason.WRONG_CODE, NotLoggedIn, log_in_officer, world, "li", PASSWORD, code=used)
    assert enter(world, code=app.at(now + timedelta(seconds=30)))


def test_full_width_digits_are_digits(world: World, officer: Officer) -> None:
    app, _ = enrolled(world)
    wide = app.at(world.clock.now()).translate({ord("0") + n: ord("\uff10") + n for n in range(10)})
    assert enter(world, code=wide)


def test_of_two_who_send_one_code_at_once_one_gets_in(world: World, officer: Officer) -> None:
    app, _ = enrolled(world)
    code = app.at(world.clock.now())
    meanwhile(world.stores.officers, lambda: log_in_officer(world, "li", PASSWORD, code=code))
    refused(Reason.WRONG_CODE, NotLoggedIn, log_in_officer, world, "li", PASSWORD, code=code)
    assert len(world.stores.office_sessions.newest(9)) == 2, "the one that enrolled, and the faster one"


def test_a_recovery_code_serves_once_however_it_is_typed_and_is_on_the_log(world: World, officer: Officer) -> None:
    _, codes = enrolled(world)
    assert len(set(codes)) == 10
    kept = world.stores.officers.get(officer.id)
    assert kept is not None and kept.totp is not None
    assert not any(code in repr(kept.totp.recovery) or code.replace("-", "") in repr(kept.totp) for code in codes)
    assert enter(world, code=codes[3].lower().replace("-", " "))
    refused(Reason.WRONG_CODE, NotLoggedIn, log_in_officer, world, "li", PASSWORD, code=codes[3])
    assert enter(world, code=codes[4])
    acts = [entry.act for entry in world.stores.audit_log.since(0, 99)]
    assert acts.count("use_recovery_code") == 2


def test_of_a_dozen_guesses_at_once_no_more_than_five_are_looked_at(world: World, officer: Officer) -> None:
    looked_at: list[str] = []

    def guess(password: str) -> Any:
        return lambda: tried(world, officer, lambda: bool(looked_at.append(password)))

    outcomes = at_once(*(guess(f"guess {number}") for number in range(12)))
    assert len(looked_at) == FAILURES_BEFORE_LOCK
    assert all(outcome is False or isinstance(outcome, (NotNow, Conflict)) for outcome in outcomes)
    refused(Reason.LOCKED_OUT, NotNow, log_in_officer, world, "li", PASSWORD)


def test_a_right_password_takes_back_its_own_attempt_and_no_other(world: World, officer: Officer) -> None:
    for _ in range(3):
        assert not tried(world, officer, lambda: False)
    assert tried(world, officer, lambda: True)
    after = world.stores.officers.get(officer.id)
    assert after is not None and after.failures == 3
    assert enter(world).officer.failures == 0, "whoever is in has shown who it is"


def test_logins_right_and_wrong_stand_on_the_log_with_their_place(world: World, officer: Officer) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        refused(Reason.WRONG_PASSWORD, NotLoggedIn, log_in_officer, world, "li", "guess", client=FROM)
    world.clock.advance(timedelta(minutes=16))
    enter(world, client=FROM)
    refused(Reason.WRONG_PASSWORD, NotLoggedIn, log_in_officer, world, "nobody", "guess")
    told = [(entry.act, entry.subject, entry.detail) for entry in world.stores.audit_log.since(0, 99)]
    failed = ("log_in_failed", "li", "10.21.3.* Edge")
    assert told == [*[failed] * FAILURES_BEFORE_LOCK, ("locked_out", "li", ""), ("log_in", "li", "10.21.3.* Edge")]


def test_wrong_codes_lock_as_wrong_passwords_do(world: World, officer: Officer) -> None:
    app, _ = enrolled(world)
    wrong_password(world, 2)
    for _ in range(3):
        refused(Reason.WRONG_CODE, NotLoggedIn, log_in_officer, world, "li", PASSWORD, code="000000")
    refused(Reason.LOCKED_OUT, NotNow, log_in_officer, world, "li", PASSWORD, code=app.at(world.clock.now()))


def test_a_right_password_without_a_code_forgives_nothing(world: World, officer: Officer) -> None:
    """Else whoever knows the password could try codes for ever."""
    enrolled(world)
    for _ in range(5):
        token = begin_login(world, "li", PASSWORD).token
        refused(Reason.WRONG_CODE, NotLoggedIn, finish_login, world, token, "000000")
    refused(Reason.LOCKED_OUT, NotNow, begin_login, world, "li", PASSWORD)


def test_two_steps_the_second_under_a_new_token(world: World, officer: Officer) -> None:
    app, _ = enrolled(world)
    first = begin_login(world, "li", PASSWORD, FROM)
    assert first.needs_code
    refused(Reason.NOT_LOGGED_IN, NotLoggedIn, authenticate_officer, world, first.token)
    second = finish_login(world, first.token, app.at(world.clock.now()), FROM)
    assert not second.needs_code and second.token != first.token
    assert authenticate_officer(world, second.token).id == officer.id
    refused(Reason.NOT_LOGGED_IN, NotLoggedIn, finish_login, world, first.token, "000000")
    refused(Reason.NOT_LOGGED_IN, NotLoggedIn, finish_login, world, second.token, "000000")


def test_the_second_step_comes_within_five_minutes(world: World, officer: Officer) -> None:
    app, _ = enrolled(world)
    token = begin_login(world, "li", PASSWORD).token
    world.clock.advance(CODE_WITHIN)
    refused(Reason.NOT_LOGGED_IN, NotLoggedIn, finish_login, world, token, app.at(world.clock.now()))


def test_without_a_second_factor_one_step_is_enough(world: World, officer: Officer) -> None:
    login = begin_login(world, "li", PASSWORD)
    assert not login.needs_code and authenticate_officer(world, login.token).id == officer.id


def test_a_login_that_a_new_password_overtakes_is_none(world: World, officer: Officer) -> None:
    """The old password was right when it was checked; the session must not outlive it."""
    meanwhile(world.stores.office_sessions, lambda: set_password(world, officer, "another password 9"))
    token = log_in_officer(world, "li", PASSWORD).token
    refused(Reason.NOT_LOGGED_IN, NotLoggedIn, authenticate_officer, world, token)


def test_a_new_password_may_come_before_the_session_is_even_made(world: World, officer: Officer) -> None:
    wrong_password(world)  # so that the right one has something to write
    meanwhile(world.stores.officers, lambda: set_password(world, officer, "another password 9"))
    refused(Reason.NOT_LOGGED_IN, NotLoggedIn, log_in_officer, world, "li", PASSWORD)
    assert world.stores.office_sessions.newest(9) == []


def test_a_role_that_must_have_a_second_factor_does_nothing_before(world: World, officer: Officer) -> None:
    strict: Any = a_world(
        stores=world.stores, settings=FixedSettings(CitySettings(totp_required=(OfficeRole.SUPERVISOR,)))
    )
    login = log_in_officer(strict, "li", PASSWORD)
    assert signed_in(strict, login.token).duties == (Duty.ENROL_TOTP,)
    refused(Reason.TOTP_TO_ENROL, NotPermitted, authenticate_officer, strict, login.token)
    app, _ = enrolled(strict)
    code = app.at(strict.clock.now())
    assert authenticate_officer(strict, log_in_officer(strict, "li", PASSWORD, code).token).id == officer.id
