"""Every page in its main states, light, dark and in large text: nothing cut, nothing faint, nothing small, no fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dev.screenshots.__main__ import looks_of, picture
from dev.screenshots.scenes import scenes
from dev.screenshots.story import tell
from dev.stack import Stack

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_every_page_can_be_read_and_tapped(city: Stack, browser: Browser, tmp_path: Path) -> None:
    findings = []
    for scene in scenes(tell(city)):
        for look in looks_of(scene):
            for finding in picture(browser, city, scene, look, tmp_path, AUDIT):
                findings.append(f"{scene.name}{look.suffix}: {finding}")
    assert not findings, "\n".join(findings)
