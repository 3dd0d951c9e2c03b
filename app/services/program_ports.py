"""What the use cases need of the mini-program's own interfaces at WeChat. Implementations in app/wechat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


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
