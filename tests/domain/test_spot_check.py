"""Spot checks: nobody chooses the sample, everybody can recompute it, and tampering shows."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.appeal import Kind
from app.domain.errors import Reason
from app.domain.sampling import Candidate, FrozenList, allocate, choose, freeze, seed_of
from app.domain.spot_check import Draw, Mismatch, Result, Verdict, add_result, draw, standing, verify

from .factories import MONDAY, PATIENT, beijing, refused

BEGIN, END = beijing("2026-02-01 00:00"), beijing("2026-03-01 00:00")
NUMBERS = "双色球 2026026 期 03 08 11 19 24 30 + 07"
SOURCE = "中国福利彩票网 2026-03-01 开奖公告"

CANDIDATES = st.lists(
    st.builds(
        Candidate,
        st.text(min_size=1, max_size=6),
        st.sampled_from(["市领导", "县区", "市直部门", "a\u2028b\n"]),
        st.sampled_from(Kind),
    ),
    unique_by=lambda one: one.appeal_id,
    max_size=60,
)
STRATA = st.dictionaries(st.tuples(st.text(max_size=3), st.sampled_from([k.value for k in Kind])), st.integers(0, 500))


def some(count: int = 12) -> list[Candidate]:
    groups, kinds = ("市领导", "市直部门"), tuple(Kind)
    return [Candidate(f"a{n:03d}", groups[n % 2], kinds[n % 3]) for n in range(count)]


def drawn(candidates: list[Candidate] | None = None, size: int = 5, text: str = NUMBERS) -> Draw:
    frozen = freeze(some() if candidates is None else candidates)
    return draw(frozen, "bozhou-81", BEGIN, END, 1, size, text, SOURCE, "督查室 李", MONDAY)


@PATIENT
@given(STRATA, st.integers(0, 2000), st.text(max_size=5))
def test_shares_sum_to_the_size_and_no_stratum_gives_more_than_it_has(strata, size, seed):
    given_ = allocate(strata, size, seed)
    total = sum(strata.values())
    assert sum(given_.values()) == min(size, total)
    assert all(0 <= count <= strata[stratum] for stratum, count in given_.items())
    filled = [stratum for stratum, count in strata.items() if count]
    if size >= len(filled):
        assert all(given_[stratum] >= 1 for stratum in filled)


@PATIENT
@given(STRATA, st.integers(0, 2000))
def test_without_small_strata_every_share_is_its_quota_rounded(strata, size):
    total = sum(strata.values())
    size = min(size, total)
    given_ = allocate(strata, size)
    if all(count * size >= total for count in strata.values() if count):
        for stratum, count in given_.items():
            assert abs(count - strata[stratum] * size / total) < 1


@pytest.mark.parametrize(
    ("counts", "size", "shares"),
    [
        ((50, 30, 20), 10, (5, 3, 2)),
        ((97, 2, 1), 10, (8, 1, 1)),
        ((3, 3, 3), 20, (3, 3, 3)),
        ((7, 0, 1), 2, (1, 0, 1)),
        ((60, 25, 15), 2, (1, 1, 0)),
        ((90, 6, 4), 2, (2, 0, 0)),
    ],
)
def test_shares_made_by_hand(counts, size, shares):
    strata = {(name, "request"): count for name, count in zip("甲乙丙", counts, strict=True)}
    found = allocate(strata, size)
    assert tuple(found.get((name, "request"), 0) for name in "甲乙丙") == shares


def test_equal_remainders_are_decided_by_the_seed_and_not_by_the_name():
    strata = {(name, "request"): 10 for name in "甲乙丙丁"}
    winners = {stratum for n in range(60) for stratum, count in allocate(strata, 1, f"seed{n}").items() if count}
    assert winners == set(strata)


@PATIENT
@given(CANDIDATES.filter(bool), st.integers(1, 70), st.randoms())
def test_anybody_gets_the_same_sample_from_the_same_seed(candidates, size, chance):
    one = drawn(candidates, size)
    shuffled = list(candidates)
    chance.shuffle(shuffled)
    assert drawn(shuffled, size) == one
    assert verify(one, shuffled) == ()
    assert len(one.sample) == len(set(one.sample)) == min(size, len(candidates))
    assert Counter(c.stratum for c in candidates if c.appeal_id in one.sample) == Counter(
        {(share.group, share.kind.value): share.drawn for share in one.shares}
    )


@PATIENT
@given(CANDIDATES)
def test_a_frozen_list_reads_back_as_it_was(candidates):
    frozen = freeze(candidates)
    assert set(frozen.candidates) == set(candidates)
    assert frozen.id == hashlib.sha256(frozen.text.encode()).hexdigest()


@PATIENT
@given(CANDIDATES.filter(bool), st.data())
def test_changing_one_candidate_changes_hash_and_seed(candidates, data):
    frozen = freeze(candidates)
    position = data.draw(st.integers(0, len(candidates) - 1))
    other = list(candidates)
    other[position] = data.draw(
        st.sampled_from(
            [
                replace(other[position], appeal_id="another id"),
                replace(other[position], group="别的组"),
                replace(other[position], kind=next(k for k in Kind if k is not other[position].kind)),
            ]
        )
    )
    for changed in (other, candidates[1:], [*candidates, Candidate("another id", "县区", Kind.REQUEST)]):
        assert freeze(changed).id != frozen.id
        assert seed_of(NUMBERS, freeze(changed).id) != seed_of(NUMBERS, frozen.id)
        assert Mismatch.CANDIDATES in verify(drawn(candidates), changed)


def test_the_recipe_in_the_docstring_gives_the_sample():
    """With nothing of the module but the list's text."""
    one, text = drawn(size=12 // 2), freeze(some()).text
    listed = hashlib.sha256(text.encode()).hexdigest()
    seed = hashlib.sha256((NUMBERS + listed).encode()).hexdigest()
    ranked = sorted((f"a{n:03d}" for n in range(12)), key=lambda id: hashlib.sha256((seed + id).encode()).hexdigest())
    assert (one.list_hash, one.seed) == (listed, seed)
    stratum = {c.appeal_id: c.stratum for c in some()}
    firsts = [next(id for id in ranked if stratum[id] == each) for each in set(stratum.values())]
    assert sorted(one.sample) == sorted(firsts)


def test_another_public_text_gives_another_sample():
    samples = {drawn(some(60), 5, f"{NUMBERS} {n}").sample for n in range(20)}
    assert len(samples) == 20


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"sample": ("a001", "a002", "a003", "a004", "a005")}, {Mismatch.SAMPLE}),
        ({"seed": "0" * 64}, {Mismatch.SEED, Mismatch.SHARES, Mismatch.SAMPLE}),
        ({"public_text": "另一串"}, {Mismatch.SEED}),
        ({"candidate_count": 11}, {Mismatch.CANDIDATES}),
        ({"list_hash": "0" * 64}, {Mismatch.CANDIDATES, Mismatch.SEED}),
        ({"size": 4}, {Mismatch.SHARES, Mismatch.SAMPLE}),
        ({"shares": ()}, {Mismatch.SHARES}),
        ({"number": 2}, {Mismatch.PARAMETERS}),
        ({"begin": MONDAY}, {Mismatch.PARAMETERS}),
        ({"roster": "shenzhen"}, {Mismatch.PARAMETERS}),
    ],
)
def test_tampering_shows(changes, found):
    right = drawn()
    tampered = replace(right, **changes)
    assert tampered != right
    assert set(verify(tampered, some())) == found


def test_a_swapped_pair_of_the_order_shows():
    right = drawn()
    assert verify(replace(right, sample=right.sample[::-1]), some()) == (Mismatch.SAMPLE,)


def test_what_cannot_be_drawn():
    with refused(Reason.NOTHING_TO_DRAW):
        drawn([])
    with refused(Reason.BAD_REQUEST):
        drawn(size=0)
    with refused(Reason.BAD_REQUEST):
        draw(freeze(some()), "bozhou-81", END, BEGIN, 1, 5, NUMBERS, SOURCE, "李", MONDAY)
    with refused(Reason.TEXT_MISSING):
        drawn(text="  ")
    with refused(Reason.TEXT_TOO_LONG):
        drawn(text="9" * 201)


def test_a_list_too_long_for_one_document_is_refused():
    lines = "".join(f'["{n}","组","request"]\n' for n in range(100_001))
    with refused(Reason.BAD_REQUEST):
        draw(FrozenList("x", lines), "bozhou-81", BEGIN, END, 1, 5, NUMBERS, SOURCE, "李", MONDAY)


def test_choosing_from_nobody_chooses_nobody():
    assert choose([], 5, "seed") == ((), ())


def checked(known: list[Result], appeal_id: str, verdict: Verdict = Verdict.CONFIRMED, corrects: str = "") -> Result:
    return add_result(drawn(), known, appeal_id, verdict, "电话核实", "王", MONDAY, corrects)


def test_one_result_for_each_drawn_appeal_and_corrections_that_name_the_first():
    first_id = drawn().sample[0]
    first = checked([], first_id)
    with refused(Reason.ALREADY_CHECKED):
        checked([first], first_id)
    second = checked([first], first_id, Verdict.CONTRADICTED, first.id)
    third = checked([second, first], first_id, Verdict.UNREACHABLE, first.id)
    assert (second.corrects, third.corrects) == (first.id, first.id)
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    other = checked([first], drawn().sample[1])
    assert standing([third, other, first, second]) == {first_id: third, other.appeal_id: other}


def test_a_result_needs_a_drawn_appeal_words_and_a_first_result_to_correct():
    sample = drawn().sample
    outside = next(c.appeal_id for c in some() if c.appeal_id not in sample)
    first = checked([], sample[0])
    with refused(Reason.NOT_IN_THE_SAMPLE):
        checked([], outside)
    with refused(Reason.NO_SUCH_RESULT):
        checked([], sample[0], corrects=first.id)
    with refused(Reason.NO_SUCH_RESULT):
        checked([first], sample[1], corrects=first.id)
    with refused(Reason.NO_SUCH_RESULT):
        checked([first, checked([first], sample[0], corrects=first.id)], sample[0], corrects=f"{first.id[:-1]}2")
    with refused(Reason.TEXT_MISSING):
        add_result(drawn(), [], sample[0], Verdict.CONFIRMED, " ", "王", MONDAY, "")
