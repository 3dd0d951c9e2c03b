"""Every page in its main states, light, dark and in large text: nothing cut, nothing faint, nothing small, no fault;
and every page of the console on an office screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from dev.screenshots.__main__ import DESK_LOOKS, looks_of, picture, picture_desks
from dev.screenshots.console import desk_scenes
from dev.screenshots.scenes import scenes
from dev.screenshots.story import tell
from dev.stack import Stack

AUDIT = (Path(__file__).parent / "audit.js").read_text(encoding="utf-8")


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_every_page_can_be_read_and_tapped(city: Stack, browser: Browser, tmp_path: Path) -> None:
    findings, story = [], tell(city)
    for theme, suffix in DESK_LOOKS:
        findings += picture_desks(browser, city, list(desk_scenes(story)), theme, suffix, tmp_path, AUDIT)
    for scene in scenes(story):
        for look in looks_of(scene):
            for finding in picture(browser, city, scene, look, tmp_path, AUDIT):
                findings.append(f"{scene.name}{look.suffix}: {finding}")
    assert not findings, "\n".join(findings)
