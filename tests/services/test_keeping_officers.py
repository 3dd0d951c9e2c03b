"""What admins do with the accounts of others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyotp
import pytest

from app.domain.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    NotLoggedIn,
    NotPermitted,
    Reason,
    RuleBroken,
)
from app.domain.officer import Duty, Officer, OfficeRole
from app.services.leases import hold
from app.services.officers.access import add_officer, authenticate_officer, log_in_officer, signed_in
from app.services.officers.audit import broken_at
from app.services.officers.keeping import (
    Details,
    all_officers,
    create_first_admin,
    create_officer,
    disable_officer,
    edit_officer,
    enable_officer,
    reset_password,
    reset_totp,
    unlock_officer,
)
from app.services.officers.own_account import change_password, confirm_totp, offer_totp
from app.services.world import World
from tests.services.races import Meeting, at_once, meanwhile

PASSWORD = "correct horse battery"
LI = Details("李接线", (OfficeRole.OPERATOR,), "805", "市 12345 热线")


@pytest.fixture
def admin(world: World) -> Officer:
    return add_officer(world, "admin", "管理员", (OfficeRole.ADMIN,), PASSWORD)


def fresh(world: World, officer: Officer) -> Officer:
    found = world.stores.officers.get(officer.id)
    assert found is not None
    return found


def fields_of(act: Any, *args: Any) -> Any:
    with pytest.raises(InvalidInput) as caught:
        act(*args)
    return caught.value.detail["fields"]


def made(world: World, admin: Officer, username: str = "li", **changes: Any) -> tuple[Officer, str]:
    """An operator who has changed the one-time password, and a token."""
    given = create_officer(world, admin, username, replace(LI, **changes))
    login = log_in_officer(world, username, given.password)
    change_password(world, signed_in(world, login.token), given.password, PASSWORD)
    return given.officer, login.token


def test_a_first_password_serves_only_to_be_changed(world: World, admin: Officer) -> None:
    given = create_officer(world, admin, " li ", LI)
    assert (given.officer.username, given.officer.number) == ("li", "805")
    assert given.password not in repr(given)
    token = log_in_officer(world, "li", given.password).token
    assert signed_in(world, token).duties == (Duty.CHANGE_PASSWORD,)
    with pytest.raises(NotPermitted) as caught:
        authenticate_officer(world, token)
    assert caught.value.reason is Reason.PASSWORD_TO_CHANGE
    change_password(world, signed_in(world, token), given.password, PASSWORD)
    assert authenticate_officer(world, token).id == given.officer.id


def test_a_first_password_waits_seven_days(world: World, admin: Officer) -> None:
    given = create_officer(world, admin, "li", LI)
    world.clock.advance(days=7)
    with pytest.raises(NotLoggedIn) as caught:
        log_in_officer(world, "li", given.password)
    assert caught.value.reason is Reason.ONE_TIME_OVER
    again = reset_password(world, admin, given.officer.id, "逾期未登录")
    assert log_in_officer(world, "li", again.password)


def test_two_first_passwords_differ(world: World, admin: Officer) -> None:
    one, two = create_officer(world, admin, "li", LI), create_officer(world, admin, "wang", replace(LI, number="806"))
    assert one.password != two.password and len(one.password) == 14


def test_every_mistake_is_told_beside_its_field(world: World, admin: Officer) -> None:
    wrong = Details(" ", (), "80 5", "长" * 41)
    assert fields_of(create_officer, world, admin, "Li", wrong).keys() == {
        "username",
        "name",
        "roles",
        "number",
        "unit",
    }
    assert fields_of(create_officer, world, admin, "li", replace(LI, number="")) == {"number": ["接线员必须有工号"]}
    assert create_officer(world, admin, "wang", Details("王", (OfficeRole.EDITOR,))), "an editor needs none"


def test_a_username_and_a_number_belong_to_one(world: World, admin: Officer) -> None:
    create_officer(world, admin, "li", LI)
    assert fields_of(create_officer, world, admin, "li", LI).keys() == {"username", "number"}
    wang = create_officer(world, admin, "wang", replace(LI, number="806")).officer
    assert fields_of(edit_officer, world, admin, wang.id, LI) == {"number": ["这个工号已有人使用"]}
    assert edit_officer(world, admin, wang.id, replace(LI, number="806", name="王芳")).name == "王芳"


def test_of_two_who_get_the_same_number_at_once_one_does(world: World, admin: Officer) -> None:
    world.stores.officers.before_write = Meeting()
    made = at_once(lambda: create_officer(world, admin, "li", LI), lambda: create_officer(world, admin, "wang", LI))
    refused = [one for one in made if isinstance(one, InvalidInput)]
    assert len(refused) == 1 and refused[0].detail["fields"] == {"number": ["这个工号已有人使用"]}


@pytest.mark.parametrize("role", [role for role in OfficeRole if role is not OfficeRole.ADMIN])
def test_only_admins_keep_accounts(world: World, admin: Officer, role: OfficeRole) -> None:
    somebody = add_officer(world, "li", "李", (role,), PASSWORD)
    acts: list[Any] = [
        lambda: create_officer(world, somebody, "wang", LI),
        lambda: edit_officer(world, somebody, admin.id, LI),
        lambda: disable_officer(world, somebody, admin.id, "x"),
        lambda: enable_officer(world, somebody, admin.id, "x"),
        lambda: unlock_officer(world, somebody, admin.id),
        lambda: reset_password(world, somebody, admin.id, "x"),
        lambda: reset_totp(world, somebody, admin.id, "x"),
    ]
    for act in acts:
        with pytest.raises(NotPermitted):
            act()
    if role is OfficeRole.AUDITOR:
        assert len(all_officers(world, somebody)) == 2
    else:
        with pytest.raises(NotPermitted):
            all_officers(world, somebody)
    assert world.stores.audit_log.last() is None


def test_other_roles_end_the_sessions_another_name_does_not(world: World, admin: Officer) -> None:
    officer, token = made(world, admin)
    edit_officer(world, admin, officer.id, replace(LI, name="李芳"))
    assert authenticate_officer(world, token).name == "李芳"
    edit_officer(world, admin, officer.id, replace(LI, name="李芳", roles=(OfficeRole.OPERATOR, OfficeRole.SUPERVISOR)))
    with pytest.raises(NotLoggedIn):
        authenticate_officer(world, token)
    with pytest.raises(InvalidInput) as caught:
        edit_officer(
            world, admin, officer.id, replace(LI, name="李芳", roles=(OfficeRole.SUPERVISOR, OfficeRole.OPERATOR))
        )
    assert caught.value.reason is Reason.NOTHING_TO_CHANGE, "the order of roles means nothing"


def test_a_disabled_account_is_out_and_comes_back_as_it_was(world: World, admin: Officer) -> None:
    officer, token = made(world, admin)
    assert fields_of(disable_officer, world, admin, officer.id, " ").keys() == {"reason"}
    disable_officer(world, admin, officer.id, "调离")
    for attempt in (lambda: authenticate_officer(world, token), lambda: log_in_officer(world, "li", PASSWORD)):
        with pytest.raises(NotLoggedIn):
            attempt()
    enable_officer(world, admin, officer.id, "调回")
    with pytest.raises(NotLoggedIn):
        authenticate_officer(world, token)
    assert log_in_officer(world, "li", PASSWORD)


def test_a_reset_password_ends_sessions_and_keeps_the_second_factor(world: World, admin: Officer) -> None:
    officer, token = made(world, admin)
    app = pyotp.TOTP(offer_totp(world, signed_in(world, token).officer, PASSWORD).secret)
    confirm_totp(world, signed_in(world, token), app.at(world.clock.now()))
    given = reset_password(world, admin, officer.id, "本人忘记，已当面核实")
    with pytest.raises(NotLoggedIn):
        authenticate_officer(world, token)
    with pytest.raises(NotLoggedIn) as caught:
        log_in_officer(world, "li", given.password)
    assert caught.value.reason is Reason.TOTP_NEEDED
    reset_totp(world, admin, officer.id, "手机遗失")
    assert log_in_officer(world, "li", given.password)


def test_locked_out_and_let_in_again(world: World, admin: Officer) -> None:
    officer, _ = made(world, admin)
    for _ in range(5):
        with pytest.raises(NotLoggedIn):
            log_in_officer(world, "li", "guess")
    unlock_officer(world, admin, officer.id)
    assert log_in_officer(world, "li", PASSWORD)


def test_ones_own_password_and_factor_are_no_admins_business(world: World, admin: Officer) -> None:
    for act in (reset_password, reset_totp):
        with pytest.raises(NotPermitted) as caught:
            act(world, admin, admin.id, "x")
        assert caught.value.reason is Reason.OWN_ACCOUNT


def test_every_deed_is_on_the_log_with_its_reason(world: World, admin: Officer) -> None:
    officer, _ = made(world, admin)
    disable_officer(world, admin, officer.id, "调离")
    disable_officer(world, admin, officer.id, "调离")  # nothing happens, nothing is written
    reset_password(world, admin, officer.id, "忘记")
    told = [(e.name, e.act, e.subject, e.detail) for e in world.stores.audit_log.since(0, 99)]
    assert told == [
        ("管理员", "create_officer", "li", "李接线 805 市 12345 热线 operator"),
        ("李接线", "log_in", "li", ""),
        ("李接线", "change_password", "li", ""),
        ("管理员", "disable_officer", "li", "调离"),
        ("管理员", "reset_password", "li", "忘记"),
    ]
    assert broken_at(world) is None


def test_the_last_admin_stays(world: World, admin: Officer) -> None:
    add_officer(world, "gone", "旧管理员", (OfficeRole.ADMIN,), PASSWORD)
    gone = world.stores.officers.by_username("gone")
    assert gone is not None
    disable_officer(world, admin, gone.id, "退休")
    for act in (
        lambda: disable_officer(world, admin, admin.id, "x"),
        lambda: edit_officer(world, admin, admin.id, Details("管理员", (OfficeRole.AUDITOR,))),
    ):
        with pytest.raises(RuleBroken) as caught:
            act()
        assert caught.value.reason is Reason.LAST_ADMIN
    enable_officer(world, admin, gone.id, "返聘")
    assert disable_officer(world, admin, admin.id, "交接").disabled_at


def test_two_admins_cannot_take_each_others_role_at_once(world: World, admin: Officer) -> None:
    other = add_officer(world, "other", "另一位", (OfficeRole.ADMIN,), PASSWORD)
    outcomes: list[Any] = []
    meanwhile(
        world.stores.officers, lambda: outcomes.extend(at_once(lambda: disable_officer(world, other, admin.id, "x")))
    )
    disable_officer(world, admin, other.id, "x")
    assert [getattr(outcome, "reason", None) for outcome in outcomes] == [Reason.BUSY]
    assert [officer.username for officer in world.stores.officers.all() if officer.is_acting_admin] == ["admin"]


def test_a_deed_waits_for_the_one_before(world: World, admin: Officer) -> None:
    officer, _ = made(world, admin)
    assert hold(world, "admins", "somebody else")
    with pytest.raises(Conflict) as caught:
        disable_officer(world, admin, officer.id, "x")
    assert caught.value.reason is Reason.BUSY
    assert fresh(world, officer).disabled_at is None


def test_a_first_admin_comes_from_the_command_line(world: World) -> None:
    given = create_first_admin(world, "admin", "管理员")
    assert given.officer.is_acting_admin and given.officer.one_time_until
    last = world.stores.audit_log.last()
    assert last is not None and (last.act, last.subject, last.detail) == ("create_officer", "admin", "命令行")
    assert fields_of(create_first_admin, world, "admin", "管理员").keys() == {"username"}


def test_nobody_is_nobody(world: World, admin: Officer) -> None:
    for act in (
        lambda: edit_officer(world, admin, "none", LI),
        lambda: disable_officer(world, admin, "none", "x"),
        lambda: reset_password(world, admin, "none", "x"),
    ):
        with pytest.raises(NotFound) as caught:
            act()
        assert caught.value.reason is Reason.NO_SUCH_OFFICER
