"""The supervision office over HTTP: who may do and read what, and what of it is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.domain.officer import OfficeRole
from app.services.officers.audit import broken_at
from tests.web.city import City
from tests.web.offices import ACTIONS, PASSWORD, act, act_read, codes, office


@pytest.mark.parametrize("role", [role for role in OfficeRole if role is not OfficeRole.SUPERVISOR])
@pytest.mark.parametrize("action", ACTIONS)
def test_only_supervisors_decide(city: City, role: OfficeRole, action: str) -> None:
    assert act(office(city, role), city.submit(), action, expected=403)["code"] == "not_your_role"


@pytest.mark.parametrize(
    ("role", "worklist", "appeal", "audit"),
    [
        (OfficeRole.SUPERVISOR, 200, 200, 403),
        (OfficeRole.OPERATOR, 200, 200, 403),
        (OfficeRole.AUDITOR, 200, 200, 200),
        (OfficeRole.INSPECTOR, 403, 404, 403),  # what was not referred is not there
        (OfficeRole.EDITOR, 403, 403, 403),
        (OfficeRole.ADMIN, 403, 403, 200),
    ],
)
def test_who_may_read_what(city: City, role: OfficeRole, worklist: int, appeal: int, audit: int) -> None:
    one = city.submit()
    by = office(city, role)
    assert by.get("/api/office/worklist").status_code == worklist
    assert by.get(f"/api/office/appeals/{one['id']}").status_code == appeal
    assert by.get("/api/office/audit").status_code == audit


def test_the_work_list_is_narrowed_as_the_consoles_is(city: City) -> None:
    one = city.submit(kind="complaint")
    by = office(city)
    for query, found in {
        "desk=all&roster=city&kind=complaint": [one["code"]],
        "desk=all&kind=suggestion": [],
        "desk=all&official=education": [one["code"]],
        "desk=all&official=nobody": [],
        "desk=late": [],
    }.items():
        assert [item["code"] for item in by.get(f"/api/office/worklist?{query}").json["items"]] == found, query
    city.world.clock.advance(timedelta(days=5))
    later = office(city, OfficeRole.AUDITOR)
    assert codes(later, "late") == [one["code"]]
    assert later.get("/api/office/worklist?desk=nowhere").status_code == 422


def test_neither_token_opens_the_other_door(city: City) -> None:
    assert city.login("resident").get("/api/office/worklist").status_code == 401
    assert office(city).get("/api/me").status_code == 401
    assert city.nobody.get("/api/office/audit").status_code == 401


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour(city: City) -> None:
    office(city)
    wrong = {"username": "supervisor-市委督查室", "password": "guess"}
    for _ in range(5):
        answer = city.client.post("/api/office/session", json=wrong)
        assert (answer.status_code, answer.json["code"]) == (401, "wrong_password")
    locked = city.client.post("/api/office/session", json=wrong | {"password": PASSWORD})
    assert (locked.status_code, locked.json["code"]) == (429, "locked_out")
    city.world.clock.advance(timedelta(minutes=16))
    assert office(city)


def test_unmasking_a_phone_asks_for_a_reason_and_is_on_the_log(city: City) -> None:
    appeal = city.submit(phone="15400001234")
    supervisor = office(city)
    assert act_read(supervisor, appeal)["phone"] == "154****1234"
    assert supervisor.post(f"/api/office/appeals/{appeal['id']}/phone", {}).status_code == 422
    said = supervisor.send(f"/api/office/appeals/{appeal['id']}/phone", {"reason": "电话回访"})
    assert said == {"phone": "15400001234", "title": "小区门口没有路灯", "body": "晚上孩子放学看不见路，请尽快安装。"}
    log = office(city, OfficeRole.AUDITOR).get("/api/office/audit").json
    unmasked = [(e["subject"], e["detail"]) for e in log["items"] if e["act"] == "unmask"]
    assert unmasked == [(appeal["code"], "电话回访")]
    assert log["broken_at"] is None


def test_the_audit_log_shows_where_it_was_tampered_with(city: City) -> None:
    supervisor = office(city)
    for _ in range(3):
        act(supervisor, city.submit(about_official=True), "reject")
    assert broken_at(city.world) is None
    log = city.world.stores.audit_log
    entries = log.since(0, 10)
    object.__setattr__(entries[1], "detail", "nothing to see")
    assert broken_at(city.world) == 2
