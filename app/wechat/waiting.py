"""What a person is told who asks for something that WeChat does not give now: to wait. Whoever runs the system hears
of it when waiting will not help."""

from __future__ import annotations

from app.domain.errors import NotNow, Reason
from app.services.ports.basics import Alerts
from app.wechat.codes import BUSY, row_of
from app.wechat.errors import WeChatError

RETRY_AFTER_SECONDS = 5


def away() -> NotNow:
    """WeChat does not answer, or not with what it should."""
    return NotNow(Reason.WECHAT_AWAY, retry_after=RETRY_AFTER_SECONDS)


def refused(error: WeChatError, alerts: Alerts, what: str) -> NotNow:
    """WeChat answered with a code that the person can do nothing about; an alert `what`, unless it is merely busy."""
    if error.errcode not in BUSY:
        alerts.raise_alert(what, errcode=error.errcode, why=row_of(error.errcode).meaning)
    return away()
