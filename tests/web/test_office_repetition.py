"""What the office does, repeated with its key after a crash had lost the answer: the same appeal, no second effect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from app.domain.office_deeds import OfficeDeed
from tests.web.city import RATING, Caller, City
from tests.web.offices import ACTIONS, act, let_time_pass, office

KEY = "5b0c7a11-0001"
BODIES = ACTIONS | {"follow_up": {"reached": False}}


def submitted(city: City) -> dict[str, Any]:
    return city.submit(about_official=True)


def asked_for_time(city: City) -> dict[str, Any]:
    appeal = city.submit()
    city.act("zhou", appeal, "sign")
    city.act("zhou", appeal, "request_extension", {"workdays": 3, "reason": "等待采购灯具"})
    return appeal


def disputed(city: City) -> dict[str, Any]:
    appeal = city.answered()
    city.act("resident", appeal, "rate", RATING)
    city.act("resident", appeal, "reopen", {"reason": "灯还是不亮"})
    city.act("zhou", appeal, "answer", {"text": "已再次检修", "outcome": "solved"})
    city.act("resident", appeal, "rate", RATING)
    return appeal


def listed(city: City) -> dict[str, Any]:
    appeal = city.submit()
    let_time_pass(city, days=10)
    return appeal


def late(city: City) -> dict[str, Any]:
    """The ladder has urged, a day and more ago."""
    appeal = listed(city)
    let_time_pass(city, days=2)
    return appeal


def suggested(city: City) -> dict[str, Any]:
    appeal = city.answered()
    act(office(city), appeal, "suggest_interview")
    return appeal


def interviewed(city: City) -> dict[str, Any]:
    appeal = suggested(city)
    by_when = (city.world.clock.now() + timedelta(days=2)).isoformat()
    act(office(city), appeal, "decide_interview", rectify_by=by_when)
    return appeal


def published(city: City) -> dict[str, Any]:
    appeal = city.answered(visibility="public")
    act(office(city), appeal, "publish")
    return appeal


READY: dict[OfficeDeed, Callable[[City], dict[str, Any]]] = {
    OfficeDeed.ASSIGN: submitted,
    OfficeDeed.TRANSFER: lambda city: city.submit(),
    OfficeDeed.REJECT: submitted,
    OfficeDeed.MERGE: lambda city: city.submit(by="neighbour"),
    OfficeDeed.EXTEND: asked_for_time,
    OfficeDeed.REFUSE_EXTENSION: asked_for_time,
    OfficeDeed.URGE: late,
    OfficeDeed.CONCLUDE: disputed,
    OfficeDeed.REOPEN: disputed,
    OfficeDeed.SIGN_ORDER: listed,
    OfficeDeed.SUGGEST_INTERVIEW: lambda city: city.answered(),
    OfficeDeed.DECIDE_INTERVIEW: suggested,
    OfficeDeed.CONFIRM_RECTIFIED: interviewed,
    OfficeDeed.FOLLOW_UP: lambda city: city.answered(),
    OfficeDeed.PUBLISH: lambda city: city.answered(visibility="public"),
    OfficeDeed.UNPUBLISH: published,
    OfficeDeed.SET_ABOUT: lambda city: city.submit(),
}


def body_of(city: City, deed: OfficeDeed) -> dict[str, Any]:
    if deed is OfficeDeed.MERGE:
        return {"parent_id": city.submit()["id"]}
    return BODIES[deed.value]


def kept(city: City) -> tuple[Any, ...]:
    """Everything that a second effect would change; the log says that it was asked once."""
    stores = city.world.stores
    return dict(stores.appeals.kept), dict(stores.counters.kept), stores.audit_log.last()


@pytest.mark.parametrize("deed", OfficeDeed)
def test_repeated_after_the_answer_was_lost(city: City, deed: OfficeDeed) -> None:
    """The process died between the effect and the record of its answer; time went on, and the same form comes again."""
    appeal = READY[deed](city)
    path, body = f"/api/office/appeals/{appeal['id']}/{deed.value}", body_of(city, deed)
    supervisor = office(city)
    first = supervisor.send(path, body, key=KEY)
    done = kept(city)
    assert len(first["timeline"]) > 1
    city.world.stores.answered.kept.clear()
    city.world.clock.advance(timedelta(minutes=3))
    again = supervisor.send(path, body, key=KEY)
    assert kept(city) == done
    assert again["timeline"] == first["timeline"]


@pytest.mark.parametrize("deed", OfficeDeed)
def test_another_key_is_another_request(city: City, deed: OfficeDeed) -> None:
    """The same deed anew is judged anew: refused where it is used up, and never mistaken for the one before."""
    appeal = READY[deed](city)
    path, body = f"/api/office/appeals/{appeal['id']}/{deed.value}", body_of(city, deed)
    supervisor: Caller = office(city)
    supervisor.send(path, body, key=KEY)
    entries = city.world.stores.appeals.get(appeal["id"]).timeline
    assert sum(bool(entry.key) for entry in entries if entry.actor.id == office_id(city)) == 1
    answer = supervisor.post(path, body, key="another")
    assert (answer.status_code == 200) is (deed in REPEATABLE), answer.text


REPEATABLE = {OfficeDeed.FOLLOW_UP, OfficeDeed.PUBLISH, OfficeDeed.SET_ABOUT, OfficeDeed.MERGE}
"""A call may be made twice, a publication and whom it is about corrected; merged into the same one it is already."""


def office_id(city: City) -> str:
    return str(city.world.stores.officers.by_username("supervisor-市委督查室").id)
