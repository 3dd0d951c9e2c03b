"""`python -m dev.screenshots [NAME ...]`: pictures of all scenes, or of those whose names begin so.

Starts a demonstration of its own, lets a city's two weeks pass in it, and writes to var/screenshots; the README's
strips in docs/screenshots are made of them.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error

from dev import miniprogram
from dev.phone import Phone, Theme, chromium
from dev.screenshots.console import DeskScene, desk_scenes
from dev.screenshots.scenes import Scene, scenes
from dev.screenshots.story import tell
from dev.screenshots.strips import make_strips
from dev.stack import Stack
from dev.workplace import Workplace

TARGET = Path("var") / "screenshots"


@dataclass(frozen=True)
class Look:
    """How a phone is set."""

    suffix: str = ""
    dark: bool = False
    large: bool = False


DESK_LOOKS: tuple[tuple[Theme, str], ...] = (("light", ""), ("dark", "-dark"))
LOOKS = (Look(), Look("-dark", dark=True), Look("-large", large=True))


def main() -> None:
    wanted = tuple(sys.argv[1:])
    with tempfile.TemporaryDirectory() as directory:
        stack = Stack(Path(directory) / "data")
        miniprogram.build(stack.data / miniprogram.BUILT)
        try:
            stack.start()
            print("telling the story ...", flush=True)
            story = tell(stack)
            chosen = [scene for scene in scenes(story) if not wanted or scene.name.startswith(wanted)]
            desks = [scene for scene in desk_scenes(story) if not wanted or scene.name.startswith(wanted)]
            with chromium() as browser:
                problems = [
                    f"{scene.name}{look.suffix}: {problem}"
                    for scene in chosen
                    for look in looks_of(scene)
                    for problem in picture(browser, stack, scene, look, TARGET)
                ]
                for theme, suffix in DESK_LOOKS:
                    problems += picture_desks(browser, stack, desks, theme, suffix, TARGET)
        finally:
            stack.stop()
    make_strips(TARGET)
    print(f"{TARGET}: {len(chosen) + len(desks)} scenes")
    if problems:
        sys.exit("\n".join(problems))


def looks_of(scene: Scene) -> tuple[Look, ...]:
    return LOOKS if scene.main else LOOKS[:1]


def picture(browser: Browser, stack: Stack, scene: Scene, look: Look, target: Path, audit: str = "") -> list[str]:
    """Takes one picture; what went wrong, and what the script `audit` finds on the page, a line each."""
    phone = Phone(browser, stack.preview, scene.persona, "dark" if look.dark else "light", look.large)
    problems = []
    try:
        phone.open(scene.route)
        phone.settle()
        scene.do(phone)
        phone.settle()
        problems += phone.page.evaluate(audit) if audit else []
    except Error as error:
        problems.append(str(error).splitlines()[0])
    phone.shoot(target / f"{scene.name}{look.suffix}.png")
    problems += phone.faults
    phone.close()
    return problems


def picture_desks(
    browser: Browser, stack: Stack, scenes: list[DeskScene], theme: Theme, suffix: str, target: Path, audit: str = ""
) -> list[str]:
    """Takes the console's pictures in one theme, each person at one desk; what went wrong, a line each."""
    problems = []
    wanted = [scene for scene in scenes if scene.dark or theme == "light"]
    desks = {name: Workplace(browser, stack, name, theme) for name in {scene.username for scene in wanted}}
    for scene in wanted:
        desk = desks[scene.username]
        desk.faults.clear()
        desk.open(scene.path)
        found = desk.page.evaluate(audit) if audit else []
        desk.shoot(target / f"{scene.name}{suffix}.png")
        problems += [f"{scene.name}{suffix}: {problem}" for problem in (*found, *desk.faults)]
    for desk in desks.values():
        desk.close()
    return problems


if __name__ == "__main__":
    main()
