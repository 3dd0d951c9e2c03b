"""Somebody of the supervision office at a desk: the console in Chromium, on an office screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page

from dev.phone import PATIENCE_MS, Theme
from dev.stack import Stack

WIDTH, HEIGHT = 1366, 768


@dataclass
class Workplace:
    """One person's browser, logged in. What goes wrong in the console's scripts is kept in `faults`."""

    browser: Browser
    stack: Stack
    username: str
    theme: Theme = "light"
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            color_scheme=self.theme,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            accept_downloads=True,
        )
        context.set_default_timeout(PATIENCE_MS)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", self._note)
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.open("/login")
        self.page.fill("#username", self.username)
        self.page.fill("#password", self.stack.password(self.username))
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url("**/console/")

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:  # a refusal is no fault of a script
            self.faults.append(message.text)

    def open(self, path: str) -> None:
        """A page of the console by its address behind /console."""
        self.page.goto(f"{self.stack.api}/console{path}")

    def see(self, *words: str) -> None:
        for word in words:
            self.page.locator("main").get_by_text(word).locator("visible=true").first.wait_for()

    def press(self, words: str) -> None:
        """Presses the button or follows the link that says so."""
        main = self.page.locator("main")
        found = main.get_by_role("button", name=words).or_(main.get_by_role("link", name=words))
        found.locator("visible=true").first.click()

    def shoot(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, animations="disabled")

    def close(self) -> None:
        self.page.context.close()
