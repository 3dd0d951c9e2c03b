"""Phones: the number that a person lets WeChat tell us (获取手机号), for this once; it is kept nowhere here."""

from __future__ import annotations

import re

from app.domain.errors import InvalidInput, Reason
from app.services.ports.basics import Alerts
from app.wechat.client import AccountClient
from app.wechat.codes import BAD_LOGIN_CODES
from app.wechat.errors import WeChatError, WeChatUnreachable
from app.wechat.waiting import away, refused

PATH = "/wxa/business/getuserphonenumber"
MAINLAND = "86"
_DIGITS = re.compile(r"[0-9]{3,15}")


class WeChatPhones:
    """Implements app.services.ports.wechat.Phones."""

    def __init__(self, mp: AccountClient, alerts: Alerts) -> None:
        self._mp = mp
        self._alerts = alerts

    def phone_of(self, code: str) -> str:
        """See app.services.ports.wechat.Phones. A code serves once, so it is never tried twice here."""
        try:
            answer = self._mp.post_json(PATH, {"code": code})
        except WeChatUnreachable:
            failure: Exception = away()
        except WeChatError as error:
            if error.errcode in BAD_LOGIN_CODES:
                failure = InvalidInput(Reason.PHONE_CODE_INVALID)
            else:
                failure = refused(error, self._alerts, "wechat_phone_broken")
        else:
            return _number(answer.get("phone_info"))
        raise failure from None


def _number(info: object) -> str:
    """Of WeChat's phone_info; NotNow when there is no number in it. The country code may come as a number."""
    if isinstance(info, dict):
        pure, country = str(info.get("purePhoneNumber") or ""), str(info.get("countryCode") or MAINLAND)
        if _DIGITS.fullmatch(pure) and country.isdecimal():
            return pure if country == MAINLAND else f"+{country}{pure}"
    raise away()
