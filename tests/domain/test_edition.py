"""From one edition of a roster to the next: order, groups, holders, and what cannot stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.edition import (
    Edition,
    Fault,
    added,
    changed,
    corrected,
    faults_of,
    moved,
    ordered,
    settled,
    succeeded,
    with_groups,
)
from app.domain.errors import NotFound, Reason
from app.domain.roster import Official, Roster, Tenure
from tests.domain.factories import PATIENT, refused

GROUPS = ("市领导", "县区", "部门")


def a_roster(**changes: Any) -> Roster:
    return replace(Roster("city", "名册", "亳州市", "三天内联系", GROUPS), **changes)


def someone(id: str, group: str = "部门", **changes: Any) -> Official:
    plain = Official(id, "city", group, 0, f"姓名{id}", "局长", "某局", ("路灯",), "15400000000")
    return replace(plain, **changes)


def an_edition(**ids: str) -> Edition:
    """`an_edition(a="市领导", b="部门")`, in that order."""
    return settled(a_roster(), [someone(id, group) for id, group in ids.items()])


SEVEN = {"a": "市领导", "b": "市领导", "c": "县区", "d": "部门", "e": "部门", "f": "部门", "g": "部门"}


def order(edition: Edition) -> str:
    return "".join(edition.order)


def is_settled(edition: Edition) -> bool:
    places = [edition.roster.groups.index(one.group) for one in edition.officials]
    positions = [one.position for one in edition.officials]
    return positions == list(range(1, len(positions) + 1)) and places == sorted(places)


def test_positions_run_from_one_and_groups_stand_together() -> None:
    edition = an_edition(x="部门", y="市领导", z="部门", w="县区")
    assert order(edition) == "ywxz"
    assert is_settled(edition)


@pytest.mark.parametrize(
    ("id", "position", "expected"),
    [
        ("g", 4, "abcgdef"),
        ("d", 6, "abcefdg"),
        ("d", 7, "abcefgd"),
        ("d", 99, "abcefgd"),
        ("g", 1, "abcgdef"),
        ("a", 7, "bacdefg"),
        ("a", 2, "bacdefg"),
        ("c", 1, "abcdefg"),
        ("e", 5, "abcdefg"),
        ("b", -3, "bacdefg"),
    ],
)
def test_moving_goes_as_near_as_the_group_reaches(id: str, position: int, expected: str) -> None:
    edition = moved(an_edition(**SEVEN), id, position)
    assert order(edition) == expected
    assert is_settled(edition)


def test_a_new_order_of_a_group_leaves_the_others_where_they_are() -> None:
    edition = an_edition(**SEVEN)
    assert order(ordered(edition, ["g", "f", "e", "d"])) == "abcgfed"
    assert order(ordered(edition, ["f", "d"])) == "abcfedg"
    assert order(ordered(edition, list("gfedcba"))) == "bacgfed"
    with refused(Reason.NO_SUCH_OFFICIAL):
        ordered(edition, ["g", "nobody"])
    with refused(Reason.BAD_REQUEST):
        ordered(edition, ["g", "f", "g"])


def test_who_is_new_or_comes_from_another_group_is_the_last_there() -> None:
    edition = an_edition(**SEVEN)
    assert order(added(edition, someone("n", "市领导"))) == "abncdefg"
    assert order(changed(edition, someone("e", "县区"))) == "abcedfg"
    assert order(changed(edition, someone("d", "部门", name="新"))) == "abcdefg"
    with pytest.raises(NotFound):
        changed(edition, someone("nobody"))


def test_groups_are_renamed_reordered_added_and_taken_away() -> None:
    edition = with_groups(an_edition(**SEVEN), [("部门", "市直部门"), ("", "企业"), ("市领导", "市领导")])
    assert edition.roster.groups == ("市直部门", "企业", "市领导")
    assert order(edition) == "defgabc"
    assert [one.group for one in edition.officials] == ["市直部门"] * 4 + ["市领导"] * 2 + ["县区"]
    assert [(fault.official_id, fault.fault, fault.about) for fault in faults_of(edition)] == [
        ("c", Fault.NO_SUCH_GROUP, "县区")
    ]


def test_names_of_groups_can_change_places() -> None:
    edition = with_groups(an_edition(**SEVEN), [("部门", "县区"), ("县区", "部门"), ("市领导", "市领导")])
    assert [(one.id, one.group) for one in edition.officials][:4] == [(id, "县区") for id in "defg"]
    assert edition.official("c").group == "部门"


def test_what_contradicts_itself_is_found() -> None:
    edition = an_edition(a="市领导", b="部门", c="部门")
    assert faults_of(edition) == []
    one, two, three = edition.officials
    wrong = Edition(
        replace(edition.roster, groups=("市领导", "市领导")),
        (replace(one, superior_id="b"), replace(two, superior_id="a"), replace(three, superior_id="x"), three),
    )
    found = {(fault.official_id, fault.fault) for fault in faults_of(wrong)}
    assert found == {
        ("", Fault.SAME_GROUP),
        ("c", Fault.SAME_ID),
        ("a", Fault.OWN_SUPERIOR),
        ("b", Fault.OWN_SUPERIOR),
        ("b", Fault.NO_SUCH_GROUP),
        ("c", Fault.NO_SUCH_GROUP),
        ("c", Fault.NO_SUCH_SUPERIOR),
    }
    assert [fault.fault for fault in faults_of(Edition(a_roster(groups=()), ()))] == [Fault.NO_GROUPS]


def test_below_a_circle_nobody_is_his_own_superior() -> None:
    edition = an_edition(a="部门", b="部门", c="部门")
    above = {"a": "b", "b": "b", "c": "a"}
    officials = tuple(replace(one, superior_id=above[one.id]) for one in edition.officials)
    found = [fault.official_id for fault in faults_of(Edition(edition.roster, officials))]
    assert found == ["b"]


DAY = date(2026, 3, 10)


def test_a_successor_begins_the_day_after_the_predecessor_ended() -> None:
    post = succeeded(someone("a", name="甲"), "乙", DAY)
    assert post.name == "乙"
    assert post.tenures == (Tenure("甲", None, date(2026, 3, 9)), Tenure("乙", DAY))
    third = succeeded(post, "丙", date(2026, 4, 1))
    assert third.tenures[1:] == (Tenure("乙", DAY, date(2026, 3, 31)), Tenure("丙", date(2026, 4, 1)))
    for day in (DAY, date(2026, 3, 9)):
        with refused(Reason.BAD_TENURE):
            succeeded(post, "丙", day)


def test_a_correction_is_no_new_holder() -> None:
    post = succeeded(someone("a", name="甲"), "乙", DAY)
    later = corrected(post, "乙一", date(2026, 3, 12))
    assert later.name == "乙一"
    assert later.tenures == (Tenure("甲", None, date(2026, 3, 11)), Tenure("乙一", date(2026, 3, 12)))
    assert corrected(post, "乙", DAY) == post
    assert corrected(someone("a", name="甲"), "甲一", None).tenures == (Tenure("甲一"),)
    with refused(Reason.BAD_TENURE):
        corrected(post, "乙", None)
    third = succeeded(post, "丙", date(2026, 4, 1))
    with refused(Reason.BAD_TENURE):
        corrected(third, "丙", DAY)


@pytest.mark.parametrize(
    ("day", "name"),
    [("2020-01-01", "甲"), ("2026-03-09", "甲"), ("2026-03-10", "乙"), ("2026-03-31", "乙"), ("2026-04-01", "丙")],
)
def test_a_day_belongs_to_who_held_the_post(day: str, name: str) -> None:
    post = succeeded(succeeded(someone("a", name="甲"), "乙", DAY), "丙", date(2026, 4, 1))
    assert post.tenure_on(date.fromisoformat(day)).name == name
    assert post.tenure.name == "丙"


def test_before_the_first_recorded_day_the_first_holder_counts() -> None:
    post = someone("a", name="甲", tenures=(Tenure("甲", DAY),))
    assert post.tenure_on(date(2026, 1, 1)) == Tenure("甲", DAY)
    assert someone("a", name="甲").tenure_on(DAY) == someone("a", name="甲").tenure == Tenure("甲")


EDITS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from("abcdefg"), st.integers(-2, 12)),
    st.tuples(st.just("group"), st.sampled_from("abcdefg"), st.sampled_from(GROUPS)),
    st.tuples(st.just("order"), st.permutations("abcdefg"), st.integers(0, 7)),
    st.tuples(st.just("groups"), st.permutations(GROUPS), st.none()),
)


@PATIENT
@given(st.lists(EDITS, max_size=15))
def test_whatever_is_done_the_edition_stays_settled_and_whole(edits: list[Any]) -> None:
    edition = an_edition(**SEVEN)
    for what, which, where in edits:
        if what == "move":
            edition = moved(edition, which, where)
        elif what == "group":
            edition = changed(edition, replace(edition.official(which), group=where))
        elif what == "order":
            edition = ordered(edition, which[:where])
        else:
            edition = with_groups(edition, [(group, group) for group in which])
        assert is_settled(edition)
        assert sorted(edition.order) == list("abcdefg")
        assert faults_of(edition) == []
