"""Deadlines in people's words (look.md), and cursors."""

from __future__ import annotations

import base64
import string
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadline import Deadline, DeadlineKind, promise_deadline, push, set_deadline
from app.domain.errors import InvalidInput, Reason
from app.domain.notification import Role
from app.domain.redaction import masked
from app.domain.workday import BEIJING, Span, Unit
from app.services.appeals.reading import Reading
from app.services.calendars import chinese_calendar
from app.web.cursors import read_cursor, write_cursor
from app.web.presenters.appeals import AppealPresenter
from app.web.presenters.deadlines import present_deadline, urgency, what_is_left
from tests.web.city import OFFICIAL_BODIES, City

CALENDAR = chinese_calendar()


def beijing(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING).astimezone(UTC)


def deadline(kind: DeadlineKind, amount: int, unit: Unit, start: str) -> Deadline:
    return set_deadline(kind, Span(amount, unit), beijing(start), CALENDAR)


def explained(due: Deadline) -> str:
    return str(present_deadline(due, due.started_at, CALENDAR)["explanation"])


LEFT = [
    # look.md's example: Friday; Tuesday evening is two workdays away
    ("2026-11-20 10:00", "2026-11-24 18:00", "还剩 2 个工作日（11月24日 18:00 前）"),
    ("2026-11-23 18:30", "2026-11-24 18:00", "还剩 1 个工作日（11月24日 18:00 前）"),
    ("2026-11-24 00:01", "2026-11-24 18:00", "还剩 17 小时（11月24日 18:00 前）"),
    ("2026-11-24 16:59", "2026-11-24 18:00", "还剩 1 小时（11月24日 18:00 前）"),
    ("2026-11-24 17:15", "2026-11-24 18:00", "还剩 45 分钟（11月24日 18:00 前）"),
    ("2026-11-24 18:00", "2026-11-24 18:00", "还剩 1 分钟（11月24日 18:00 前）"),
    ("2026-11-21 09:00", "2026-11-22 18:00", "还剩 1 天（11月22日 18:00 前）"),  # a weekend has no workday
    ("2026-02-13 09:00", "2026-02-14 18:00", "还剩 1 个工作日（2月14日 18:00 前）"),  # a Saturday that is worked
    ("2026-11-24 18:01", "2026-11-24 18:00", "已逾期 1 分钟（11月24日 18:00 到期）"),
    ("2026-11-24 21:00", "2026-11-24 18:00", "已逾期 3 小时（11月24日 18:00 到期）"),
    ("2026-11-27 10:00", "2026-11-24 18:00", "已逾期 2 天（11月24日 18:00 到期）"),
]


@pytest.mark.parametrize(("now", "due", "words"), LEFT)
def test_what_is_left(now: str, due: str, words: str) -> None:
    assert what_is_left(beijing(due), beijing(now), CALENDAR) == words


URGENCIES = [
    ("2026-11-24 18:01", "2026-11-24 18:00", "late"),
    ("2026-11-24 18:00", "2026-11-24 18:00", "today"),
    ("2026-11-24 00:00", "2026-11-24 18:00", "today"),
    ("2026-11-23 23:59", "2026-11-24 18:00", "soon"),
    ("2026-11-23 00:00", "2026-11-24 18:00", "soon"),
    ("2026-11-20 23:59", "2026-11-24 18:00", "later"),  # Friday: Monday and Tuesday are two
    ("2026-11-20 10:00", "2026-11-23 18:00", "soon"),  # Friday: Monday is the next workday
    ("2026-11-20 10:00", "2026-11-21 18:00", "soon"),  # three calendar days may end on a Saturday
    ("2026-11-19 10:00", "2026-11-21 18:00", "soon"),  # Thursday: one workday is left, and no more on Saturday
    ("2026-11-18 10:00", "2026-11-21 18:00", "later"),
    ("2026-11-21 09:00", "2026-11-22 18:00", "soon"),  # a weekend, no workday left
    ("2026-02-13 09:00", "2026-02-14 18:00", "soon"),  # a Saturday that is worked
    ("2026-02-14 09:00", "2026-02-24 18:00", "soon"),  # nothing but the spring festival lies between
    ("2026-02-13 09:00", "2026-02-24 18:00", "later"),
    ("2026-11-23 23:30", "2026-11-24 01:30", "soon"),  # two hours over midnight
    ("2026-11-20 23:30", "2026-11-21 01:30", "soon"),
]


@pytest.mark.parametrize(("now", "due", "said"), URGENCIES)
def test_how_near_it_is(now: str, due: str, said: str) -> None:
    assert urgency(beijing(due), beijing(now), CALENDAR) == said


@given(st.integers(0, 60 * 24 * 60), st.integers(0, 24 * 60))
def test_what_ends_within_a_day_is_never_later(start: int, minutes: int) -> None:
    """So a clock in hours needs no rule of its own."""
    now = beijing("2026-01-20 00:00") + timedelta(minutes=start)
    assert urgency(now + timedelta(minutes=minutes), now, CALENDAR) != "later"


@pytest.mark.parametrize("day", range(2, 12))
def test_the_inbox_has_the_same_sections(day: int) -> None:
    """What a card calls 明天到期 must not stand under 以后: the word and the section are cut in the same place."""
    city = City()
    city.world.clock.set(beijing("2026-03-02 10:00"))
    for _ in range(7):
        city.submit(kind="consultation")
        city.world.clock.advance(days=1)
    city.world.clock.set(beijing(f"2026-03-{day:02} 12:00"))
    zhou = city.login("zhou")
    for section in ("late", "today", "soon", "later"):
        found = zhou.get(f"/api/official/inbox?filter={section}").json["items"]
        assert {item["urgency"] for item in found} <= {section}
        assert {item["overdue"] for item in found} <= {section == "late"}
    assert len(zhou.get("/api/official/inbox").json["items"]) == 7


def test_what_is_closed_is_not_urgent_and_what_waits_for_an_answer_is(city: City) -> None:
    appeal = city.submit()
    assert (appeal["urgency"], [deadline["urgency"] for deadline in appeal["deadlines"]]) == ("later", ["later"] * 2)
    gone = city.act("resident", appeal, "withdraw")
    assert (gone["urgency"], gone["left"], gone["deadlines"]) == (None, "", [])
    answered = city.answered()
    assert answered["urgency"] == "later", "the rating's clock is counted too"


def test_a_clock_that_stands_still_is_not_late(city: City) -> None:
    """The answer's clock is given back what it waited, so that while it waits nothing is overdue."""
    city.world.clock.set(beijing("2026-03-02 10:00"))
    appeal = city.submit(kind="consultation")
    city.act("zhou", appeal, "sign")
    city.world.clock.set(beijing("2026-03-05 10:00"))
    city.act("zhou", appeal, "request_supplement", OFFICIAL_BODIES["request_supplement"])
    city.world.clock.set(beijing("2026-03-06 10:00"))  # the third workday ended yesterday at six
    shown = city.login("resident").get(f"/api/appeals/{appeal['id']}").json
    assert (shown["state"], shown["overdue"], shown["urgency"]) == ("awaiting_resident", False, "later")
    answer = next(deadline for deadline in shown["deadlines"] if deadline["kind"] == "answer")
    assert (answer["overdue"], answer["urgency"], answer["left"]) == (False, None, "等候补充期间暂停计时")
    assert answer["explanation"].startswith("3月2日交办")


EXPLAINED = [
    # look.md's example: 11月20日 is a Friday
    (
        deadline(DeadlineKind.ANSWER, 3, Unit.WORKDAYS, "2026-11-20 10:00"),
        "11月20日交办，次日起算，跳过周末 2 天，共 3 个工作日，到 11月25日 18:00",
    ),
    (
        deadline(DeadlineKind.CONTACT, 3, Unit.DAYS, "2026-11-20 10:00"),
        "11月20日交办，次日起算，共 3 天，到 11月23日 18:00",
    ),
    (  # 调休: Saturday 02-14 is worked
        deadline(DeadlineKind.REVIEW, 1, Unit.WORKDAYS, "2026-02-13 15:00"),
        "2月13日提交审核，次日起算，含调休上班的周末 1 天，共 1 个工作日，到 2月14日 18:00",
    ),
    (  # the spring festival lies between
        deadline(DeadlineKind.ANSWER, 3, Unit.WORKDAYS, "2026-02-13 15:00"),
        "2月13日交办，次日起算，跳过周末 3 天，跳过节假日 6 天，含调休上班的周末 1 天，共 3 个工作日，到 2月25日 18:00",
    ),
    (
        deadline(DeadlineKind.CONTACT, 2, Unit.HOURS, "2026-11-20 23:30"),
        "11月20日 23:30 交办，共 2 小时，到 11月21日 01:30",
    ),
    (
        push(deadline(DeadlineKind.ANSWER, 3, Unit.WORKDAYS, "2026-11-23 10:00"), 2, CALENDAR),
        "11月23日交办，次日起算，跳过周末 2 天，共 3 个工作日，另加延期或等候 2 个工作日，到 11月30日 18:00",
    ),
    (
        promise_deadline(beijing("2026-11-20 10:00"), beijing("2026-11-20 18:00")),
        "11月20日 10:00 承诺，共 8 小时，到 11月20日 18:00",
    ),
]


@pytest.mark.parametrize(("due", "words"), EXPLAINED)
def test_how_it_was_computed(due: Deadline, words: str) -> None:
    assert explained(due) == words


def test_a_year_that_is_not_published_warns() -> None:
    due = deadline(DeadlineKind.ANSWER, 10, Unit.WORKDAYS, "2039-11-20 10:00")
    shown = present_deadline(due, due.started_at, CALENDAR)
    assert shown["provisional"] is True
    assert "放假安排尚未公布" in shown["explanation"]


@pytest.mark.parametrize("hours", [2, 24])
def test_a_clock_in_hours_is_counted_in_hours(hours: int) -> None:
    """Urgent: two hours from 23:30 on a Monday are two hours, no workday, though midnight lies between."""
    due = deadline(DeadlineKind.CONTACT, hours, Unit.HOURS, "2026-11-23 23:30")
    left = present_deadline(due, due.started_at, CALENDAR)["left"]
    assert "工作日" not in left
    assert left.startswith({2: "还剩 2 小时（11月24日 01:30 前）", 24: "还剩"}[hours])


def test_the_words_reach_the_resident(city: City) -> None:
    city.world.clock.set(beijing("2026-11-20 10:00"))
    appeal = city.submit(kind="consultation")
    contact, answer = appeal["deadlines"]
    assert (contact["label"], answer["label"]) == ("联系期限", "答复期限")
    assert appeal["left"] == contact["left"] == "还剩 1 个工作日（11月23日 18:00 前）"
    assert answer["explanation"].startswith("11月20日交办，次日起算，跳过周末 2 天，共 3 个工作日")
    city.world.clock.set(beijing("2026-11-23 18:01"))
    late = city.login("resident").get(f"/api/appeals/{appeal['id']}").json
    assert (late["overdue"], late["left"]) == (True, "已逾期 1 分钟（11月23日 18:00 到期）")


def test_a_promise_is_shown_and_does_not_count(city: City) -> None:
    appeal = city.submit()
    promised = "2026-03-02T18:00:00+08:00"
    after = city.act("zhou", appeal, "quick_reply", {"template": "meeting", "promised_at": promised})
    assert [deadline["kind"] for deadline in after["deadlines"]] == ["promise", "contact", "answer"]
    assert after["due_at"] == appeal["due_at"]
    assert after["deadlines"][0]["due_at"] == "2026-03-02T10:00:00.000Z"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13800138000", "138****8000"), ("", ""), ("110", "***"), ("1234567", "*******")],
)
def test_masks(phone: str, shown: str) -> None:
    assert masked(phone) == shown


MOMENTS = st.integers(0, 2200 * 365 * 86_400_000 // 10).map(
    lambda milliseconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
)
CODES = st.text(string.ascii_letters + string.digits + "-", min_size=1, max_size=20)


@given(MOMENTS, CODES)
def test_a_cursor_comes_back_as_it_went(moment: datetime, code: str) -> None:
    cursor = write_cursor((moment, code))
    assert cursor is not None and set(cursor) <= set(string.ascii_letters + string.digits + "-_")
    assert read_cursor(cursor) == (moment, code)
    assert write_cursor(None) is None and read_cursor("") is None


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


GARBAGE = (
    "x",
    "AAAA",
    "é",
    "\0",
    "-1",
    "null",
    "0",
    "[]",
    "../..",
    *map(encoded, (":", "1:", ":C1", "-1:C1", "1:C1 C2", "1:$ne", "1:C\n", "1.5:C", "١:C", "9" * 15 + ":C")),
    encoded("1:" + "C" * 33),
)


@pytest.mark.parametrize("cursor", GARBAGE)
def test_what_we_did_not_give_out_is_refused(city: City, cursor: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_cursor(cursor)
    assert refused.value.reason is Reason.BAD_CURSOR
    for who, path in (("resident", "/api/appeals"), ("zhou", "/api/official/inbox")):
        answer = city.login(who).get(path, query_string={"cursor": cursor})
        assert (answer.status_code, answer.json["code"]) == (422, "bad_cursor")


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_cursors(text: str) -> None:
    for cursor in (text, encoded(text.encode("utf-8", "replace").decode())):
        try:
            read = read_cursor(cursor)
        except InvalidInput:
            continue
        assert read is None or read[0] < datetime.now(UTC) + timedelta(days=365 * 4000)


@pytest.mark.parametrize("part", list(Role))
def test_who_neither_wrote_nor_handles_it_reads_masked_numbers(city: City, part: Role) -> None:
    stored = city.world.stores.appeals.get(city.submit(body="请打 13911112222")["id"])
    presenter = AppealPresenter(CALENDAR, city.world.stores.officials.get, str)
    for in_person in (True, False):
        shown = presenter.detail(Reading(stored, part, (), city.world.clock.now(), in_person))
        assert ("13911112222" in shown["body"]) is (in_person or part is Role.RESIDENT)
