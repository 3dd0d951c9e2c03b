"""The office's day in Chromium, over the running stack: import a roster, route, supervise, redact, publish, report."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser

from dev.stack import MONDAY, Stack, until
from dev.workplace import Workplace

pytestmark = pytest.mark.e2e

CITY, HOUSING = "bozhou-81.bz-056", "bozhou-81.bz-055"
TITLE = "小区停水三天"

TakeDesk = Callable[[str], Workplace]


@pytest.fixture
def desk_of(stack: Stack, browser: Browser, tmp_path: Path) -> Iterator[TakeDesk]:
    """Desks of console accounts; afterwards nothing may have gone wrong in any browser. How they looked is kept."""
    stack.go_to(MONDAY)
    desks: list[Workplace] = []

    def take(username: str) -> Workplace:
        desks.append(Workplace(browser, stack, username))
        return desks[-1]

    yield take
    faults = [fault for desk in desks for fault in desk.faults]
    for desk in desks:
        desk.shoot(tmp_path / f"{desk.username}.png")
        desk.close()
    assert faults == []


def test_a_roster_is_imported_corrected_and_taken_back(stack: Stack, desk_of: TakeDesk, tmp_path: Path) -> None:
    editor = desk_of("editor")
    editor.open("/rosters/bozhou-81/import")
    with editor.page.expect_download() as download:
        editor.page.locator("a[href$='export.csv']").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    phone = next(number for number, name in enumerate(rows[0]) if "电话" in name and "值班" not in name)
    right = rows[3][phone]

    upload(editor, tmp_path, changed(rows, phone, "电话？"))
    editor.see("有 1 行需要改正，没有导入任何内容")
    upload(editor, tmp_path, changed(rows, phone, "15400001234"))
    editor.see("试算结果", right[-4:])
    editor.press("全部导入")
    editor.page.wait_for_url("**/rosters/bozhou-81")
    assert phones(stack)[2] == "15400001234"

    editor.open("/rosters/bozhou-81/history")
    editor.press("撤销")
    until(lambda: phones(stack)[2].replace(" ", "") == right.replace(" ", ""))

    editor.open(f"/officials/{CITY}")
    editor.press("停止公布")
    assert requests.get(f"{stack.api}/api/officials/{CITY}", timeout=30).status_code == 404, "on the very next request"


def test_from_routing_to_the_report(stack: Stack, desk_of: TakeDesk) -> None:
    resident = stack.person("resident-1")
    body = {"official_id": CITY, "kind": "complaint", "title": TITLE, "body": "幸福小区停水，电话13912345678。"}
    about = resident.post("/api/appeals", {**body, "about_official": True}, 201)
    supervisor = desk_of("supervisor")
    supervisor.open("/")
    supervisor.see("待审核")
    supervisor.open(f"/appeals/{about['id']}")
    supervisor.page.locator("#assign-official_id").select_option(HOUSING)
    supervisor.press("交办")
    supervisor.see("待联系")
    assert stack.person("official-56").get("/api/official/inbox")["items"] == [], "it is about that official"

    stack.go_to(MONDAY + timedelta(days=8))
    until(lambda: any(entry["deed"] == "urge" for entry in resident.get(f"/api/appeals/{about['id']}")["timeline"]))
    supervisor = desk_of("supervisor")  # a login lasts twelve hours
    supervisor.open(f"/appeals/{about['id']}")
    supervisor.page.locator("#sign_order-workdays").fill("2")
    supervisor.page.get_by_role("button", name="签发").click()
    supervisor.see("督办单")
    supervisor.page.locator("a[href*='/orders/']").first.click()
    supervisor.page.get_by_text("〕1号").first.wait_for()

    answer = {"text": "管道已更换，恢复供水。", "outcome": "solved"}
    useful = resident.post("/api/appeals", {**body, "official_id": HOUSING, "visibility": "public"}, 201)["id"]
    for action, content in (("sign", {}), ("answer", answer)):
        stack.person("official-55").post(f"/api/official/appeals/{useful}/{action}", content)
    supervisor.open(f"/appeals/{useful}/publication")
    assert "13912345678" not in supervisor.page.locator("#body").input_value(), "hidden before anybody looks"
    supervisor.page.locator("#body").fill("某小区停水三天。")
    supervisor.press("公开")
    shown = until(lambda: published(stack))
    assert [(item["body"], item["answer"]) for item in shown] == [("某小区停水三天。", answer["text"])]

    supervisor.open("/reports?roster=bozhou-81&kind=daily")
    supervisor.page.locator("#day").fill((MONDAY + timedelta(days=7)).date().isoformat())
    supervisor.press("现在生成")
    supervisor.see("亳州市直通车")
    with supervisor.page.expect_download() as download:
        supervisor.press("下载 Word")
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"

    auditor = desk_of("auditor")
    auditor.open("/audit")
    auditor.see("签发督办单", "公开诉求")
    auditor.press("检查是否完整")
    auditor.see("完整")


def test_a_call_is_registered_without_touching_the_mouse(desk_of: TakeDesk) -> None:
    page = (operator := desk_of("operator")).page
    operator.open("/register")
    keys, begun = page.keyboard, monotonic()
    keys.type("13800138000")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id") == "place", "on to the next field, nothing sent"
    keys.press("Tab")
    keys.type("小区停水三天了，没有人修")
    page.locator("#suggested .pick").first.wait_for()
    keys.press("Alt+1")
    page.locator(".pick[aria-pressed=true]").wait_for()
    page.get_by_label("无人接听").check()
    keys.press("Alt+s")
    operator.see("请把编号念给来电人", "无人接听")
    assert monotonic() - begun < 30
    page.locator("a:focus", has_text="登记下一个").wait_for()
    keys.press("Enter")
    page.locator("#caller_phone:focus").wait_for()
    page.locator("#roster").select_option("nanning-46")
    operator.see("电话由接线员接听")
    keys.press("Alt+c")
    operator.see("没有登记")


def test_several_at_once_and_more_time_refused(stack: Stack, desk_of: TakeDesk) -> None:
    resident, official = stack.person("resident-1"), stack.person("official-55")
    body = {"official_id": CITY, "kind": "request", "title": TITLE, "body": "幸福小区停水。", "about_official": True}
    several = [resident.post("/api/appeals", body, 201)["id"] for _ in range(3)]
    wish = resident.post("/api/appeals", {**body, "official_id": HOUSING, "about_official": False}, 201)["id"]
    official.post(f"/api/official/appeals/{wish}/sign", {})
    official.post(f"/api/official/appeals/{wish}/request_extension", {"workdays": 5, "reason": "等待采购水泵"})

    supervisor = desk_of("supervisor")
    supervisor.open("/appeals?desk=review&kind=request")
    boxes = supervisor.page.locator('input[name="appeal"]')
    boxes.nth(0).click()
    boxes.nth(2).click(modifiers=["Shift"])
    supervisor.see("已选 3 件")
    supervisor.press("交给同一位")
    supervisor.page.locator("#assign-official_id").select_option(HOUSING)
    supervisor.page.locator('input[name="appeal"]').nth(2).press("Space")
    supervisor.press("交办 2 件")
    supervisor.see("已交办 2 件")
    assert supervisor.page.url.endswith("?desk=review&kind=request"), "back at the same place"
    states = [resident.get(f"/api/appeals/{one}")["state"] for one in several]
    assert sorted(states) == ["assigned", "assigned", "submitted"]

    supervisor.open("/appeals?desk=extension")
    supervisor.see("申请 5 个工作日：等待采购水泵")
    supervisor.page.locator("td.title a").first.click()
    supervisor.page.locator("summary", has_text="不同意延期").click()
    supervisor.page.locator("#refuse_extension-reason").fill("水泵已经到货")
    supervisor.page.get_by_role("button", name="不同意延期").click()
    supervisor.see("未同意延期，理由已告知承办人")
    supervisor.press("回到清单")
    supervisor.see("“延期申请”里没有诉求")
    told = official.get(f"/api/appeals/{wish}")
    assert (told["extension"]["wish"], told["extension"]["refusal"]) == ("refused", "水泵已经到货")
    assert "request_extension" not in told["actions"]
    assert resident.get(f"/api/appeals/{wish}")["extension"] is None


def upload(editor: Workplace, directory: Path, rows: list[list[str]]) -> None:
    file = directory / "roster.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    editor.open("/rosters/bozhou-81/import")
    editor.page.set_input_files("#file", file)
    editor.press("先试算")


def changed(rows: list[list[str]], column: int, words: str) -> list[list[str]]:
    """The table with other words in that column of the third person."""
    return [[*row[:column], words, *row[column + 1 :]] if number == 3 else row for number, row in enumerate(rows)]


def phones(stack: Stack) -> list[str]:
    directory = requests.get(f"{stack.api}/api/rosters/bozhou-81/directory", timeout=30).json()
    return [official["phone"] for group in directory["groups"] for official in group["officials"]]


def published(stack: Stack) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = requests.get(f"{stack.api}/api/public/appeals", timeout=30).json()["items"]
    return items


def test_what_was_typed_is_asked_about_and_outlives_the_login(stack: Stack, desk_of: TakeDesk) -> None:
    operator = desk_of("operator")
    asked: list[str] = []
    operator.page.on("dialog", lambda dialog: asked.append(dialog.type))
    operator.open("/register")
    operator.open("/appeals")
    assert asked == [], "nothing was typed"
    operator.open("/register")
    operator.page.fill("textarea[name=body]", "三号楼停水")
    operator.open("/appeals")
    assert asked == ["beforeunload"]
    operator.open("/register")
    operator.page.fill("[name=caller_phone]", "15400001234")
    operator.page.fill("textarea[name=body]", "三号楼停水")
    operator.page.locator("[name=official_id]").select_option(CITY)
    operator.page.context.clear_cookies()
    operator.page.locator("form[data-matter]").evaluate("form => form.requestSubmit()")
    operator.page.wait_for_url("**/login**")
    operator.see("您填写的内容还在，登录后会恢复")
    operator.page.fill("#username", "operator")
    operator.page.fill("#password", stack.password("operator"))
    operator.page.get_by_role("button", name="登录").click()
    operator.page.wait_for_url("**/register**")
    operator.see("刚才没有提交成功，您填写的内容已经恢复")
    assert operator.page.input_value("textarea[name=body]") == "三号楼停水"
    assert operator.page.input_value("[name=caller_phone]") == "15400001234"
    assert operator.page.input_value("[name=official_id]") == CITY
    assert operator.page.evaluate("sessionStorage.length") == 0
    assert asked == ["beforeunload"], "sending is no leaving"


def test_back_and_refresh_after_wrong_inputs_send_nothing_again(stack: Stack, desk_of: TakeDesk) -> None:
    operator = desk_of("operator")
    page, here = operator.page, "/register?roster=bozhou-81"
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    operator.open(here)
    for body in ("停水", "停水三天"):
        page.fill("[name=body]", body)
        page.click("button[value=call]")  # without a result
        operator.see("没有登记")
    assert page.url.endswith(here)
    for again in (page.reload, page.go_back):
        sent.clear()
        again()
        operator.see("您填写的内容已经恢复")
        assert page.input_value("[name=body]") == "停水三天"
        assert [address for address in sent if not address.endswith("/matter")] == []
        page.click("button[value=call]")
        operator.see("没有登记")
    operator.open(here)
    assert page.input_value("[name=body]") == "", "opened anew"


def test_nobody_is_asked_about_a_form_that_is_not_complete(stack: Stack, desk_of: TakeDesk) -> None:
    body = {"official_id": HOUSING, "kind": "request", "title": TITLE, "body": "三号楼停水。", "about_official": True}
    appeal = stack.person("resident-1").post("/api/appeals", body, 201)["id"]
    supervisor = desk_of("supervisor")
    page = supervisor.page
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    supervisor.open(f"/appeals/{appeal}")
    page.locator("summary", has_text="不予受理").click()
    page.fill("#reject-reason", "已进入诉讼")
    button = page.locator("form[action$='/reject'] button")
    button.click()
    channel = page.locator("#reject-proper_channel")
    assert channel.evaluate("field => field.validationMessage") == "请选择一个渠道，或填写其他渠道"
    assert asked == []
    page.fill("#reject-other_channel", "请向人民法院提出")
    button.click()
    supervisor.see("已不予受理")
    assert asked == ["不予受理，并把理由和渠道告知群众？"]
