"""What WeChat pushes to our callback: its signature checked, its body read, in plain or AES mode, XML or JSON.

WeChat repeats a push until it is answered, so a push carries the key by which a repetition is recognised.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from app.services.messages.pushes import Push, PushKind
from app.wechat.push_envelope import BadPush, PushSettings, open_push, read_echo

KINDS = {
    "scan": PushKind.SCAN,
    "subscribe": PushKind.SUBSCRIBE,
    "unsubscribe": PushKind.UNSUBSCRIBE,
    "subscribe_msg_popup_event": PushKind.CONSENT,
    "templatesendjobfinish": PushKind.TEMPLATE_FINISHED,
    "wxa_media_check": PushKind.MEDIA_CHECKED,
}
SCENE_PREFIX = "qrscene_"


class WeChatPushDesk:
    """Implements pushes.PushDesk. BadSignature and BadPush are the two sorts of PushRefused."""

    def __init__(self, settings: PushSettings) -> None:
        self._settings = settings

    def echo(self, args: Mapping[str, str]) -> str:
        return read_echo(self._settings, args)

    def read(self, args: Mapping[str, str], raw_body: bytes) -> Push:
        return read_push(self._settings, args, raw_body)


def read_push(settings: PushSettings, args: Mapping[str, str], raw_body: bytes) -> Push:
    """The push in a POST with query `args`. Raises BadSignature or BadPush; neither tells anything of the content."""
    said = open_push(settings, args, raw_body)
    openid = _text(said, "FromUserName")
    if not openid:
        raise BadPush("no sender")
    event = _text(said, "Event") if _text(said, "MsgType").lower() == "event" else ""
    choices = _choices(said)
    trace_id, msgid = _text(said, "trace_id"), _text(said, "MsgID")
    # WeChat names MsgId, or sender, time and event. Two pictures of one person judged in the same second need more.
    parts = [openid, _text(said, "CreateTime"), event, _text(said, "EventKey"), trace_id, msgid, repr(choices)]
    identity = _text(said, "MsgId") or "\n".join(parts)
    return Push(
        kind=KINDS.get(event.lower(), PushKind.OTHER),
        openid=openid,
        key=hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest(),
        at=_moment(said),
        scene=_text(said, "EventKey").removeprefix(SCENE_PREFIX),
        choices=choices,
        trace_id=trace_id,
        passed=_passed(said),
        msgid=msgid,
        status=_text(said, "Status"),
    )


def _text(said: Mapping[str, Any], key: str) -> str:
    """A field as text: in XML all of them are, in JSON some are numbers."""
    value = said.get(key)
    return str(value) if isinstance(value, (str, int)) else ""


def _moment(said: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromtimestamp(int(_text(said, "CreateTime")), UTC)
    except (ValueError, OverflowError, OSError):
        raise BadPush("no time") from None


def _choices(said: Mapping[str, Any]) -> tuple[tuple[str, bool], ...]:
    """XML wraps the list, JSON does not; a list of one may come without being a list."""
    wrapped = said.get("SubscribeMsgPopupEvent")
    listed = (wrapped if isinstance(wrapped, Mapping) else said).get("List")
    items: Sequence[Any] = listed if isinstance(listed, list) else [listed]
    return tuple(
        (_text(item, "TemplateId"), _text(item, "SubscribeStatusString") == "accept")
        for item in items
        if isinstance(item, Mapping) and _text(item, "TemplateId")
    )


def _passed(said: Mapping[str, Any]) -> bool:
    """By version 2's `result.suggest`; the older `is_valid` field belongs to another check and is never looked at."""
    result = said.get("result")
    suggest = _text(result, "suggest") if isinstance(result, Mapping) else ""
    return suggest == "pass" and _text(said, "errcode") in ("", "0")
