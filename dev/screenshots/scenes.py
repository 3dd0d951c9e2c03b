"""What is pictured: a page in a state, for a person, with what is done before the picture is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dev.phone import Phone
from dev.screenshots.story import HOUSING, Story

RESIDENT = "resident-1"


def nothing(_: Phone) -> None:
    """The page as it opens."""


@dataclass(frozen=True)
class Scene:
    name: str
    persona: str
    route: str
    do: Callable[[Phone], None] = nothing
    main: bool = False
    """Pictured dark and in large text too."""


def tapping(*words: str) -> Callable[[Phone], None]:
    def tap(phone: Phone) -> None:
        for word in words:
            phone.tap(word)

    return tap


def searching(words: str) -> Callable[[Phone], None]:
    def search(phone: Phone) -> None:
        phone.shown.locator("input").first.fill(words)
        phone.page.wait_for_timeout(900)

    return search


def writing(phone: Phone) -> None:
    phone.fill("#field-title", "小区停水三天")
    phone.fill("#field-body", "幸福小区从周五起没有水，老人孩子都不方便。")
    phone.page.wait_for_timeout(1200)


def naming(phone: Phone) -> None:
    """Whom the appeal is about, when that is somebody else than the addressee."""
    phone.tap("指明", exact=True)
    phone.shown.get_by_placeholder("搜姓名、拼音").locator("visible=true").fill("教育")
    phone.page.wait_for_timeout(900)


def named(phone: Phone) -> None:
    naming(phone)
    phone.shown.locator(".cell").locator("visible=true").first.click()
    phone.see("反映的是")


def scenes(story: Story) -> tuple[Scene, ...]:
    official = f"pages/official/official?id={story.official_id}"
    write = f"pages/write/write?official_id={story.official_id}"
    appeal, handled = "pages/appeal/appeal?id=", "official/pages/appeal/appeal?id="
    me = story.official
    return (
        Scene("directory", RESIDENT, "pages/directory/directory", main=True),
        Scene("directory-search", RESIDENT, "pages/directory/directory", searching("sz")),
        Scene("directory-nothing", RESIDENT, "pages/directory/directory", searching("没有这个人")),
        Scene("official", RESIDENT, official, main=True),
        Scene("official-gone", RESIDENT, "pages/official/official?id=bozhou-81.nobody"),
        Scene("suggest", RESIDENT, "pages/suggest/suggest"),
        Scene("write", RESIDENT, write, main=True),
        Scene("write-filled", RESIDENT, write, writing),
        Scene("write-naming", RESIDENT, write, naming),
        Scene("write-named", RESIDENT, write, named),
        Scene("mine", RESIDENT, "pages/mine/mine", main=True),
        Scene("mine-empty", "resident-5", "pages/mine/mine"),
        Scene("appeal-running", RESIDENT, appeal + story.running),
        Scene("appeal-promised", RESIDENT, appeal + story.promised),
        Scene("appeal-wanted", RESIDENT, appeal + story.wanted),
        Scene("appeal-answered", RESIDENT, appeal + story.answered, main=True),
        Scene("appeal-late", RESIDENT, appeal + story.late),
        Scene("appeal-concluded", RESIDENT, appeal + story.concluded),
        Scene("appeal-unknown", RESIDENT, appeal + "nothing"),
        Scene("lookup", RESIDENT, "pages/lookup/lookup"),
        Scene("calls", RESIDENT, "pages/calls/calls"),
        Scene("answers", RESIDENT, "pages/answers/answers", main=True),
        Scene("answers-figures", RESIDENT, "pages/answers/answers", tapping("办理情况")),
        Scene("me", RESIDENT, "pages/me/me", main=True),
        Scene("profile", RESIDENT, "pages/profile/profile"),
        Scene("settings", RESIDENT, "pages/settings/settings"),
        Scene("bind", RESIDENT, "official/pages/bind/bind"),
        Scene("inbox", me, "official/pages/inbox/inbox", main=True),
        Scene("inbox-quick-reply", me, "official/pages/inbox/inbox", tapping("快捷回复")),
        Scene("inbox-empty", "official-80", "official/pages/inbox/inbox"),
        Scene("handled", me, handled + story.fresh, main=True),
        Scene("handled-more", me, handled + story.fresh, tapping("更多")),
        Scene("answer", me, f"official/pages/answer/answer?id={story.running}", main=True),
        Scene("transfer", me, f"official/pages/transfer/transfer?id={story.fresh}"),
        Scene("figures", me, "official/pages/figures/figures"),
        Scene("duty", me, "official/pages/duty/duty"),
        Scene("official-other", RESIDENT, f"pages/official/official?id={HOUSING}"),
    )
