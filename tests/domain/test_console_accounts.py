"""Passwords, second factors, sessions and lock-outs of console accounts: the pure rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.domain.office_session import SEEN_EVERY, OfficeSession, browser_name, short_address
from app.domain.officer import Duty, Officer, OfficeRole, signed_out, with_password
from app.domain.password import problems
from app.domain.second_factor import STEP_SECONDS, Totp, steps_near, use_recovery, use_step

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)


def an_officer(**changes: object) -> Officer:
    return replace(Officer("o", 1, "wang.li", "王丽", (OfficeRole.ADMIN,), "hash", NOW), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "password", ["correct horse battery", "每天早上七点到市民广场走一圈", "Tr0ub4dor&3xyz", "a1!b2@c3#d4$"]
)
def test_a_long_password_may_be_anything(password: str) -> None:
    assert problems(password, "wang.li", "王丽") == []


@pytest.mark.parametrize(
    ("password", "what"),
    [
        ("short pass1", "至少 12 个字符"),
        ("x1" * 65, "最多 128 个字符"),
        (" correct horse battery", "开头和结尾"),
        ("correct\thorse battery", "看不见的字符"),
        ("my name is WANG.LI ok", "账号名或姓名"),
        ("我叫王丽住在谯城区和平路", "账号名或姓名"),
        ("aaaaaaaaaaaaaa", "太容易猜到"),
        ("ababababababab", "太容易猜到"),
        ("123456789012345", "太容易猜到"),
        ("qwertyuiopasdf", "太容易猜到"),
        ("abcdefghijklmn", "太容易猜到"),
        ("987654321098", "太容易猜到"),
    ],
)
def test_what_is_wrong_with_a_password_is_said(password: str, what: str) -> None:
    found = problems(password, "wang.li", "王丽")
    assert any(what in sentence for sentence in found), found


def test_a_code_counts_in_its_half_minute_and_one_to_each_side() -> None:
    step = int(NOW.timestamp()) // STEP_SECONDS
    assert set(steps_near(NOW)) == {step - 1, step, step + 1}
    assert set(steps_near(NOW + timedelta(seconds=STEP_SECONDS))) == {step, step + 1, step + 2}


def test_a_used_step_and_every_earlier_one_are_used_up() -> None:
    fresh = Totp("secret", NOW)
    used = use_step(fresh, 100)
    assert used is not None
    assert use_step(used, 100) is None
    assert use_step(used, 99) is None
    assert use_step(used, 101) is not None


def test_a_recovery_code_serves_once() -> None:
    used = use_recovery(Totp("secret", NOW, recovery=("a", "b")), "a")
    assert used is not None and used.recovery == ("b",)
    assert use_recovery(used, "a") is None


def test_a_secret_never_stands_in_a_repr() -> None:
    assert "sesame" not in repr(an_officer(totp=Totp("sesame", NOW, recovery=("sesame",)), password="sesame"))


def test_what_has_to_be_done_first() -> None:
    admin = an_officer(one_time_until=NOW)
    assert admin.duties([OfficeRole.ADMIN]) == (Duty.CHANGE_PASSWORD, Duty.ENROL_TOTP)
    assert replace(admin, one_time_until=None).duties([OfficeRole.ADMIN]) == (Duty.ENROL_TOTP,)
    assert replace(admin, one_time_until=None).duties([OfficeRole.SUPERVISOR]) == ()
    assert an_officer(totp=Totp("s", NOW)).duties(list(OfficeRole)) == ()


def test_a_new_password_unlocks_and_ends_every_session() -> None:
    locked = an_officer(failures=5, last_failure_at=NOW)
    changed = with_password(locked, "another", NOW)
    assert changed.locked_until(NOW) is None and changed.era == locked.era + 1
    assert changed.one_time_until is None and changed.password_changed_at == NOW
    given = with_password(locked, "another", NOW, one_time=True)
    assert given.one_time_until == NOW + timedelta(days=7)
    assert signed_out(changed).era == changed.era + 1


def test_the_last_use_is_noted_every_five_minutes_at_most() -> None:
    session = OfficeSession("s", 1, "o", 0, NOW, NOW, NOW)
    assert not session.is_stale(NOW + SEEN_EVERY - timedelta(milliseconds=1))
    assert session.is_stale(NOW + SEEN_EVERY)


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("10.21.3.77", "10.21.3.*"),
        ("::ffff:10.21.3.77", "10.21.3.*"),
        ("2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002:*"),
        ("not an address", ""),
        ("", ""),
    ],
)
def test_of_an_address_the_office_is_kept_not_the_desk(address: str, short: str) -> None:
    assert short_address(address) == short


CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (CHROME, "Chrome"),
        (f"{CHROME} Edg/120.0", "Edge"),
        (f"{CHROME} QQBrowser/11.9", "QQ 浏览器"),
        ("Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/115.0", "Firefox"),
        ("Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 Version/17.0 Safari/605.1.15", "Safari"),
        ("curl/8.0", "其他程序"),
        ("", ""),
    ],
)
def test_of_a_browser_its_name_is_kept(agent: str, name: str) -> None:
    assert browser_name(agent) == name
