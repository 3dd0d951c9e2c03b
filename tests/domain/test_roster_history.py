"""A change of a roster: what it records, that it leads from one edition to the next, and taking it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.edition import Edition, added, changed, moved, ordered, settled, succeeded, with_groups
from app.domain.errors import Conflict, Reason
from app.domain.roster import Delegation, Tenure
from app.domain.roster_history import Act, RosterChange, Signature, applied, change_id, content, difference, own
from app.domain.roster_undo import ROSTER_PART, differences, roster_differences, undone
from app.domain.workday import Span, Unit
from tests.domain.factories import MONDAY, PATIENT, refused
from tests.domain.test_edition import GROUPS, SEVEN, an_edition, someone

BY = Signature(MONDAY, "editor", "王编辑", Act.EDIT_OFFICIAL, "更正")


def made(before: Edition | None, after: Edition) -> RosterChange:
    change = difference(before, after, BY)
    assert change is not None
    return change


def looks(edition: Edition) -> tuple[Any, ...]:
    """What an edition is, without book-keeping."""
    return own(edition.roster), [(content(one), one.position) for one in edition.officials]


def renamed(edition: Edition, id: str, name: str) -> Edition:
    return changed(edition, replace(edition.official(id), name=name))


def test_a_change_has_who_when_why_and_the_fields_before_and_after() -> None:
    before = an_edition(**SEVEN)
    change = made(before, changed(before, replace(before.official("d"), phone="15400000009", duties=("招生", "校车"))))
    assert (change.id, change.number, change.at, change.by, change.note) == (
        "city:00000002",
        2,
        MONDAY,
        "王编辑",
        "更正",
    )
    (revised,) = change.officials
    found = [(one.field, one.before, one.after) for one in differences(revised.before, revised.after)]
    assert found == [("duties", ("路灯",), ("招生", "校车")), ("phone", "15400000000", "15400000009")]
    assert (change.after, change.order_after, change.moved) == (None, (), ())


def test_nothing_changed_is_no_change_and_the_duty_calendar_is_none_of_it() -> None:
    before = an_edition(**SEVEN)
    assert difference(before, before, BY) is None
    on_duty = replace(
        before.official("a"), delegations=(Delegation("aide", date(2026, 3, 1), date(2026, 3, 2)),), version=9
    )
    assert difference(before, changed(before, on_duty), BY) is None
    stored_otherwise = Edition(replace(before.roster, revision=7), before.officials)
    assert difference(before, stored_otherwise, BY) is None


def test_positions_that_a_store_left_unsettled_are_put_right() -> None:
    before = an_edition(**SEVEN)
    loose = Edition(before.roster, tuple(replace(one, position=5) for one in before.officials))
    change = made(loose, settled(loose.roster, loose.officials))
    assert (change.officials, change.moved) == ((), ())
    assert looks(applied(change, loose)) == looks(before)


def test_who_was_moved_are_the_fewest_that_explain_the_order() -> None:
    before = an_edition(**SEVEN)
    assert made(before, moved(before, "g", 4)).moved == ("g",)
    assert made(before, moved(before, "d", 7)).moved == ("d",)
    assert len(made(before, ordered(before, list("gfed"))).moved) == 3
    change = made(before, moved(before, "g", 4))
    assert change.touched == ("g",)
    assert made(before, added(before, someone("n", "市领导"))).touched == ("n",)


def test_the_roster_is_told_field_by_field() -> None:
    before = an_edition(**SEVEN)
    deadlines = replace(before.roster.policy.deadlines, contact=Span(2, Unit.DAYS))
    roster = replace(before.roster, name="新名", policy=replace(before.roster.policy, deadlines=deadlines))
    change = made(before, settled(roster, before.officials))
    found = [(one.field, one.before, one.after) for one in roster_differences(change.before, change.after)]
    assert found == [("name", "名册", "新名"), ("policy.deadlines.contact", Span(3, Unit.DAYS), Span(2, Unit.DAYS))]
    assert (change.after.version, change.after.revision) == (1, 1)


def test_the_first_change_brings_the_roster_and_all_on_it() -> None:
    edition = an_edition(**SEVEN)
    change = made(None, edition)
    assert (change.number, change.id) == (1, change_id("city", 1))
    assert all(revised.before is None for revised in change.officials)
    assert looks(applied(change, None)) == looks(edition)


def test_applying_keeps_what_the_keepers_do_not_decide() -> None:
    before = an_edition(**SEVEN)
    change = made(before, renamed(before, "a", "新名"))
    duty = (Delegation("aide", date(2026, 3, 1), date(2026, 3, 2)),)
    meanwhile = changed(before, replace(before.official("a"), delegations=duty, version=8, change=3))
    after = applied(change, Edition(replace(meanwhile.roster, revision=6), meanwhile.officials))
    one = after.official("a")
    assert (one.name, one.delegations, one.version, one.change) == ("新名", duty, 8, 3)
    assert after.roster.revision == 6


EDITS = st.one_of(
    st.tuples(st.just("move"), st.sampled_from("abcdefg"), st.integers(1, 7)),
    st.tuples(st.just("group"), st.sampled_from("abcdefg"), st.sampled_from(GROUPS)),
    st.tuples(st.just("name"), st.sampled_from("abcdefg"), st.sampled_from(["甲", "乙"])),
    st.tuples(st.just("hide"), st.sampled_from("abcdefg"), st.booleans()),
    st.tuples(st.just("holder"), st.sampled_from("abcdefg"), st.integers(1, 20)),
    st.tuples(st.just("order"), st.permutations("abcdefg"), st.integers(0, 7)),
    st.tuples(st.just("groups"), st.permutations(GROUPS), st.sampled_from(["部门", "市直部门"])),
    st.tuples(st.just("words"), st.sampled_from(["三天", "两天"]), st.none()),
)


def edited(edition: Edition, edit: Any) -> Edition:
    what, which, how = edit
    match what:
        case "move":
            return moved(edition, which, how)
        case "group":
            group = how if how in edition.roster.groups else edition.roster.groups[0]
            return changed(edition, replace(edition.official(which), group=group))
        case "name":
            return renamed(edition, which, how)
        case "hide":
            return changed(edition, replace(edition.official(which), is_published=how))
        case "holder":
            first = edition.official(which).tenure.first
            since = date(2026, 3, how) if first is None else date.fromordinal(first.toordinal() + how)
            return changed(edition, succeeded(edition.official(which), f"新{how}", since))
        case "order":
            return ordered(edition, which[:how])
        case "groups":
            now = [group for group in which if group in edition.roster.groups]
            kept = now if len(now) == len(edition.roster.groups) else list(edition.roster.groups)
            return with_groups(edition, [(group, how if group in {"部门", "市直部门"} else group) for group in kept])
    return settled(replace(edition.roster, promise=which), edition.officials)


@PATIENT
@given(st.lists(EDITS, max_size=6), st.lists(EDITS, min_size=1, max_size=5))
def test_applying_a_change_leads_to_what_it_was_made_from_and_undoing_leads_back(first: Any, then: Any) -> None:
    before = an_edition(**SEVEN)
    for edit in first:
        before = edited(before, edit)
    after = before
    for edit in then:
        after = edited(after, edit)
    change = difference(before, after, BY)
    if change is None:
        assert looks(before) == looks(after)
        return
    assert looks(applied(change, before)) == looks(after)
    assert looks(applied(change, applied(change, before))) == looks(after), "again changes nothing"
    assert looks(undone(change, "", after)) == looks(before)


def test_undoing_is_refused_with_the_fields_that_somebody_changed_since() -> None:
    before = an_edition(**SEVEN)
    one = replace(before.official("a"), name="甲", post="主任", phone="15400000001")
    change = made(before, changed(before, one))
    after = applied(change, before)
    since = changed(after, replace(after.official("a"), phone="15400000002", email="a@example.cn"))
    with pytest.raises(Conflict) as caught:
        undone(change, "", since)
    assert (caught.value.reason, caught.value.detail) == (Reason.ROSTER_CHANGED, {"fields": ["phone"]})
    other = changed(after, replace(after.official("a"), email="a@example.cn"))
    back = undone(change, "a", other).official("a")
    assert (back.name, back.post, back.phone, back.email) == ("姓名a", "局长", "15400000000", "a@example.cn")


def test_a_part_is_undone_without_the_others() -> None:
    before = an_edition(**SEVEN)
    after = renamed(renamed(before, "a", "甲"), "b", "乙")
    after = settled(replace(after.roster, promise="两天"), after.officials)
    change = made(before, after)
    assert [one.name for one in undone(change, "a", after).officials][:2] == ["姓名a", "乙"]
    assert undone(change, "a", after).roster.promise == "两天"
    own_part = undone(change, ROSTER_PART, after)
    assert (own_part.roster.promise, own_part.official("a").name) == ("三天内联系", "甲")
    with refused(Reason.NO_SUCH_CHANGE):
        undone(change, "c", after)


def test_an_order_is_undone_while_it_stands() -> None:
    before = an_edition(**SEVEN)
    change = made(before, moved(before, "g", 4))
    after = applied(change, before)
    assert "".join(undone(change, "", added(after, someone("n"))).order) == "abcdefgn", "the new one stays where it is"
    assert "".join(undone(change, "g", after).order) == "abcdefg"
    for part in ("", "g"):
        with pytest.raises(Conflict) as caught:
            undone(change, part, moved(after, "g", 5))
        assert caught.value.detail == {"fields": ["position"]}


def test_who_came_with_the_change_is_unpublished_not_forgotten() -> None:
    before = an_edition(a="市领导")
    change = made(before, added(before, someone("n")))
    after = applied(change, before)
    back = undone(change, "", after)
    assert back.official("n").is_published is False
    assert back.official("a").is_published is True
    first = made(None, after)
    assert undone(first, "", after).roster.is_published is False


def test_a_holder_comes_back_with_the_tenures_of_before() -> None:
    before = an_edition(a="市领导")
    change = made(before, changed(before, succeeded(before.official("a"), "新", date(2026, 3, 2))))
    assert change.officials[0].changes_holder
    back = undone(change, "a", applied(change, before))
    assert back.official("a").tenures == (Tenure("姓名a"),)
    undoing = made(applied(change, before), back)
    assert undoing.officials[0].changes_holder, "and the post changes hands again"
    assert not made(before, renamed(before, "a", "甲")).officials[0].changes_holder
