"""Perfunctory answers: the same words for everybody, or hardly any; flagged, decided by a person, never punished."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.appeal import Answer, AnswerOutcome, State
from app.domain.errors import Reason
from app.domain.notification import Role
from app.domain.perfunctory import (
    AnswerSeen,
    Flag,
    FlagDecision,
    FlagReason,
    answers_behind,
    answers_of,
    decide,
    joined,
    normal_form,
    same_text_flag,
    short_flag,
    text_hash,
)
from app.domain.timeline import Actor

from .factories import MONDAY, PATIENT, an_appeal, refused

STOCK = "您反映的问题已收悉，我单位高度重视，将尽快处理，感谢您的关注。"


@pytest.mark.parametrize(
    "same",
    [
        "您反映的问题已收悉,我单位高度重视,将尽快处理,感谢您的关注.",
        " 您反映的 问题已收悉 ！\n我单位高度重视；将尽快处理……感谢您的关注",
        "您反映的问题（20260302-7K4M2P）已收悉，我单位高度重视，将尽快处理，感谢您的关注。",
        "1．您反映的问题已收悉，２．我单位高度重视，③将尽快处理，感谢您的关注。",
        "您反\u200b映的问\ufeff题已收悉，我单位高度重视，将尽快处理，感谢您的关注😀",
        "您反映的问题ＳＱ００４２已收悉，我单位高度重视，将尽快处理（0558-5550123），感谢您的关注。",
    ],
)
def test_the_same_words_in_other_clothes_are_the_same(same):
    assert normal_form(same) == normal_form(STOCK)


@pytest.mark.parametrize(
    "other",
    ["您反映的问题未收悉，我单位高度重视，将尽快处理，感谢您的关注。", STOCK + "张先生", "路灯已于三月二日修好。"],
)
def test_other_words_are_others(other):
    assert text_hash(normal_form(other)) != text_hash(normal_form(STOCK))


def test_latin_words_stay_and_widths_and_cases_are_folded():
    assert normal_form("请加ＱＱ群 abc-def") == normal_form("请加qq群ABCDEF") == "请加qq群abcdef"


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30)


@PATIENT
@given(HAN, st.sampled_from([" ", "，", "\n", "７", "…", "\u200b", "(A-12)", "😀"]))
def test_nothing_between_the_words_matters(text, between):
    assert normal_form(between.join(["", *text, ""])) == normal_form(text) == text


@PATIENT
@given(st.text())
def test_the_normal_form_holds_letters_only(text):
    assert not any(character.isspace() or character.isdigit() or character == "_" for character in normal_form(text))


def seen(number: int, day: float = 0, text: str = STOCK, official: str = "education") -> AnswerSeen:
    normal = normal_form(text)
    return AnswerSeen(f"a{number}", 1, official, at(day), len(normal), text_hash(normal))


def at(day: float) -> datetime:
    return MONDAY + timedelta(days=day)


def same(answer: AnswerSeen, *others: AnswerSeen, known: tuple[Flag, ...] = ()) -> tuple[str, ...]:
    flag = same_text_flag(answer, others, known, "bozhou-81", at(200))
    return flag.appeal_ids if flag else ()


def test_three_appeals_with_the_same_text_make_a_flag_and_two_do_not():
    assert same(seen(2, 1), seen(1)) == ()
    assert same(seen(3, 2), seen(1), seen(2, 1)) == ("a1", "a2", "a3")
    flag = same_text_flag(seen(3, 2), [seen(1), seen(2, 1), seen(3, 2)], (), "bozhou-81", at(3))
    assert flag is not None
    assert (flag.reason, flag.official_id, flag.found_at) == (FlagReason.SAME_TEXT, "education", at(3))
    assert (flag.newest_at, flag.decision, flag.is_verified) == (at(2), None, False)


def test_the_same_appeal_answered_again_is_one_appeal():
    again = replace(seen(2, 3), number=2)
    assert same(again, seen(1), seen(2, 1)) == ()


def test_another_officials_same_text_does_not_count():
    assert same(seen(3, 2), seen(1), seen(2, 1, official="roads")) == ()


def test_ninety_days_are_enough_and_a_moment_more_is_not():
    assert same(seen(3, 90), seen(1), seen(2, 45)) == ("a1", "a2", "a3")
    assert same(seen(3, 90.001), seen(1), seen(2, 45)) == ()
    assert same(seen(1), seen(2, 45), seen(3, 90)) == ("a1", "a2", "a3")
    assert same(seen(2), seen(1, -80), seen(3, 80)) == ()


def test_answers_without_words_are_not_the_same_text():
    assert same(*[seen(n, text="123！") for n in range(4)]) == ()


def test_appeals_of_an_earlier_flag_do_not_count_again():
    flag = same_text_flag(seen(3), [seen(1), seen(2)], (), "bozhou-81", MONDAY)
    assert flag is not None
    dismissed = decide(flag, FlagDecision.DISMISSED, "统一通知，情况属实", "督查室 李", MONDAY)
    old = (seen(1), seen(2), seen(3))
    assert same(seen(4, 1), *old, known=(dismissed,)) == ()
    assert same(seen(6, 3), *old, seen(4, 1), seen(5, 2), known=(dismissed,)) == ("a4", "a5", "a6")
    second = same_text_flag(seen(6, 3), [seen(4, 1), seen(5, 2)], (dismissed,), "bozhou-81", MONDAY)
    assert second is not None and second.id != flag.id


def test_further_answers_join_while_nobody_has_decided():
    flag = same_text_flag(seen(3), [seen(1), seen(2)], (), "bozhou-81", MONDAY)
    assert flag is not None
    grown = joined(flag, seen(4, 10))
    assert (grown.appeal_ids, grown.newest_at) == (("a1", "a2", "a3", "a4"), at(10))
    assert joined(grown, seen(4, 10)) is grown
    assert joined(grown, seen(5, 101)) is grown
    decided = decide(grown, FlagDecision.CONFIRMED, "逐件核对，确属套话", "督查室 李", at(11))
    assert joined(decided, seen(6, 12)) is decided


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("已处理。", True),
        ("一二三四五六七八九十一二三四", True),
        ("一二三四五六七八九十一二三四五", False),
        ("路灯已修好 12345 67890 ！！！！！", True),
        ("20260302-7K4M2P", True),
    ],
)
def test_hardly_any_words_make_a_flag(text, short):
    assert (short_flag(seen(1, text=text), "bozhou-81", MONDAY) is not None) is short


def test_a_short_answer_has_one_flag_for_ever():
    one, later = (short_flag(seen(1, text="已处理"), "bozhou-81", moment) for moment in (at(0), at(9)))
    assert one is not None and later is not None and one.id == later.id


def test_a_person_decides_once_by_name_and_with_words():
    flag = short_flag(seen(1, text="已处理"), "bozhou-81", MONDAY)
    assert flag is not None
    with refused(Reason.TEXT_MISSING):
        decide(flag, FlagDecision.CONFIRMED, " ", "李", MONDAY)
    confirmed = decide(flag, FlagDecision.CONFIRMED, " 答非所问 ", "督查室 李", at(1))
    assert confirmed.is_verified
    assert (confirmed.text, confirmed.decided_by, confirmed.decided_at) == ("答非所问", "督查室 李", at(1))
    with refused(Reason.FLAG_DECIDED):
        decide(confirmed, FlagDecision.DISMISSED, "再看", "王", at(2))


def test_the_answers_of_an_appeal_belong_to_the_post():
    (answer,) = answers_of(an_appeal(State.ANSWERED))
    assert (answer.official_id, answer.at, answer.number) == ("education", MONDAY, 1)
    assert answer.key.startswith("education:")
    assert answers_of(an_appeal(State.ASSIGNED)) == ()


def test_a_flag_knows_which_answers_it_points_at():
    by = Actor(Role.OFFICIAL, "zhou", "周文清", "education")
    said = (Answer("收到", AnswerOutcome.SOLVED, by, MONDAY + timedelta(hours=n), 1) for n in (1, 2))
    appeal = replace(an_appeal(), answers=tuple(said))
    for number, answer in enumerate(answers_of(appeal), 1):
        flag = short_flag(answer, "city", MONDAY)
        assert flag is not None
        assert [one.number for one in answers_behind(flag, appeal)] == [number]
