"""WeChatLogin: who a wx.login code belongs to, and the unionid that ties a follower to a user of the mini-program."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.domain.errors import InvalidInput, NotPermitted, Reason
from app.services.ports.basics import Alerts
from app.services.ports.wechat import Identity
from app.wechat.client import AccountClient
from app.wechat.codes import BAD_LOGIN_CODES, HIGH_RISK_USER
from app.wechat.errors import WeChatError, WeChatUnreachable
from app.wechat.waiting import away, refused

BROKEN = "wechat_login_broken"
INVALID_OPENID = 40003


class WeChatIdentities:
    """Implements app.services.ports.wechat.WeChatLogin.

    The session_key that WeChat answers with is dropped: nothing here needs it.
    """

    def __init__(self, mp: AccountClient, oa: AccountClient, alerts: Alerts) -> None:
        self._mp = mp
        self._oa = oa
        self._alerts = alerts

    def identify(self, code: str) -> Identity:
        """See app.services.ports.wechat.WeChatLogin. A code serves once, so it is never tried twice here."""
        query = {
            "appid": self._mp.appid,
            "secret": self._mp.secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        try:
            answer = self._mp.get_json("/sns/jscode2session", query, with_token=False)
        except WeChatUnreachable:
            failure: Exception = away()
        except WeChatError as error:
            failure = self._login_refusal(error)
        else:
            return _identity(answer)
        raise failure from None

    def unionid_of(self, oa_openid: str) -> str:
        """See app.services.ports.wechat.WeChatLogin. Nobody with that openid means no unionid either."""
        try:
            answer = self._oa.get_json("/cgi-bin/user/info", {"openid": oa_openid, "lang": "zh_CN"})
        except WeChatUnreachable:
            failure: Exception = away()
        except WeChatError as error:
            if error.errcode == INVALID_OPENID:
                return ""
            failure = refused(error, self._alerts, BROKEN)
        else:
            return str(answer.get("unionid") or "")
        raise failure from None

    def _login_refusal(self, error: WeChatError) -> Exception:
        if error.errcode in BAD_LOGIN_CODES:
            return InvalidInput(Reason.LOGIN_CODE_INVALID)
        if error.errcode == HIGH_RISK_USER:
            return NotPermitted(Reason.LOGIN_REFUSED)
        return refused(error, self._alerts, BROKEN)


def _identity(answer: Mapping[str, Any]) -> Identity:
    openid = answer.get("openid")
    if not isinstance(openid, str) or not openid:
        raise away()
    return Identity(openid, str(answer.get("unionid") or ""))
