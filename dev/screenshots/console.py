"""The console's pages that are pictured: whose desk, and which address."""

from __future__ import annotations

from dataclasses import dataclass

from dev.screenshots.story import Story


@dataclass(frozen=True)
class DeskScene:
    name: str
    username: str
    path: str
    """Behind /console."""
    dark: bool = False
    """Pictured dark too."""


def desk_scenes(story: Story) -> tuple[DeskScene, ...]:
    roster = "/rosters/bozhou-81"
    appeal = f"/appeals/{story.late}"
    return (
        DeskScene("console-home", "supervisor", "/", dark=True),
        DeskScene("console-home-editor", "editor", "/"),
        DeskScene("console-home-operator", "operator", "/"),
        DeskScene("console-home-inspector", "inspector", "/"),
        DeskScene("console-appeals", "supervisor", "/appeals", dark=True),
        DeskScene("console-appeals-supervision", "supervisor", "/appeals?desk=supervision"),
        DeskScene("console-appeals-publication", "supervisor", "/appeals?desk=publication"),
        DeskScene("console-appeal", "supervisor", appeal, dark=True),
        DeskScene("console-appeal-answered", "supervisor", f"/appeals/{story.answered}"),
        DeskScene("console-appeal-auditor", "auditor", appeal),
        DeskScene("console-appeal-unknown", "supervisor", "/appeals/nothing"),
        DeskScene("console-orders", "supervisor", "/orders"),
        DeskScene("console-interviews", "supervisor", "/interviews"),
        DeskScene("console-register", "operator", "/register"),
        DeskScene("console-spot-checks", "supervisor", "/spot-checks"),
        DeskScene("console-flags", "supervisor", "/flags"),
        DeskScene("console-not-answering", "supervisor", "/not-answering"),
        DeskScene("console-messages", "supervisor", "/messages"),
        DeskScene("console-rosters", "editor", "/rosters"),
        DeskScene("console-roster", "editor", roster, dark=True),
        DeskScene("console-roster-edit", "editor", f"{roster}/edit"),
        DeskScene("console-roster-import", "editor", f"{roster}/import"),
        DeskScene("console-roster-history", "editor", f"{roster}/history"),
        DeskScene("console-invitations", "editor", f"{roster}/invitations"),
        DeskScene("console-official", "editor", f"/officials/{story.official_id}"),
        DeskScene("console-bindings", "editor", f"/officials/{story.official_id}/bindings"),
        DeskScene("console-official-replace", "editor", f"/officials/{story.official_id}/replace"),
        DeskScene("console-posters", "editor", "/posters"),
        DeskScene("console-figures", "supervisor", "/figures?roster=bozhou-81", dark=True),
        DeskScene("console-topics", "supervisor", "/topics"),
        DeskScene("console-sources", "supervisor", "/sources"),
        DeskScene("console-reports", "supervisor", "/reports"),
        DeskScene("console-audit", "auditor", "/audit"),
        DeskScene("console-officers", "admin", "/officers"),
        DeskScene("console-officer-new", "admin", "/officers/new"),
        DeskScene("console-sessions", "admin", "/sessions"),
        DeskScene("console-account", "admin", "/account"),
        DeskScene("console-settings", "admin", "/settings"),
        DeskScene("console-setting", "admin", "/settings/quick_replies"),
        DeskScene("console-setting-quiet", "admin", "/settings/quiet_hours"),
        DeskScene("console-health", "admin", "/health"),
    )
