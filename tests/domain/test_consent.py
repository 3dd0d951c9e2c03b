"""One accept is one send; a tap that is reported twice, in whatever order, counts once."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.domain.consent import PAIRED_WITHIN, Consent, Report, Source, accept, exhaust, spend

from .factories import MONDAY, PATIENT

NONE_YET = Consent("openid:answered", "openid", "answered")


def tap(source: Source, seconds: float = 0, key: str = "") -> Report:
    return Report(source, MONDAY + timedelta(seconds=seconds), key or f"{source} {seconds}")


def accepted(*reports: Report, consent: Consent = NONE_YET) -> Consent:
    for report in reports:
        consent = accept(consent, report)
    return consent


def test_the_two_reports_of_one_tap_count_once_in_either_order():
    client, event = tap(Source.CLIENT), tap(Source.EVENT, 2)
    assert accepted(client).left == accepted(event).left == 1
    assert accepted(client, event).left == accepted(event, client).left == 1
    assert accepted(client, event).unpaired == ()


def test_two_taps_count_twice_although_one_source_reports_them():
    assert accepted(tap(Source.CLIENT), tap(Source.CLIENT, 1)).left == 2
    assert accepted(tap(Source.EVENT), tap(Source.EVENT, 1)).left == 2


def test_a_repeated_report_changes_nothing():
    once = accepted(tap(Source.EVENT, key="msg-1"))
    assert accept(once, tap(Source.EVENT, 60, key="msg-1")) is once
    paired = accepted(tap(Source.EVENT, key="msg-1"), tap(Source.CLIENT, key="request-1"))
    assert accept(paired, tap(Source.CLIENT, 1, key="request-1")) is paired


def test_reports_more_than_five_minutes_apart_are_two_taps():
    within, beyond = PAIRED_WITHIN.total_seconds(), PAIRED_WITHIN.total_seconds() + 1
    assert accepted(tap(Source.CLIENT), tap(Source.EVENT, within)).left == 1
    assert accepted(tap(Source.CLIENT), tap(Source.EVENT, beyond)).left == 2


def test_what_is_remembered_does_not_grow_without_end():
    consent = accepted(*(tap(Source.CLIENT, n * 400) for n in range(200)))
    assert (consent.left, len(consent.seen), len(consent.unpaired)) == (200, 50, 50)


def test_a_message_spends_one_and_never_one_that_is_not_there():
    consent = spend(accepted(tap(Source.CLIENT), tap(Source.CLIENT, 1)))
    assert consent.left == 1
    assert spend(spend(consent)).left == 0


def test_wechat_decides_in_the_end():
    consent = exhaust(accepted(tap(Source.CLIENT), tap(Source.CLIENT, 1)))
    assert consent.left == 0
    assert accepted(tap(Source.CLIENT, 60), consent=consent).left == 1, "a new tap counts again"
    assert accepted(tap(Source.EVENT, 2), consent=consent).left == 0, "the late twin of a spent one does not"
    assert accept(consent, tap(Source.CLIENT)) is consent, "a repeated one does not"


@st.composite
def reported_taps(draw):
    """Some taps within four minutes, each reported by one source or by both, some reports repeated, in any order."""
    taps = draw(st.lists(st.sampled_from([{Source.CLIENT}, {Source.EVENT}, set(Source)]), max_size=6))
    pairs = draw(st.booleans())
    reports = [
        tap(source, draw(st.integers(0, 240)), f"{source} of tap {n}")
        for n, sources in enumerate(taps)
        for source in sorted(set(Source) if pairs else sources)
    ]
    again = draw(st.lists(st.sampled_from(reports), max_size=5)) if reports else []
    return taps, pairs, draw(st.permutations([*reports, *again]))


@PATIENT
@given(reported_taps())
def test_under_any_interleaving_twins_count_once(story):
    """With both reports of every tap the count is exact; with some lost it is the larger of what each source saw."""
    taps, complete, reports = story
    left = accepted(*reports).left
    if complete:
        assert left == len(taps)
    clients = len({r.key for r in reports if r.source is Source.CLIENT})
    events = len({r.key for r in reports if r.source is Source.EVENT})
    assert max(clients, events) <= left <= len(taps)


@PATIENT
@given(st.lists(st.integers(0, 240), min_size=1, max_size=5), st.data())
def test_spending_meanwhile_does_not_make_the_twin_count(seconds, data):
    """A message may go out between the two reports of a tap."""
    left = NONE_YET
    for n, second in enumerate(seconds):
        left = spend(accepted(tap(Source.CLIENT, second, f"c{n}"), consent=left))
    for n, second in data.draw(st.permutations(list(enumerate(seconds)))):
        left = accepted(tap(Source.EVENT, second, f"e{n}"), consent=left)
    assert left.left == 0
