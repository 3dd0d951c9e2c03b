"""What can go wrong between us and WeChat, in words that never carry a secret, token, openid, code or text.

The exceptions of requests and wechatpy hold the whole request (address with access token, body with openid), so they
are translated here and thrown away.
"""

from __future__ import annotations

import re
import ssl

import requests
import urllib3
from wechatpy.exceptions import WeChatClientException  # type: ignore[import-untyped]  # it ships no types

SAFE_DETAILS = re.compile(r"rid: [0-9a-f-]{8,40}|data\.[a-z_]+\d{1,3}\.value|invalid ip [0-9a-f.:]{3,45}")
"""The parts of WeChat's errmsg worth keeping: its request id, the refused field, our address if it is not allowed."""


class WeChatError(Exception):
    """WeChat answered with an error code; nothing was done. `message` holds the harmless parts of its errmsg."""

    def __init__(self, errcode: int, message: str = "") -> None:
        super().__init__(errcode, message)
        self.errcode = errcode
        self.message = message

    def __str__(self) -> str:
        return f"{self.errcode} {self.message}".rstrip()


class WeChatUnreachable(Exception):
    """No answer that could be understood. `sent_maybe`: the request may have been carried out all the same."""

    def __init__(self, what: str, *, sent_maybe: bool) -> None:
        super().__init__(what)
        self.what = what
        self.sent_maybe = sent_maybe


def from_network(error: OSError) -> WeChatUnreachable:
    """Of requests' exceptions (all are OSErrors): which surely left nothing behind, and which may have."""
    return WeChatUnreachable(type(error).__name__, sent_maybe=not _never_left(error))


def from_wechatpy(error: WeChatClientException) -> WeChatError | WeChatUnreachable:
    """An HTTP status (wechatpy then has no errcode) or WeChat's own code."""
    if error.errcode is None:
        status = error.response.status_code
        return WeChatUnreachable(f"HTTP {status}", sent_maybe=status >= 500)
    return WeChatError(error.errcode, " ".join(SAFE_DETAILS.findall(str(error.errmsg))))


def _never_left(error: OSError) -> bool:
    if isinstance(error, (requests.ConnectTimeout, requests.exceptions.ProxyError)):
        return True
    cause = error.args[0] if isinstance(error, requests.ConnectionError) and error.args else None
    reason = cause.reason if isinstance(cause, urllib3.exceptions.MaxRetryError) else None
    if isinstance(reason, urllib3.exceptions.SSLError):  # other TLS failures may strike after the request was written
        return any(isinstance(arg, ssl.SSLCertVerificationError) for arg in reason.args)
    # Refused connections and names that do not resolve.
    return isinstance(reason, urllib3.exceptions.NewConnectionError)
