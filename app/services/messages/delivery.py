"""One message to one recipient over one channel: who that is in WeChat, what it says, what the ledger allows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.domain.account import Account
from app.domain.appeal import Appeal
from app.domain.consent import exhaust, spend
from app.domain.errors import NotFound, Reason
from app.domain.notification import Channel, Fault, Notification, Outcome, Recipient, Refused, Role, Sent
from app.domain.operation_words import NOBODY_BOUND, NOT_FOLLOWING, NOT_SUBSCRIBED, SWITCHED_OFF
from app.domain.permissions import is_barred
from app.domain.promises import promised_at
from app.services.messages.duty import delegate_today
from app.services.people.subscriptions import consent_id
from app.services.ports.wechat import DIGEST, Message
from app.services.saving import change
from app.services.world import World

RESIDENT_PAGE = "pages/appeal/appeal"
OFFICIAL_PAGE = "official/pages/appeal/appeal"
INBOX_PAGE = "official/pages/inbox/inbox"

Items = Sequence[tuple[Appeal, Notification]]


class Delivery:
    """Sends for one World; knows addresses, pages and consent, and nothing of claims."""

    def __init__(self, world: World) -> None:
        self._world = world

    def send(self, recipient: Recipient, channel: Channel, items: Items, message_id: str) -> Outcome:
        """What became of it. A recipient without an address there is unreachable, and nothing is sent."""
        account = hearer_of(self._world, recipient, [appeal for appeal, _ in items])
        if account is None:
            return Refused(Fault.UNREACHABLE, NOBODY_BOUND)
        message = self._message(recipient, items)
        template = self._world.messenger.template_name(channel, message.occasion)
        if template in self._world.settings().channels.off:
            return Refused(Fault.TEMPLATE, SWITCHED_OFF)
        if channel is Channel.TEMPLATE:
            if not (account.oa_openid and account.follows_oa):
                return Refused(Fault.UNREACHABLE, NOT_FOLLOWING)
            return self._world.messenger.send(channel, account.oa_openid, message, message_id)
        return self._subscribe(account, message, message_id)

    def _subscribe(self, account: Account, message: Message, message_id: str) -> Outcome:
        messenger, consents = self._world.messenger, self._world.stores.consents
        channels = self._world.settings().channels
        ledger = consent_id(account.mp_openid, messenger.template_id(Channel.SUBSCRIBE, message.occasion))
        known = consents.get(ledger)
        if not account.mp_openid or known is None or known.left == 0:
            return Refused(Fault.UNREACHABLE, NOT_SUBSCRIBED)
        outcome = messenger.send(Channel.SUBSCRIBE, account.mp_openid, message, message_id)
        gone = NotFound(Reason.NO_SUCH_APPEAL)
        if isinstance(outcome, Sent):
            if messenger.template_name(Channel.SUBSCRIBE, message.occasion) not in channels.long_term:
                change(consents, ledger, spend, gone, attempts=10)
        elif isinstance(outcome, Refused) and outcome.fault is Fault.UNREACHABLE:
            change(consents, ledger, exhaust, gone, attempts=10)
        return outcome

    def _message(self, recipient: Recipient, items: Items) -> Message:
        if len({appeal.id for appeal, _ in items}) > 1:
            return self._digest(items)
        appeal, notification = items[0]
        page = RESIDENT_PAGE if _own(recipient) else OFFICIAL_PAGE
        official = self._world.stores.officials.get(appeal.assignee_id or appeal.addressed_to)
        facts = {
            "code": appeal.code,
            "title": appeal.title,
            "kind": appeal.kind.value,
            "state": appeal.state.value,
            "urgent": appeal.urgent,
            "clock": notification.clock,
            "due": _due_at(appeal, notification),
            "text": notification.text,
            "unit": official.unit if official else "",
            "at": notification.created_at,
            "promised": promised_at(appeal, notification.created_at),
        }
        return Message(notification.occasion.value, facts, f"{page}?id={appeal.id}")

    def _digest(self, items: Items) -> Message:
        now = self._world.clock.now()
        appeals = {appeal.id: appeal for appeal, _ in items}
        dues = [due for appeal, notification in items if (due := _due_at(appeal, notification))]
        most_urgent = min(appeals.values(), key=lambda appeal: appeal.due_at or now)
        facts = {
            "count": len(appeals),
            "overdue": sum(appeal.is_overdue(now) for appeal in appeals.values()),
            "due": min(dues, default=None),
            "text": most_urgent.title,
            "at": now,
        }
        return Message(DIGEST, facts, INBOX_PAGE)


def hearer_of(world: World, recipient: Recipient, appeals: Sequence[Appeal]) -> Account | None:
    """Who hears of all these appeals: the person itself, or for a post whoever is on duty today, else its holder; the
    first of them who is barred from none (rule 1, at the moment of sending). None: nobody."""
    heard = _accounts(world, recipient)
    if _own(recipient):
        return next(heard, None)
    return next((one for one in heard if not any(is_barred(appeal, one) for appeal in appeals)), None)


def _accounts(world: World, recipient: Recipient) -> Iterator[Account]:
    """Everybody who may be meant, the first choice first."""
    accounts = world.stores.accounts
    if recipient.role in {Role.RESIDENT, Role.STAFF}:
        if (person := accounts.get(recipient.id)) is not None:
            yield person
        return
    bound = accounts.bound_to([recipient.id])
    delegate = delegate_today(world, recipient.id)
    yield from (one for one in bound if one.id == delegate and recipient.id in one.posts(Role.STAFF))
    yield from (one for one in bound if recipient.id in one.posts(Role.OFFICIAL))


def _own(recipient: Recipient) -> bool:
    return recipient.role is Role.RESIDENT


def _due_at(appeal: Appeal, notification: Notification) -> datetime | None:
    for deadline in appeal.running_deadlines:
        if deadline.kind.value == notification.clock:
            return deadline.due_at
    return appeal.due_at
