"""Calls that operators take down over HTTP."""

from __future__ import annotations

import pytest

from app.domain.officer import OfficeRole
from tests.web.city import APPEAL, City
from tests.web.offices import office


def test_an_operator_writes_down_a_call_with_the_number_of_the_operator(city: City) -> None:
    body = APPEAL | {"phone": "", "caller_phone": "15400001234"}
    operator = office(city, OfficeRole.OPERATOR)
    made = operator.send("/api/office/appeals", body, 201, key="once")
    assert operator.send("/api/office/appeals", body, 201, key="once")["id"] == made["id"]
    assert made["state"] == "assigned"
    assert made["phone"] == "154****1234"
    assert made["timeline"][-1]["name"] == "李督查（工号 801）"
    found = city.client.post("/api/appeals/lookup", json={"code": made["code"], "phone_tail": "1234"})
    assert found.status_code == 200
    assert office(city, OfficeRole.AUDITOR).post("/api/office/appeals", body).status_code == 403


def test_an_operator_records_how_the_callers_call_went(city: City) -> None:
    told = {"caller_phone": "15400001234", "call_outcome": "busy", "call_note": "打了两次"}
    operator = office(city, OfficeRole.OPERATOR)
    call = operator.send("/api/office/calls", told | {"official_id": "education"}, 201, key="once")
    assert operator.send("/api/office/calls", told | {"official_id": "education"}, 201, key="once") == call
    assert (call["outcome"], call["note"], call["registrar"]) == ("busy", "打了两次", "李督查（工号 801）")
    assert (call["may_become_appeal"], call["appeal_id"]) == (True, None)
    assert "15400001234" not in str(call)
    back = told | {"official_id": "education", "call_outcome": "called_back"}
    returned = operator.send("/api/office/calls", back, 201)
    assert (returned["answers_call_id"], returned["returned"]) == (call["id"], True)
    made = operator.send("/api/office/appeals", APPEAL | told, 201)
    (entry,) = [entry for entry in made["timeline"] if entry["deed"] == "take_call"]
    assert (entry["text"], entry["outcome"], made["call_id"] is not None) == ("打了两次", "busy", True)
    shown = city.client.post("/api/appeals/lookup", json={"code": made["code"], "phone_tail": "8000"})
    assert shown.status_code == 200 and "打了两次" not in shown.text
    assert len(city.world.stores.calls.kept) == 3


@pytest.mark.parametrize("missing", ["caller_phone", "official_id", "call_outcome"])
def test_a_call_alone_is_whole_or_refused(city: City, missing: str) -> None:
    body = {"caller_phone": "15400001234", "official_id": "education", "call_outcome": "busy"}
    answer = office(city, OfficeRole.OPERATOR).post("/api/office/calls", {**body, missing: ""})
    assert (answer.status_code, list(answer.json["detail"]["fields"])) == (422, [missing])
    assert not city.world.stores.calls.kept


@pytest.mark.parametrize("role", OfficeRole)
def test_who_may_record_a_call(city: City, role: OfficeRole) -> None:
    body = {"caller_phone": "15400001234", "official_id": "education", "call_outcome": "busy"}
    allowed = role in {OfficeRole.OPERATOR, OfficeRole.SUPERVISOR}
    assert office(city, role).post("/api/office/calls", body).status_code == (201 if allowed else 403)
