"""One appeal on one screen: what each role may do with it, that every tool has its effect, and that nothing leaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.notification import Status
from app.domain.officer import OfficeRole
from tests.web.city import RATING, City
from tests.web.console.acting import act, let_time_pass, of, path
from tests.web.console.conftest import Desk, Office, key_of
from tests.web.console.counting import queries

R = OfficeRole


def test_everything_stands_on_the_page_but_the_whole_phone(city: City, supervisor: Desk) -> None:
    appeal = city.answered(visibility="public")
    page = supervisor.see(path(appeal))
    for words in (
        "小区门口没有路灯",
        "谯城区和平路 12 号",
        "路灯已于今天下午安装完毕",
        "周文清",
        "已与本人通话",
        "138****8000",
    ):
        assert words in page
    assert "13800138000" not in page
    assert "mp-resident" not in page, "no openid"


def test_the_whole_phone_takes_a_reason_which_is_on_record(city: City, supervisor: Desk) -> None:
    appeal = city.submit()
    refused = supervisor.post(path(appeal, "phone"), {"reason": " "})
    assert refused.status_code == 422
    assert "13800138000" not in refused.text
    shown = supervisor.post(path(appeal, "phone"), {"reason": "回访"})
    assert "13800138000" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert "13800138000" not in str(shown.headers)
    entry = city.world.stores.audit_log.last()
    assert (entry.act, entry.subject, entry.detail) == ("unmask", appeal["code"], "回访")
    assert "13800138000" not in supervisor.see(path(appeal)), "on that answer only"


def test_nobody_but_those_who_call_sees_the_whole_phone(city: City, office: Office) -> None:
    appeal = city.submit()
    auditor = office.desk(R.AUDITOR)
    assert "查看完整号码" not in auditor.see(path(appeal))
    assert auditor.post(path(appeal, "phone"), {"reason": "想看"}).status_code == 403


def test_publication_goes_over_a_preview_and_hides_numbers(city: City, supervisor: Desk) -> None:
    appeal = city.answered(visibility="public", body="我的电话 13900001111，身份证 34160019800101123X，路灯不亮。")
    page = supervisor.see(path(appeal, "publication"))
    form = page.split("公开的文字")[1]
    assert "13900001111" not in form
    assert "34160019800101123X" not in form
    assert "13900001111" not in page, "nor beside it in the original"
    assert "139****1111" in page
    redacted = {"title": "路灯<i>", "body": "请打 13900001111", "answer": "已修好", "step": "preview"}
    preview = supervisor.post(path(appeal, "publication"), redacted).text
    assert "路灯&lt;i&gt;" in preview
    assert "里面还有像电话或证件的号码" in preview
    assert of(city, appeal).publication is None
    stopped = supervisor.post(path(appeal, "publication"), redacted | {"step": "publish", "key": key_of(preview)})
    assert stopped.status_code == 422
    assert "勾选“号码可以公开”再发布" in stopped.text
    assert "请打 13900001111" in stopped.text
    assert of(city, appeal).publication is None
    sent = redacted | {"step": "publish", "body": "路灯不亮", "key": key_of(preview)}
    after = supervisor.post(path(appeal, "publication"), sent)
    assert after.status_code == 303
    assert city.client.get("/api/public/appeals").json["items"][0]["body"] == "路灯不亮"
    empty = supervisor.post(path(appeal, "publication"), sent | {"answer": " ", "key": "another"})
    assert empty.status_code == 422
    assert "路灯不亮" in empty.text
    act(supervisor, appeal, "unpublish", reason="含有个人信息")
    assert city.client.get("/api/public/appeals").json["items"] == []
    hotline = redacted | {"step": "publish", "body": "请打 0558-12345678", "numbers_meant": "true", "key": "hotline"}
    assert supervisor.post(path(appeal, "publication"), hotline).status_code == 303
    assert city.client.get("/api/public/appeals").json["items"][0]["body"] == "请打 0558-12345678"


def test_what_was_not_consented_to_is_not_offered(city: City, supervisor: Desk) -> None:
    appeal = city.answered()
    assert "脱敏并公开" not in supervisor.see(path(appeal))
    assert supervisor.get(path(appeal, "publication")).status_code == 404


def test_what_did_not_arrive_is_told_by_telephone(city: City, supervisor: Desk) -> None:
    appeal = undelivered(city)
    page = supervisor.see(path(appeal))
    assert "消息没有送到" in page
    message = page.split('name="message" value="')[1].split('"')[0]
    refused = supervisor.post(path(appeal, "told"), {"message": message, "note": ""})
    assert refused.status_code == 422
    after = supervisor.post(path(appeal, "told"), {"message": message, "note": "已电话告知本人"})
    assert "消息没有送到" not in supervisor.see(after.headers["Location"])


def undelivered(city: City) -> dict[str, Any]:
    """An appeal of whose assignment its official heard nothing."""
    appeal = city.submit()
    known = of(city, appeal)
    lost = tuple(replace(one, status=Status.UNDELIVERED, settled_at=one.created_at) for one in known.notifications[:1])
    assert city.world.stores.appeals.replace(replace(known, version=known.version + 1, notifications=lost))
    return appeal


def test_what_is_not_there_is_said_so(supervisor: Desk) -> None:
    answer = supervisor.get("/console/appeals/nothing")
    assert answer.status_code == 404
    assert "没有找到这件诉求" in answer.text
    assert supervisor.post("/console/appeals/nothing/extend").status_code == 404
    assert supervisor.post("/console/appeals/nothing/explode").status_code in {404, 405}


def test_a_category_is_hinted_with_the_words_it_rests_on(city: City, supervisor: Desk) -> None:
    page = supervisor.see(path(city.submit(title="路灯不亮", body="晚上看不见路")))
    assert "可能类别" in page and "按用词“路灯" in page
    assert "可能类别" not in supervisor.see(path(city.submit(title="想说一件事", body="没有别的")))


def test_hostile_words_are_shown_as_text(city: City, supervisor: Desk) -> None:
    words = "</textarea><script>alert(1)</script>"
    appeal = city.answered(title="<img src=x>", body=words, place=words, visibility="public")
    for page in (supervisor.see(path(appeal)), supervisor.see(path(appeal, "publication"))):
        assert "<script>alert" not in page
        assert "<img src=x>" not in page


def test_no_english_codes_on_the_page(city: City, supervisor: Desk, office: Office) -> None:
    appeal = city.submit()
    desk = let_time_pass(city, office, days=12)
    story = desk.see(path(appeal)).split('class="timeline"')[1].split("</ol>")[0]
    for code in ("remind", "urge", "supervise", "contact", "answer ", "assigned"):
        assert code not in story


def test_a_page_needs_a_handful_of_queries(city: City, supervisor: Desk) -> None:
    appeal = city.answered(visibility="public")
    supervisor.see(path(appeal))
    with queries(city) as asked:
        supervisor.client.get(path(appeal), base_url="https://ztc.example.cn")
    assert sum(asked.values()) <= 7, asked


NUMBERS = {
    "title": "打 13911112222 没人接",
    "body": "请回电 0558-5123456，身份证 34160019900101123X。编号 12345 不算。",
}
WHOLE = ("13911112222", "0558-5123456", "34160019900101123X")


def test_numbers_in_texts_are_masked_to_everybody_until_somebody_says_why(city: City, office: Office) -> None:
    appeal = city.answered(phone="", visibility="public", **NUMBERS)
    city.act("resident", appeal, "rate", {**RATING, "comment": "再打 13911112222"})
    address = path(appeal)
    for role in (R.SUPERVISOR, R.OPERATOR, R.AUDITOR):
        desk = office.desk(role, number=str(810 + list(R).index(role)))
        pages = [desk.see(address), desk.see("/console/appeals?desk=all")]
        if role is R.SUPERVISOR:
            pages.append(desk.see(f"{address}/publication"))
        for page in pages:
            assert not [number for number in WHOLE if number in page], role
        assert "139****2222" in pages[0]
        assert "编号 12345 不算" in pages[0], "no long number"
        assert (f"{address}/phone" in pages[0]) is (role is not R.AUDITOR), "there is no phone, but there are numbers"
    desk = office.desk(R.OPERATOR, number="899")
    seen = desk.post(f"{address}/phone", {"reason": "核对回电号码"})
    assert all(number in seen.text for number in WHOLE)
    entry = city.world.stores.audit_log.last()
    assert (entry.act, entry.subject, entry.detail) == ("unmask", appeal["code"], "核对回电号码")
    assert not [number for number in WHOLE if number in desk.see(address)], "on that answer only"
