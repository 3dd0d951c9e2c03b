"""People with phones, in Chromium: the mini-program's preview, clicked as they would. For tests and screenshots.

Wants the demonstration running with its preview, and Chromium (dev/browser.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from playwright.sync_api import Browser, FilePayload, Locator, Page, sync_playwright

from dev.browser import FLAGS, executable

WIDTH, HEIGHT = 390, 844
PATIENCE_MS = 30_000
Theme = Literal["light", "dark"]
LARGE_TEXT = 'sessionStorage.setItem("preview:large-text", "yes")'
"""What the preview's own switch for large text does."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for many phones."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=executable(), args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Phone:
    """One person's phone. What goes wrong in the mini-program's scripts is kept in `faults`."""

    browser: Browser
    url: str
    """Of the preview."""
    persona: str
    theme: Theme = "light"
    large: bool = False
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        context = self.browser.new_context(
            viewport={"width": WIDTH, "height": HEIGHT},
            device_scale_factor=2,
            color_scheme=self.theme,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        context.set_default_timeout(PATIENCE_MS)
        if self.large:
            context.add_init_script(LARGE_TEXT)
        self.page: Page = context.new_page()
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, route: str = "pages/directory/directory") -> None:
        """Opens a page as a message's link does."""
        self.page.goto(f"{self.url}/?persona={quote(self.persona)}#/{route}")
        self.page.reload()  # the address may differ after its # only, and a link starts the program anew
        self.shown.wait_for()

    @property
    def shown(self) -> Locator:
        """The page in front."""
        return self.page.locator(".pv-page:not([hidden])")

    @property
    def dialogs(self) -> Locator:
        """WeChat's own dialogs over the page."""
        return self.page.locator("#phone-over")

    @property
    def text(self) -> str:
        return self.shown.inner_text()

    def see(self, *words: str) -> None:
        """Waits until all the words can be read on the page."""
        for word in words:
            self.shown.get_by_text(word).locator("visible=true").first.wait_for()

    def tap(self, words: str, exact: bool = False) -> None:
        """Taps what says so, on the page."""
        self.shown.get_by_text(words, exact=exact).locator("visible=true").first.click()

    def tab(self, words: str) -> None:
        self.page.locator("#phone-tabs button", has_text=words).click()

    def fill(self, selector: str, words: str) -> None:
        """Types into the field inside `selector`."""
        field = self.shown.locator(selector)
        field.locator("input, textarea").first.fill(words)

    def answer(self, words: str) -> None:
        """Presses a button of one of WeChat's dialogs."""
        self.dialogs.get_by_text(words, exact=True).first.click()

    def add_picture(self, picture: FilePayload) -> None:
        """Picks a picture from the album, after agreeing to it where that is asked."""
        agree = self.shown.get_by_text("同意并继续").locator("visible=true")
        with self.page.expect_file_chooser() as chooser:
            self.shown.locator(".add").first.click()
            self.page.wait_for_timeout(400)
            if agree.count():
                agree.first.click()
        chooser.value.set_files([picture])

    def submit(self) -> None:
        """Sends the appeal that was written, once the page shows to whom."""
        self.shown.locator("#field-official .strong").wait_for()
        self.shown.locator("#submit").click()

    def settle(self) -> None:
        """Waits until nothing is asked for any more."""
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(150)

    def shoot(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, animations="disabled")

    def close(self) -> None:
        self.page.context.close()
