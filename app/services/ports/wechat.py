"""WeChat's side: messages, content checks, logins, phones, codes. Implementations in app/wechat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from app.domain.notification import Channel, Outcome

DIGEST = "digest"
"""The occasion of a message that stands for several reminders."""


@dataclass(frozen=True)
class Message:
    """A notification ready for a channel. `occasion` (an Occasion's value, or DIGEST) chooses the template; `facts` are
    the words that fill it.

    facts: code, title, kind, state, due (a time, may be None), text, unit, count, overdue, at. `page` is the
    mini-program page with its query.
    """

    occasion: str
    facts: Mapping[str, Any]
    page: str


class Messenger(Protocol):
    def send(self, channel: Channel, openid: str, message: Message, message_id: str) -> Outcome:
        """Hands one message to WeChat. `message_id` is the client_msg_id: repeating it within ten minutes is safe on
        the template channel. Never raises for what WeChat or the network does."""

    def template_id(self, channel: Channel, occasion: str) -> str:
        """Which template carries that occasion there: the consent ledger counts by it."""

    def template_name(self, channel: Channel, occasion: str) -> str:
        """The same template by its name in the settings (city_rules.Template)."""


class Verdict(StrEnum):
    PASS = "pass"
    REVIEW = "review"


class ContentCheck(Protocol):
    """WeChat's content safety. Whatever is not a clear pass, a time-out included, means that a person looks."""

    def text(self, openid: str, text: str) -> Verdict: ...

    def picture(self, openid: str, url: str) -> str | None:
        """Starts a check and returns its trace id; the result comes as a push. None when it could not be started."""


@dataclass(frozen=True)
class Identity:
    openid: str
    unionid: str = ""


class WeChatLogin(Protocol):
    def identify(self, code: str) -> Identity:
        """Who the wx.login code belongs to. Raises InvalidInput(LOGIN_CODE_INVALID), NotPermitted(LOGIN_REFUSED) or
        NotNow(WECHAT_AWAY)."""

    def unionid_of(self, oa_openid: str) -> str:
        """The unionid of a follower of the Official Account; empty when WeChat has none. Raises NotNow."""


class Phones(Protocol):
    def phone_of(self, code: str) -> str:
        """The number behind a code of the getPhoneNumber button, which serves once within five minutes: 11 digits of a
        mainland number, else `+`, country code and number. Raises InvalidInput(PHONE_CODE_INVALID) or
        NotNow(WECHAT_AWAY)."""


@dataclass(frozen=True)
class CodePicture:
    """A mini-program code (小程序码) to print."""

    media_type: str
    data: bytes = field(repr=False)


class ProgramCodes(Protocol):
    """Ways into the mini-program from paper and from other programs. Both raise NotNow(WECHAT_AWAY)."""

    def picture(self, page: str, scene: str) -> CodePicture:
        """The code that opens `page` with `scene` (32 characters at most); it serves for ever."""

    def link(self, page: str, query: str) -> str:
        """A web address that opens `page` with `query` from outside WeChat; it serves for 30 days."""
