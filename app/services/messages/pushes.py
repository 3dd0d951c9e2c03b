"""What WeChat tells us unasked. Every handling may be repeated and come in any order: WeChat sends again at will."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.domain.consent import Report, Source
from app.domain.errors import Refusal
from app.services.appeals.submission import note_verdict
from app.services.people.accounts import bind, follow
from app.services.people.subscriptions import report_accepted
from app.services.world import World


class PushKind(StrEnum):
    SCAN = "scan"
    """A follower scanned our QR code."""
    SUBSCRIBE = "subscribe"
    """A new follower; with a `scene` when a QR code of ours brought them."""
    UNSUBSCRIBE = "unsubscribe"
    CONSENT = "consent"
    """Somebody answered the dialog for subscribe messages."""
    TEMPLATE_FINISHED = "template_finished"
    MEDIA_CHECKED = "media_checked"
    OTHER = "other"


@dataclass(frozen=True)
class Push:
    """`openid` is one of the Official Account or, for consents and media checks, of the mini-program."""

    kind: PushKind
    openid: str = field(repr=False)
    key: str
    """The same for a push and its repetitions, different for everything else; no openid can be read from it."""
    at: datetime
    scene: str = field(default="", repr=False)
    choices: tuple[tuple[str, bool], ...] = ()
    """For consents: template id and whether it was accepted."""
    trace_id: str = ""
    passed: bool = False
    """For media checks: WeChat has nothing against the picture. Anything unclear is False."""
    msgid: str = ""
    """For finished template messages: what the send was answered with."""
    status: str = ""
    """For finished template messages: `success`, or why not."""


class PushRefused(Exception):
    """The signature or the form of a push is not WeChat's."""


class PushDesk(Protocol):
    """Checks and reads what comes to the callback. Both raise PushRefused."""

    def echo(self, args: Mapping[str, str]) -> str: ...

    def read(self, args: Mapping[str, str], raw_body: bytes) -> Push: ...


def handle_push(world: World, push: Push) -> None:
    """Takes note of a push. Raises NotNow when WeChat has to be asked and does not answer: it will push again."""
    match push.kind:
        case PushKind.SUBSCRIBE | PushKind.SCAN:
            account = follow(world, push.openid, world.login.unionid_of(push.openid), follows=True, at=push.at)
            if account is not None and push.scene:
                _try_to_bind(world, account.id, push.scene)
        case PushKind.UNSUBSCRIBE:
            follow(world, push.openid, "", follows=False, at=push.at)
        case PushKind.CONSENT:
            accepted = [template for template, yes in push.choices if yes]
            report_accepted(world, push.openid, accepted, Report(Source.EVENT, push.at, push.key))
        case PushKind.MEDIA_CHECKED:
            note_verdict(world, push.trace_id, push.passed)
        case PushKind.TEMPLATE_FINISHED if push.status != "success":
            world.alerts.raise_alert("template_not_delivered", status=push.status, msgid=push.msgid)
        case _:
            pass


def _try_to_bind(world: World, account_id: str, secret: str) -> None:
    """A scanned code may be an invitation; one that is used up or unknown is no reason to refuse the push."""
    account = world.stores.accounts.get(account_id)
    if account is None:
        return
    try:
        bind(world, account, secret)
    except Refusal as refusal:
        world.alerts.raise_alert("scanned_invitation_refused", reason=refusal.reason.value)
