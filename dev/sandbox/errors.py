"""WeChat's error codes: the one table of their messages, and the exception the checks raise."""

from __future__ import annotations

import secrets

OK = {"errcode": 0, "errmsg": "ok"}

MESSAGES: dict[int, str] = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40002: "invalid grant_type",
    40003: "invalid openid",
    40013: "invalid appid",
    40014: "invalid access_token",
    40016: "invalid button size",
    40029: "invalid code",
    40037: "invalid template_id",
    40052: "invalid actionname",
    40053: "invalid actioninfo",
    40066: "invalid url",
    40125: "invalid appsecret",
    40129: "invalid scene",
    40163: "code been used",
    40164: "invalid ip, not in whitelist",
    40165: "invalid weapp pagepath",
    40169: "invalid length for scene, or the data is not json string",
    40226: "user is high risk, login refused",
    41001: "access_token missing",
    41030: "invalid page",
    42001: "access_token expired",
    43001: "require GET method",
    43002: "require POST method",
    43004: "require subscribe",
    43101: "user refuse to accept the msg",
    43116: "template is banned",
    44004: "empty content",
    45002: "content size out of limit",
    45009: "reach max api daily quota limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    47001: "data format error",
    47003: "argument invalid!",
    48001: "api unauthorized",
    61010: "user has not used the mini-program within 2 hours",
}


class WeChatError(Exception):
    """A refusal by WeChat. ``detail`` is added to the table's message."""

    def __init__(self, errcode: int, detail: str = "") -> None:
        super().__init__(errcode, detail)
        self.errcode = errcode
        self.detail = detail

    def answer(self) -> dict[str, object]:
        """The JSON body WeChat sends (with HTTP 200); every message ends in a request id."""
        text = MESSAGES.get(self.errcode, "sandbox fault")
        rid = "-".join(secrets.token_hex(4) for _ in range(3))
        return {"errcode": self.errcode, "errmsg": f"{text}{' ' if self.detail else ''}{self.detail} rid: {rid}"}
