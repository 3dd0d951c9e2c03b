"""Looking an appeal up by its code and the phone's last digits, without a login."""

from __future__ import annotations

from tests.web.city import City


def test_looking_up_without_login(city: City) -> None:
    appeal = city.submit()
    answer = city.client.post("/api/appeals/lookup", json={"code": appeal["code"].lower(), "phone_tail": "8000"})
    assert (answer.status_code, answer.json["id"], answer.json["actions"]) == (200, appeal["id"], [])
    wrong = city.client.post("/api/appeals/lookup", json={"code": appeal["code"], "phone_tail": "8001"})
    assert (wrong.status_code, wrong.json["code"]) == (404, "no_such_appeal")


def test_the_tail_is_of_digits_however_the_phone_was_written(city: City) -> None:
    appeal = city.submit(phone="138 00 13 80 00")
    answer = city.client.post("/api/appeals/lookup", json={"code": appeal["code"], "phone_tail": "8000"})
    assert answer.status_code == 200
