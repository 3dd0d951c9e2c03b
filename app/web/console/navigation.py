"""What stands at the left: the pages that an officer's roles open, in the order of the day's work."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.officer import Officer
from app.web.console.access import ROLES

SECTIONS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("", (("show_home", "工作台"),)),
    (
        "诉求",
        (
            ("show_register", "登记来电"),
            ("list_appeals", "诉求办理"),
            ("list_orders", "督办单台账"),
            ("list_interviews", "约谈台账"),
            ("list_spot_checks", "抽查"),
            ("list_flags", "疑似应付"),
            ("list_not_answering", "疑似不接电话"),
            ("list_messages", "未送达的消息"),
        ),
    ),
    ("名册", (("list_rosters", "名册与人员"), ("show_posters", "海报与来源码"))),
    (
        "分析",
        (
            ("show_dashboard", "办理情况"),
            ("show_topics", "热点"),
            ("show_sources", "来源"),
            ("list_reports", "日报周分析月通报"),
        ),
    ),
    (
        "管理",
        (
            ("list_officers", "账号"),
            ("list_settings", "设置"),
            ("show_health", "运行情况"),
            ("show_audit", "审计日志"),
        ),
    ),
)
"""Section, and its pages as endpoint (without the blueprint's name) and label."""


@dataclass(frozen=True)
class Link:
    endpoint: str
    label: str


def sections_for(officer: Officer) -> list[tuple[str, list[Link]]]:
    """The sections with at least one page that this officer may open."""
    found = []
    for heading, pages in SECTIONS:
        links = [Link(f"console.{name}", label) for name, label in pages if may_open(officer, f"console.{name}")]
        if links:
            found.append((heading, links))
    return found


def may_open(officer: Officer, endpoint: str) -> bool:
    """Whether a link to that page should be shown."""
    return bool(ROLES.get(endpoint, frozenset()) & set(officer.roles))
