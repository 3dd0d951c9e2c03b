"""What the dashboard says first: how it stands at this moment, what is wrong, and where to go about it."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.overview import Load, Today
from app.domain.worklist import Desk, Lists, WorkList


@dataclass(frozen=True)
class Tile:
    """A number; `list` is the work list that holds what it counts, None where there is none."""

    name: str
    number: int
    urgency: str = ""
    """`late` or `soon`, as the look has it; empty for what is in order."""
    list: WorkList | None = None


def tiles(today: Today) -> tuple[Tile, ...]:
    """What somebody looks at first in the morning, in the order of urgency."""
    standing = today.standing

    def tile(name: str, number: int, urgency: str, list: WorkList | None) -> Tile:
        return Tile(name, number, urgency if number else "", list)

    return (
        tile("现已逾期", standing.overdue, "late", Lists.LATE),
        tile("承诺逾期未联系", standing.promise_broken, "late", Desk.PROMISE_BROKEN),
        tile("今日到期", standing.due_today, "soon", None),
        tile("等待审核", standing.waiting_for_review, "", Desk.REVIEW),
        tile("督办在列", standing.supervised, "", Desk.SUPERVISION),
        tile("全部在办", standing.open, "", None),
        tile("今日新收", today.submitted, "", None),
        tile("今日答复", today.answered, "", None),
    )


def late_officials(today: Today) -> tuple[Load, ...]:
    """Who has something overdue, in the roster's order."""
    return tuple(load for load in today.officials if load.overdue)


def in_one_sentence(today: Today) -> str:
    standing, late = today.standing, late_officials(today)
    if not standing.open:
        return "现在没有在办的诉求。"
    begin = f"现在在办 {standing.open} 件"
    if not standing.overdue:
        return f"{begin}，没有逾期的{f'；今天还有 {standing.due_today} 件到期' if standing.due_today else ''}。"
    who = f"，涉及 {len(late)} 位负责同志" if late else ""
    if today.unassigned.overdue:
        who += f"（{today.unassigned.overdue} 件还没有交办）"
    soon = f"；今天还有 {standing.due_today} 件到期" if standing.due_today else ""
    return f"{begin}，其中 {standing.overdue} 件已逾期{who}{soon}。"
