"""WeChat's error codes as one table (design/wechat.md): what each means and what becomes of a message that met it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from app.domain.notification import Fault, Outcome, Refused, Retry

TOKEN_ERRORS = frozenset({40001, 40014, 42001})
"""The access token is not good (any more): one new token and one repetition, then the error stands."""
BAD_LOGIN_CODES = frozenset({40029, 40163, 41008})
"""Invalid, used, missing: the client logs in again; never repeated here."""
HIGH_RISK_USER = 40226
BUSY = frozenset({-1, 45011})


@dataclass(frozen=True)
class Row:
    """`fault` None: worth another try, after `after` if WeChat says when. `alert`: somebody must look."""

    meaning: str
    fault: Fault | None
    alert: bool = False
    after: timedelta | None = None

    def outcome(self, code: int, detail: str = "") -> Outcome:
        """What a message that met `code` comes to. A code is an answer: nothing was delivered."""
        error = f"{code} {self.meaning} {detail}".rstrip()
        return Retry(error, after=self.after) if self.fault is None else Refused(self.fault, error)


ROWS: Mapping[int, Row] = MappingProxyType(
    {
        -1: Row("system busy", None),
        40001: Row("access token or secret invalid", Fault.CONFIGURATION, alert=True),
        40014: Row("access token invalid", Fault.CONFIGURATION, alert=True),
        42001: Row("access token expired", Fault.CONFIGURATION, alert=True),
        40013: Row("appid invalid", Fault.CONFIGURATION, alert=True),
        40125: Row("secret invalid", Fault.CONFIGURATION, alert=True),
        40164: Row("our address is not on the account's list", Fault.CONFIGURATION, alert=True),
        48001: Row("the account has no permission for this interface", Fault.CONFIGURATION, alert=True),
        40003: Row("openid invalid", Fault.UNREACHABLE),
        43004: Row("recipient does not follow the account", Fault.UNREACHABLE),
        43101: Row("recipient has no subscription left", Fault.UNREACHABLE),
        43116: Row("template banned", Fault.TEMPLATE, alert=True),
        40037: Row("template id invalid", Fault.OURS, alert=True),
        41030: Row("page invalid", Fault.OURS, alert=True),
        47003: Row("field invalid", Fault.OURS, alert=True),
        45009: Row("daily quota used up", Fault.QUOTA),
        45011: Row("too many calls this minute", None, after=timedelta(minutes=1)),
        # These answer logins and content checks, never a message; met by one, they are our mistake.
        40029: Row("login code invalid", Fault.OURS, alert=True),
        40163: Row("login code used", Fault.OURS, alert=True),
        40226: Row("high-risk user", Fault.OURS, alert=True),
        61010: Row("user inactive for two hours", Fault.OURS, alert=True),
    }
)

UNKNOWN = Row("unknown code", Fault.OURS, alert=True)


def row_of(code: int) -> Row:
    return ROWS.get(code, UNKNOWN)
