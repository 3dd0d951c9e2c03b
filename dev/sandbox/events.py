"""The messages WeChat pushes to the callback, as plain dictionaries in WeChat's spelling. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xmltodict

from dev.sandbox.config import Account

Message = dict[str, Any]
ORIGINAL_ID: dict[Account, str] = {"mp": "gh_demo00000mp", "oa": "gh_demo00000oa"}


def event(account: Account, openid: str, created: int, name: str, **extra: object) -> Message:
    """Any event of an account; ``created`` is in seconds since the epoch."""
    head = {"ToUserName": ORIGINAL_ID[account], "FromUserName": openid, "CreateTime": created}
    return {**head, "MsgType": "event", "Event": name, **extra}


def text_message(account: Account, openid: str, created: int, msg_id: int, content: str) -> Message:
    """A text somebody wrote to the account."""
    head = {"ToUserName": ORIGINAL_ID[account], "FromUserName": openid, "CreateTime": created}
    return {**head, "MsgType": "text", "Content": content, "MsgId": msg_id}


def follow_changed(openid: str, created: int, follows: bool) -> Message:
    """Somebody began or ceased to follow the Official Account."""
    return event("oa", openid, created, "subscribe" if follows else "unsubscribe", EventKey="")


def scanned(openid: str, created: int, scene: str, ticket: str, newly_following: bool) -> Message:
    """Somebody scanned a QR code with a scene; by that a stranger becomes a follower."""
    if newly_following:
        return event("oa", openid, created, "subscribe", EventKey=f"qrscene_{scene}", Ticket=ticket)
    return event("oa", openid, created, "SCAN", EventKey=scene, Ticket=ticket)


def template_job_finished(openid: str, created: int, msgid: int) -> Message:
    """A template message has reached its recipient."""
    return event("oa", openid, created, "TEMPLATESENDJOBFINISH", MsgID=msgid, Status="success")


def consent_popup(openid: str, created: int, template_id: str, result: str) -> Message:
    """Somebody tapped accept or reject in the subscription dialog."""
    choice = {"TemplateId": template_id, "SubscribeStatusString": result, "PopupScene": 0}
    return event("mp", openid, created, "subscribe_msg_popup_event", SubscribeMsgPopupEvent={"List": [choice]})


def media_checked(openid: str, created: int, appid: str, trace_id: str, suggest: str, errcode: int = 0) -> Message:
    """The verdict on a picture: ``suggest`` is pass, review or risky; errcode -1008 when it could not be fetched."""
    label = {"pass": 100, "review": 21000, "risky": 20002}[suggest]
    detail = {"strategy": "content_model", "errcode": errcode, "suggest": suggest, "label": label, "prob": 90}
    return event(
        "mp",
        openid,
        created,
        "wxa_media_check",
        appid=appid,
        trace_id=trace_id,
        version=2,
        detail=detail,
        errcode=errcode,
        errmsg="ok" if errcode == 0 else "resource download failed",
        result={"suggest": suggest, "label": label},
    )


def to_xml(message: Mapping[str, object]) -> str:
    """The message as WeChat's XML."""
    return str(xmltodict.unparse({"xml": message}, full_document=False))
