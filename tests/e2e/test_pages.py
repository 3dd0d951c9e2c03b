"""The story on the pages, in Chromium: clicked as a resident and an official would, over the running stack."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, Route

from dev.phone import Phone
from dev.stack import MONDAY, Stack, until

pytestmark = pytest.mark.e2e

OFFICIAL, OFFICIAL_ID, NAME = "official-56", "bozhou-81.bz-056", "张小满"
WORDS = "幸福小区从周五起没有水，老人孩子都不方便。"
WRITE = f"pages/write/write?official_id={OFFICIAL_ID}"

TakePhone = Callable[[str], Phone]


@pytest.fixture
def phone_of(city: Stack, browser: Browser, tmp_path: Path) -> Iterator[TakePhone]:
    """Phones of personas; afterwards nothing may have gone wrong in any of them. How they looked in the end is kept."""
    city.go_to(MONDAY)
    phones: list[Phone] = []

    def take(persona: str) -> Phone:
        phones.append(Phone(browser, city.preview, persona))
        return phones[-1]

    yield take
    faults = [fault for phone in phones for fault in phone.faults]
    for phone in phones:
        phone.shoot(tmp_path / f"{phone.persona}.png")
        phone.close()
    assert faults == []


def test_from_the_directory_to_the_rating(city: Stack, phone_of: TakePhone) -> None:
    ann = phone_of("resident-1")
    ann.open()
    ann.fill(".search", "zxm")
    ann.tap(NAME)
    ann.see("分工", "供水、停水和自来水水质")
    ann.tap("写诉求")
    ann.see("提交后 3 天内有人联系您")
    ann.fill("#field-body", WORDS)
    ann.fill("#field-title", "小区停水三天")
    ann.add_picture(a_picture())
    ann.shown.get_by_text("%").wait_for(state="detached")
    ann.submit()
    ann.answer("允许")
    ann.see("已经提交", "小区停水三天")
    mine = until(lambda: city.person("resident-1").get("/api/appeals")["items"])[0]
    until(
        lambda: city.person("resident-1").get(f"/api/appeals/{mine['id']}")["state"] == "assigned"
    )  # the picture passed
    ann.open(f"pages/appeal/appeal?id={mine['id']}")
    ann.see("待联系", f"交给{NAME}办理", "还剩")
    ann.tap("期限是怎么算的？")
    ann.see("次日起算")

    city.go_to(MONDAY + timedelta(days=3))
    reminded = until(lambda: [item for item in city.outbox(OFFICIAL) if "提醒" in item["data"]["thing3"]["value"]])
    assert len(reminded) == 1
    official = phone_of(OFFICIAL)
    follow_link(city, official.page, OFFICIAL)
    official.see("小区停水三天", WORDS)
    official.tap("联系", exact=True)
    official.tap("当面沟通")
    official.tap("记下联系结果")
    official.tap("现在写答复")
    official.tap("已解决", exact=True)
    official.fill("wx-field:has(textarea)", "小区主管道老化破裂，已更换，今天下午恢复供水。")
    official.tap("发送答复")
    official.answer("发出")
    official.see("已答复")

    told = until(lambda: [m for m in city.outbox("resident-1") if m["template_id"] == "demo-mp-answer"])
    ann.open(told[0]["page"])
    ann.see("系统已提醒 1 次", "小区主管道老化破裂，已更换，今天下午恢复供水。")
    ann.tap("评价答复")
    ann.tap("解决了", exact=True)
    ann.tap("满意", exact=True)
    ann.tap("提交评价")
    ann.see("已办结", "评价：解决，满意")


def test_a_connection_cut_in_mid_submission_makes_one_appeal(city: Stack, phone_of: TakePhone) -> None:
    """The server gets every attempt, the phone hears of none: the same key makes them one."""
    ann = phone_of("resident-1")
    ann.open(WRITE)
    ann.fill("#field-body", WORDS)

    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    ann.page.route("**/api/appeals", lose)
    ann.submit()
    ann.answer("拒绝")
    ann.see("内容已保存在手机里", "继续提交")
    ann.page.unroute("**/api/appeals")
    ann.open(WRITE)
    ann.see("不会重复", "继续提交")
    assert ann.shown.locator("#field-body textarea").input_value() == WORDS
    ann.submit()
    ann.answer("拒绝")
    ann.see("待联系")
    assert len(city.person("resident-1").get("/api/appeals")["items"]) == 1


def test_what_was_written_survives_a_crash(phone_of: TakePhone) -> None:
    ann = phone_of("resident-2")
    ann.open(WRITE)
    ann.fill("#field-body", WORDS)
    ann.see("草稿已保存")
    ann.page.goto("about:blank")
    ann.open("pages/mine/mine")
    ann.tap("没写完")
    ann.see("上次没写完的内容还在")
    assert ann.shown.locator("#field-body textarea").input_value() == WORDS


def test_without_network_the_directory_stays_and_says_so(phone_of: TakePhone) -> None:
    ann = phone_of("resident-1")
    ann.open()
    ann.see("魏崇岭")
    ann.page.context.set_offline(True)
    ann.see("现在没有网络")
    ann.fill(".search", NAME)
    ann.see("亳州市城市管理局")
    ann.page.context.set_offline(False)
    ann.shown.get_by_text("现在没有网络").wait_for(state="detached")


def a_picture() -> FilePayload:
    content = io.BytesIO()
    Image.new("RGB", (640, 480), "#5b8def").save(content, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def follow_link(city: Stack, page: Page, persona: str) -> None:
    """Opens the message box, and in it the newest message, on the person's phone."""
    page.goto(f"{city.sandbox}/?persona={persona}")
    address = page.locator("article.card a.open").first.get_attribute("href")
    assert address
    page.goto(address)
