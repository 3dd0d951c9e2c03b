"""The Messenger: a notification becomes a template or subscribe message, and WeChat's answer becomes an Outcome."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from app.domain.notification import Channel, Outcome, Retry, Sent
from app.services.ports.basics import Alerts
from app.services.ports.wechat import Message
from app.wechat.client import AccountClient
from app.wechat.codes import row_of
from app.wechat.errors import WeChatError, WeChatUnreachable
from app.wechat.templates import TEMPLATE_NAMES, fill, template_name

PROGRAM_STATES = frozenset({"formal", "trial", "developer"})
CLIENT_MSG_ID_LENGTH = 32


class WeChatMessenger:
    """Implements app.services.ports.wechat.Messenger.

    `template_ids` maps every name of TEMPLATE_NAMES to the account's id; `program_state` is which version of the
    mini-program a message opens; `url` is what a template message opens on a WeChat too old for mini-programs.
    """

    def __init__(
        self,
        mp: AccountClient,
        oa: AccountClient,
        template_ids: Mapping[str, str],
        alerts: Alerts,
        *,
        program_state: str = "formal",
        url: str = "",
    ) -> None:
        """Raises ValueError when a template has no id or there is no such state."""
        missing = [name for name in TEMPLATE_NAMES if not template_ids.get(name)]
        if missing:
            raise ValueError(f"no WeChat template id for: {', '.join(missing)}")
        if program_state not in PROGRAM_STATES:
            raise ValueError(f"the mini-program's state must be one of {', '.join(sorted(PROGRAM_STATES))}")
        self._mp = mp
        self._oa = oa
        self._template_ids = dict(template_ids)
        self._alerts = alerts
        self._program_state = program_state
        self._url = url

    def template_id(self, channel: Channel, occasion: str) -> str:
        """Raises ValueError where an occasion has no template: the inbox, or a resident's on the template channel."""
        return self._template_ids[template_name(channel, occasion)]

    def template_name(self, channel: Channel, occasion: str) -> str:
        """Raises ValueError as `template_id`."""
        return template_name(channel, occasion)

    def send(self, channel: Channel, openid: str, message: Message, message_id: str) -> Outcome:
        """See Messenger. Only ValueError (no such template) and StoreAway (token storage) are raised."""
        name = template_name(channel, message.occasion)
        body = {
            "touser": openid,
            "template_id": self._template_ids[name],
            "data": fill(name, message.occasion, message.facts),
        }
        try:
            if channel is Channel.TEMPLATE:
                answer = self._oa.post_json(
                    "/cgi-bin/message/template/send", body | self._template(message, message_id)
                )
            else:
                answer = self._mp.post_json("/cgi-bin/message/subscribe/send", body | self._subscribe(message))
        except WeChatUnreachable as error:
            return Retry(error.what, unknown=error.sent_maybe)
        except WeChatError as error:
            return self._outcome(error, name)
        if answer.get("errcode") != 0:
            return Retry("answer without errcode", unknown=True)
        return Sent(str(answer.get("msgid", "")))

    def _template(self, message: Message, message_id: str) -> dict[str, Any]:
        parts: dict[str, Any] = {"client_msg_id": client_msg_id(message_id)}
        if self._url:
            parts["url"] = self._url
        if page := _page(message):
            parts["miniprogram"] = {"appid": self._mp.appid, "pagepath": page}
        return parts

    def _subscribe(self, message: Message) -> dict[str, Any]:
        parts = {"miniprogram_state": self._program_state, "lang": "zh_CN"}
        return parts | ({"page": page} if (page := _page(message)) else {})

    def _outcome(self, error: WeChatError, name: str) -> Outcome:
        row = row_of(error.errcode)
        if row.alert:
            self._alerts.raise_alert("wechat_refused_message", errcode=error.errcode, why=row.meaning, template=name)
        return row.outcome(error.errcode, error.message)


def client_msg_id(message_id: str) -> str:
    """What WeChat recognises a repeated template message by: the same for the same message, 32 characters."""
    return hashlib.sha256(message_id.encode()).hexdigest()[:CLIENT_MSG_ID_LENGTH]


def _page(message: Message) -> str:
    """WeChat wants pages without the slash that the mini-program itself writes in front."""
    return message.page.lstrip("/")
