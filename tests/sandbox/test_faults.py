"""Misbehaviour on purpose, over real connections."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from .conftest import Caller, template_body

SEND = "cgi-bin/message/template/send"


def fault(caller: Caller, **rule: Any) -> None:
    caller.control("POST", "faults", [{"path": f"/{SEND}", **rule}])


def delivered(caller: Caller) -> int:
    return len(caller.control("GET", "outbox")["items"])


def test_commit_then_drop_delivers_and_breaks_the_connection(caller: Caller) -> None:
    openid = caller.persona("official-1", follows_oa=True)["oa_openid"]
    body = template_body(openid, client_msg_id="n-1")
    fault(caller, commit_then_drop=True, times=1)
    with pytest.raises(requests.ConnectionError):
        caller.wechat("oa", SEND, body)
    assert delivered(caller) == 1
    again = caller.wechat("oa", SEND, body)
    assert again["msgid"] == caller.control("GET", "outbox")["items"][0]["msgid"]
    assert delivered(caller) == 1


def test_drop_delivers_nothing(caller: Caller) -> None:
    openid = caller.persona("official-1", follows_oa=True)["oa_openid"]
    fault(caller, drop=True, times=2)
    for _ in range(2):
        with pytest.raises(requests.ConnectionError):
            caller.wechat("oa", SEND, template_body(openid))
    assert delivered(caller) == 0
    assert caller.errcode("oa", SEND, template_body(openid)) == 0


def test_answers_in_wechats_place(caller: Caller) -> None:
    openid = caller.persona("official-1", follows_oa=True)["oa_openid"]
    fault(caller, errcode=45009, times=1)
    fault(caller, http=502, times=1)
    fault(caller, html=True, times=1)
    fault(caller, delay_ms=150, times=1)
    answer = caller.wechat("oa", SEND, template_body(openid))
    assert (answer["errcode"], answer["errmsg"].split(" rid: ")[0]) == (45009, "reach max api daily quota limit")
    assert caller.raw("oa", SEND, template_body(openid)).status_code == 502
    page = caller.raw("oa", SEND, template_body(openid))
    assert (page.status_code, page.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert delivered(caller) == 0
    began = time.monotonic()
    assert caller.errcode("oa", SEND, template_body(openid)) == 0
    assert time.monotonic() - began >= 0.15
    assert caller.control("GET", "faults") == {"faults": []}


def test_strikes_only_what_it_names(caller: Caller) -> None:
    one, two = (caller.persona(name, follows_oa=True)["oa_openid"] for name in ("official-1", "official-2"))
    caller.control("POST", "faults", {"path": "message/template", "touser": one, "errcode": -1})
    fault(caller, template_id="demo-oa-digest", errcode=43116)
    fault(caller, probability=1e-12, errcode=45011)
    assert [caller.errcode("oa", SEND, template_body(openid)) for openid in (one, one, two)] == [-1, -1, 0]
    assert caller.errcode("oa", SEND, template_body(two, template_id="demo-oa-digest")) == 43116
    assert caller.errcode("oa", "cgi-bin/user/info", openid=one) == 0
    caller.control("DELETE", "faults")
    assert caller.errcode("oa", SEND, template_body(one)) == 0


def test_times_counts_down(caller: Caller) -> None:
    fault(caller, errcode=-1, times=2)
    caller.errcode("oa", SEND, template_body("nobody"))
    assert [rule["times"] for rule in caller.control("GET", "faults")["faults"]] == [1]


@pytest.mark.parametrize(
    "rule",
    [
        {"path": "/x"},
        {"errcode": -1},
        {"path": "/x", "errcode": "busy"},
        {"path": "/x", "drop": 1},
        {"path": "/x", "http": 200},
        {"path": "/x", "errcode": -1, "times": 0},
        {"path": "/x", "errcode": -1, "probability": 2},
        {"path": "/x", "explode": True},
        "drop",
    ],
)
def test_refuses_rules_it_does_not_understand(caller: Caller, rule: Any) -> None:
    caller.control("POST", "faults", [{"path": "/y", "drop": True}, rule], status=400)
    assert caller.control("GET", "faults") == {"faults": []}
