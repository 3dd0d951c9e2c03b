"""The outbox as people look after it: messages that nobody got, sending them anew, and telling by telephone instead.

A message is sent anew only while it is certain that nothing of it was delivered (docs/adr/0002). What may have arrived
is for the telephone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from app.domain.appeal import Appeal
from app.domain.errors import NotFound, Reason, RuleBroken
from app.domain.escalation import is_relevant
from app.domain.notification import Notification, Occasion, Role, Status

CLOSING = frozenset({Occasion.REJECTED, Occasion.MERGED})
"""They tell of the very end, so they matter after it too."""
RESIDENT, OFFICE = "resident", "office"
TROUBLED = (Status.DEAD, Status.UNCONFIRMED, Status.UNDELIVERED)


def is_trouble(appeal: Appeal, message: Notification) -> bool:
    """Whether somebody has to do something about it: it did not get through, it still matters, nobody was called.

    A resident who subscribed to nothing and left no phone has chosen to look into the mini-program: nobody can do
    anything, and nothing is wrong.
    """
    if message.status not in TROUBLED or message.told_at is not None:
        return False
    if message.status is Status.DEAD:
        return True
    if message.recipient.role is Role.RESIDENT:
        if message.status is Status.UNCONFIRMED:
            return True
        return bool(appeal.phone) and (appeal.is_open or message.occasion in CLOSING)
    return is_relevant(appeal, message)


def wants_a_call(appeal: Appeal, message: Notification) -> bool:
    """Whether it is trouble that a telephone call ends."""
    return is_trouble(appeal, message) and (side_of(message) == OFFICE or bool(appeal.phone))


def troubles(appeal: Appeal) -> tuple[Notification, ...]:
    return tuple(message for message in appeal.notifications if is_trouble(appeal, message))


def side_of(message: Notification) -> str:
    """Whom it was for: the resident, or those who handle."""
    return RESIDENT if message.recipient.role is Role.RESIDENT else OFFICE


def trouble_at(appeal: Appeal) -> datetime | None:
    """Since when there is the newest trouble; None without any."""
    return max((message.settled_at or message.created_at for message in troubles(appeal)), default=None)


def trouble_kinds(appeal: Appeal) -> tuple[str, ...]:
    """The lists that the appeal stands on: `dead`, `dead resident`, `dead office`, and so on."""
    kinds = set()
    for message in troubles(appeal):
        kinds |= {message.status.value, f"{message.status.value} {side_of(message)}"}
    return tuple(sorted(kinds))


def may_retry(message: Notification) -> bool:
    """Refused by WeChat, or to somebody in the office who had no way to be reached then, and never perhaps delivered. A
    resident without a subscription is reached by telephone."""
    reachable = message.status is Status.DEAD or (message.status is Status.UNDELIVERED and side_of(message) == OFFICE)
    return reachable and not message.maybe_sent and message.told_at is None


def retry(appeal: Appeal, key: str, now: datetime) -> Appeal:
    """The appeal with that message waiting anew, beginning with its first channel.

    Raises NotFound(NO_SUCH_MESSAGE), RuleBroken(MAYBE_SENT) when it could come twice, RuleBroken(NOTHING_TO_RETRY) when
    it is on its way, arrived, or was told by telephone.
    """

    def rule(message: Notification) -> Notification:
        if message.status is Status.UNCONFIRMED or (message.status is Status.DEAD and message.maybe_sent):
            raise RuleBroken(Reason.MAYBE_SENT)
        if not may_retry(message):
            raise RuleBroken(Reason.NOTHING_TO_RETRY)
        return replace(
            message,
            status=Status.PENDING,
            not_before=now,
            channel=None,
            attempts=0,
            first_sent_at=None,
            settled_at=None,
            batch="",
            retries=message.retries + 1,
        )

    return _with(appeal, key, rule)


def tell(appeal: Appeal, key: str, by: str, now: datetime) -> Appeal:
    """The appeal with that message told by telephone; it is trouble no more, and is never sent.

    Raises NotFound(NO_SUCH_MESSAGE), RuleBroken(ALREADY_TOLD), RuleBroken(NOTHING_TO_RETRY) for one that needs nobody.
    """

    def rule(message: Notification) -> Notification:
        if message.told_at is not None:
            raise RuleBroken(Reason.ALREADY_TOLD)
        if message.status not in TROUBLED:
            raise RuleBroken(Reason.NOTHING_TO_RETRY)
        return replace(message, told_at=now, told_by=by)

    return _with(appeal, key, rule)


def message_of(appeal: Appeal, key: str) -> Notification:
    """Raises NotFound(NO_SUCH_MESSAGE)."""
    for message in appeal.notifications:
        if message.key == key:
            return message
    raise NotFound(Reason.NO_SUCH_MESSAGE)


def _with(appeal: Appeal, key: str, rule: Callable[[Notification], Notification]) -> Appeal:
    changed = rule(message_of(appeal, key))
    return replace(appeal, notifications=tuple(changed if n.key == key else n for n in appeal.notifications))
