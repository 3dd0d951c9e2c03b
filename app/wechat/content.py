"""ContentCheck: WeChat's content safety, version 2. Only a clear pass passes; everything else is for a person."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.ports.basics import Alerts
from app.services.ports.wechat import Verdict
from app.wechat.client import AccountClient
from app.wechat.codes import row_of
from app.wechat.errors import WeChatError, WeChatUnreachable

LONGEST_TEXT = 2500
OVERLAP = 50
"""So many characters stand in two parts, so that no phrase hides in the cut between them."""
VERSION = 2
SCENE_COMMENT = 2
"""WeChat's scenes: 1 profile, 2 comment, 3 forum, 4 social log."""
IMAGE = 2
INACTIVE_USER = 61010
"""The user has not opened the mini-program for two hours; nothing is broken, WeChat just does not check."""


class WeChatContentCheck:
    """Implements app.services.ports.wechat.ContentCheck."""

    def __init__(self, mp: AccountClient, alerts: Alerts) -> None:
        self._mp = mp
        self._alerts = alerts

    def text(self, openid: str, text: str) -> Verdict:
        """See ContentCheck. A blank text has nothing to check; of a long one all parts must pass."""
        if not text.strip():
            return Verdict.PASS
        if all(self._passes(openid, part) for part in parts_of(text)):
            return Verdict.PASS
        return Verdict.REVIEW

    def picture(self, openid: str, url: str) -> str | None:
        """See app.services.ports.wechat.ContentCheck: the verdict comes as a push with the trace id."""
        about = {"openid": openid, "scene": SCENE_COMMENT, "version": VERSION, "media_url": url, "media_type": IMAGE}
        answer = self._ask("/wxa/media_check_async", about)
        return str(answer.get("trace_id") or "") or None

    def _passes(self, openid: str, part: str) -> bool:
        about = {"openid": openid, "scene": SCENE_COMMENT, "version": VERSION, "content": part}
        result = self._ask("/wxa/msg_sec_check", about).get("result")
        return isinstance(result, dict) and result.get("suggest") == "pass"

    def _ask(self, path: str, about: dict[str, object]) -> dict[str, object]:
        """The answer; empty when there is none, which nobody takes for a pass."""
        try:
            return self._mp.post_json(path, about)
        except WeChatUnreachable:
            return {}
        except WeChatError as error:
            row = row_of(error.errcode)
            if row.alert and error.errcode != INACTIVE_USER:
                self._alerts.raise_alert("wechat_content_check_broken", errcode=error.errcode, why=row.meaning)
            return {}


def parts_of(text: str) -> Iterator[str]:
    """Pieces of at most 2500 characters that overlap; halves of characters, which cannot be sent, become `?`."""
    sendable = text.encode("utf-8", "replace").decode()
    start = 0
    while start == 0 or start + OVERLAP < len(sendable):
        yield sendable[start : start + LONGEST_TEXT]
        start += LONGEST_TEXT - OVERLAP
