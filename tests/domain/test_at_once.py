"""Several at once: what is offered where, and that each act is one of the office's deeds."""

from __future__ import annotations

from app.domain.at_once import DEED_OF, OFFERED, AtOnce
from app.domain.office_deeds import CALLERS_DEEDS
from app.domain.worklist import Desk, Lists


def test_every_act_is_a_deed_of_supervisors_and_offered_somewhere() -> None:
    assert set(DEED_OF) == set(AtOnce)
    assert not set(DEED_OF.values()) & CALLERS_DEEDS
    assert {act for acts in OFFERED.values() for act in acts} == set(AtOnce)


def test_what_a_person_has_to_decide_one_by_one_is_offered_on_no_list() -> None:
    for which in (Desk.PUBLICATION, Desk.INTERVIEW, Desk.SECOND_REVIEW, Lists.ALL):
        assert which not in OFFERED
