"""Several at once in the console: ticked, looked over, confirmed, and what could not be done said one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from app.domain.appeal import State, Wish
from app.domain.at_once import MOST_AT_ONCE, OFFERED, AtOnce
from app.domain.officer import OfficeRole
from app.domain.worklist import Desk as Where
from app.services.messages.reminding import sweep
from app.services.ports.wechat import Verdict
from app.web.console.several import WORDS
from tests.web.city import City
from tests.web.console.conftest import Desk, Office, key_of

R = OfficeRole
SEVERAL = "/console/appeals/several"


def waiting(city: City, count: int, **fields: Any) -> list[dict[str, Any]]:
    """Appeals that wait for review because their official handed them back."""
    made = []
    for _ in range(count):
        appeal = city.submit(**fields)
        city.act("zhou", appeal, "hand_back", {"reason": "不属本单位"})
        city.world.clock.advance(timedelta(seconds=1))
        made.append(appeal)
    return made


def doubtful(city: City, count: int, **fields: Any) -> list[dict[str, Any]]:
    """Appeals that wait for review because their content could not be checked."""
    city.world.content.verdict = Verdict.REVIEW
    made = [city.submit(**fields) for _ in range(count)]
    city.world.content.verdict = Verdict.PASS
    return made


def wished(city: City, count: int) -> list[dict[str, Any]]:
    """Appeals whose official asked for more time, each for a workday more than the one before."""
    made = []
    for workdays in range(1, count + 1):
        appeal = city.submit()
        city.act("zhou", appeal, "sign")
        city.act("zhou", appeal, "request_extension", {"workdays": workdays, "reason": "等待采购灯具"})
        city.world.clock.advance(timedelta(seconds=1))
        made.append(appeal)
    return made


def form(act: AtOnce, appeals: Sequence[dict[str, Any]], place: str = "", **fields: Any) -> dict[str, Any]:
    return {"act": act.value, "appeal": [one["id"] for one in appeals], "from": place, **fields}


def looked_over(desk: Desk, sent: dict[str, Any]) -> str:
    answer = desk.post(SEVERAL, sent)
    assert answer.status_code == 200, answer.text
    return answer.text


def done(desk: Desk, sent: dict[str, Any], **fields: Any) -> str:
    """The list after both steps."""
    whole = {**sent, "key": key_of(looked_over(desk, sent)), "step": "do", **fields}
    answer = desk.post(SEVERAL, whole)
    assert answer.status_code == 303, answer.text
    return desk.see(answer.headers["Location"])


def of(city: City, appeal: dict[str, Any]) -> Any:
    return city.world.stores.appeals.get(appeal["id"])


def test_every_act_has_its_words() -> None:
    assert set(WORDS) == set(AtOnce)
    assert all("{}" in words.done for words in WORDS.values())


@pytest.mark.parametrize("act", [AtOnce.ASSIGN_AS_ADDRESSED, AtOnce.ASSIGN])
def test_all_are_found_urgent_only_where_somebody_says_so(city: City, supervisor: Desk, act: AtOnce) -> None:
    urgent, plain = doubtful(city, 2)
    named = {"official_id": "roads"} if act is AtOnce.ASSIGN else {}
    done(supervisor, form(act, [urgent]), urgent="true", **named)
    done(supervisor, form(act, [plain]), **named)
    assert [of(city, one).urgent for one in (urgent, plain)] == [True, False]


@pytest.mark.parametrize("which", list(Where))
def test_a_desk_offers_its_acts_and_boxes_only_where_there_are_some(
    city: City, office: Office, supervisor: Desk, which: Where
) -> None:
    conflict = city.submit(about_official=True)
    wished(city, 1)
    city.answered(visibility="public")
    page = supervisor.see(f"/console/appeals?desk={which.value}")
    offered = re.findall(r'name="act" value="(\w+)"', page)
    assert set(offered) <= {act.value for act in OFFERED.get(which, ())}
    assert bool(offered) is ('name="appeal"' in page)
    if which is Where.REVIEW:
        assert f'value="{conflict["id"]}"' in page, "it can be rejected, or given to somebody else"
    operator = office.desk(R.OPERATOR, number="807").see(f"/console/appeals?desk={which.value}")
    assert 'name="act"' not in operator


def test_nothing_is_done_before_it_was_looked_over(city: City, supervisor: Desk) -> None:
    appeals = waiting(city, 2)
    for act in AtOnce:
        page = looked_over(supervisor, form(act, appeals))
        assert f"{WORDS[act].heading}：2 件" in page
        assert all(one["code"] in page for one in appeals)
    assert all(of(city, one).state is State.SUBMITTED for one in appeals)


def test_each_goes_to_whom_its_resident_chose_but_never_to_whom_it_is_about(city: City, supervisor: Desk) -> None:
    conflict, plain = city.submit(about_official=True), doubtful(city, 2)
    sent = form(AtOnce.ASSIGN_AS_ADDRESSED, [conflict, *plain], "desk=review&kind=request")
    page = looked_over(supervisor, sent)
    assert "其中 1 件反映负责同志" in page
    whole = {**sent, "key": key_of(page), "step": "do"}
    told = supervisor.post(SEVERAL, whole)
    assert told.status_code == 200
    assert "有 1 件没有办成" in told.text
    assert "已交办 2 件" in told.text
    line = told.text[told.text.index(conflict["code"]) :]
    assert "不能把诉求交给它所反映的人" in line
    assert 'href="/console/appeals?desk=review&amp;kind=request"' in told.text, "back to where it was ticked"
    assert supervisor.post(SEVERAL, whole).text.count("没有办成") == told.text.count("没有办成"), "the same answer"
    assert sum(entry.deed.value == "assign" for entry in of(city, plain[0]).timeline) == 1
    assert city.login("zhou").get(f"/api/appeals/{conflict['id']}").status_code == 404


def test_nobody_gets_by_a_click_what_he_has_just_handed_back(city: City, supervisor: Desk) -> None:
    (back,), (plain,) = waiting(city, 1, title="打 13911112222"), doubtful(city, 1)
    listing = supervisor.see("/console/appeals?desk=review")
    assert "负责同志 周文清退回：不属本单位" in listing
    sent = form(AtOnce.ASSIGN_AS_ADDRESSED, [back, plain])
    page = looked_over(supervisor, sent)
    assert "其中 1 件已被群众所选的人退回" in page
    ticked = re.findall(r'name="appeal" value="([^"]+)"[^>]*checked', page)
    assert ticked == [plain["id"]]
    assert "退回：不属本单位" in page, "the reason stands where it is decided"
    told = supervisor.post(SEVERAL, {**sent, "key": key_of(page), "step": "do"})
    assert "已交办 1 件" in told.text
    assert "群众所选的负责同志已经退回过" in told.text[told.text.index(back["code"]) :]
    single = supervisor.see(f"/console/appeals/{back['id']}")
    assert "的退回理由：不属本单位" in single
    choice = single[single.index('id="assign-official_id"') :].split("</select>")[0]
    assert "selected" not in choice
    assert "13911112222" not in listing + page + told.text + single


def test_all_go_to_one_official_who_has_to_be_chosen(city: City, supervisor: Desk) -> None:
    appeals = [city.submit(about_official=True), *waiting(city, 1)]
    sent = form(AtOnce.ASSIGN, appeals)
    nobody = supervisor.post(SEVERAL, {**sent, "step": "do", "key": "k1"})
    assert nobody.status_code == 422
    assert 'id="assign-official_id-problem"' in nobody.text
    assert "已交办 2 件" in done(supervisor, sent, official_id="roads")
    assert {of(city, one).assignee_id for one in appeals} == {"roads"}


def test_a_rejection_of_several_keeps_what_was_typed_and_tells_every_resident(city: City, supervisor: Desk) -> None:
    appeals = [*waiting(city, 1), *waiting(city, 1, by="neighbour")]
    sent = form(AtOnce.REJECT, appeals, "desk=review")
    half = supervisor.post(SEVERAL, {**sent, "step": "do", "key": "k1", "reason": "已进入<b>诉讼</b>"})
    assert half.status_code == 422
    assert "已进入&lt;b&gt;诉讼&lt;/b&gt;" in half.text
    assert half.text.count("checked") >= 2, "and they are still ticked"
    words = {"reason": "已进入诉讼", "proper_channel": "other", "other_channel": "请向人民法院提出"}
    page = done(supervisor, sent, **words)
    assert "已不予受理 2 件" in page
    for who, appeal in zip(("resident", "neighbour"), appeals, strict=True):
        seen = city.login(who).get(f"/api/appeals/{appeal['id']}").json
        assert seen["state"] == "rejected"
        assert "请向人民法院提出" in seen["timeline"][0]["text"]


def test_several_become_one(city: City, supervisor: Desk) -> None:
    appeals = waiting(city, 3)
    page = looked_over(supervisor, form(AtOnce.MERGE, appeals[::-1]))
    first = re.search(r'<select[^>]*name="parent_id"[^>]*>\s*<option value="([^"]+)"', page)
    assert first is not None
    assert first[1] == appeals[0]["id"], "the oldest is offered first"
    assert "已并入 2 件" in done(supervisor, form(AtOnce.MERGE, appeals), parent_id=appeals[1]["id"])
    assert {of(city, one).merged_into for one in (appeals[0], appeals[2])} == {appeals[1]["id"]}
    alone = supervisor.post(SEVERAL, {**form(AtOnce.MERGE, appeals[1:2]), "step": "do", "key": "k2"})
    assert alone.status_code == 422
    assert "至少勾选两件诉求" in alone.text


def test_extensions_are_granted_as_asked_for_or_refused_with_one_reason(city: City, supervisor: Desk) -> None:
    granted, refused = wished(city, 2), wished(city, 2)
    assert "已同意延期 2 件" in done(supervisor, form(AtOnce.EXTEND, granted, "desk=extension"))
    assert [of(city, one).extension.workdays for one in granted] == [1, 2]
    sent = form(AtOnce.REFUSE_EXTENSION, refused, "desk=extension")
    assert supervisor.post(SEVERAL, {**sent, "step": "do", "key": "k1"}).status_code == 422
    page = done(supervisor, sent, reason="灯具已到货")
    assert "未同意延期 2 件" in page
    assert {of(city, one).extension.wish for one in refused} == {Wish.REFUSED}
    assert "没有诉求" in page, "the desk is empty"


def test_each_order_has_its_own_number(city: City, office: Office) -> None:
    appeals = [city.submit() for _ in range(2)]
    city.world.clock.advance(timedelta(days=10))
    sweep(city.world)
    desk = office.desk(R.SUPERVISOR)
    assert "已签发督办单 2 张" in done(desk, form(AtOnce.SIGN_ORDER, appeals, "desk=supervision"), workdays="2")
    assert {of(city, one).supervisions[-1].number for one in appeals} == {"督〔2026〕1号", "督〔2026〕2号"}


def test_when_nothing_could_be_done_it_is_said_and_nothing_else(city: City, supervisor: Desk) -> None:
    (appeal,) = waiting(city, 1)
    sent = form(AtOnce.SIGN_ORDER, [appeal])
    answer = supervisor.post(SEVERAL, {**sent, "step": "do", "key": "k1", "workdays": "2"})
    assert answer.status_code == 409
    assert "这件诉求不在督办清单上" in answer.text
    assert "已签发" not in answer.text


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"act": "reject"}, "还没有选择诉求"),
        ({"act": "nonsense", "appeal": "real"}, "请选择要做什么"),
        ({"act": "reject", "appeal": [str(number) for number in range(MOST_AT_ONCE + 1)]}, "一次最多办 50 件"),
    ],
)
def test_what_cannot_be_asked_leads_back_to_the_place(
    city: City, supervisor: Desk, sent: dict[str, Any], words: str
) -> None:
    (appeal,) = waiting(city, 1)
    ids = appeal["id"] if sent.get("appeal") == "real" else sent.get("appeal", [])
    answer = supervisor.post(SEVERAL, {**sent, "appeal": ids, "from": "desk=review&kind=request"})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/console/appeals?desk=review&kind=request")
    assert words in supervisor.see(answer.headers["Location"])


def late(city: City, count: int) -> list[dict[str, Any]]:
    """Appeals that the ladder has urged, more than a day ago."""
    made = [city.submit() for _ in range(count)]
    for days in (10, 2):
        city.world.clock.advance(timedelta(days=days))
        sweep(city.world)
    return made


def test_several_are_urged_from_what_is_late_once_a_day(city: City, office: Office) -> None:
    first, second = late(city, 2)
    supervisor = office.desk(R.SUPERVISOR, number="801")
    page = supervisor.see("/console/appeals?desk=late")
    assert re.findall(r'name="act" value="(\w+)"', page) == ["urge"]
    sent = form(AtOnce.URGE, [first], "desk=late")
    assert "已催办 1 件" in done(supervisor, sent, note="请当天联系群众")
    entry = of(city, first).timeline[-1]
    assert (entry.deed.value, entry.text, "801" in entry.actor.name) == ("urge", "请当天联系群众", True)
    seen = supervisor.see(f"/console/appeals/{first['id']}")
    assert "请当天联系群众" in seen
    again = form(AtOnce.URGE, [first, second], "desk=late")
    told = supervisor.post(SEVERAL, {**again, "key": key_of(looked_over(supervisor, again)), "step": "do"})
    assert "已催办 1 件" in told.text
    assert "24 小时内已经催办过了" in told.text[told.text.index(first["code"]) :]
    assert len(of(city, second).timeline) == len(of(city, first).timeline)
