"""The outside of a push: whether it comes from WeChat, its decryption, and XML or JSON made into a dict."""

from __future__ import annotations

import hmac
import json
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict  # type: ignore[import-untyped]  # it ships no types
from wechatpy.crypto import WeChatCrypto  # type: ignore[import-untyped]  # it ships no types
from wechatpy.exceptions import InvalidAppIdException  # type: ignore[import-untyped]
from wechatpy.utils import WeChatSigner  # type: ignore[import-untyped]

from app.services.messages.pushes import PushRefused

LARGEST_BODY = 64 * 1024
XML_START = re.compile(r"\ufeff?\s*(<\?xml[^>]*\?>\s*)?<xml[\s>]")
"""Straight to the root element: a DOCTYPE, where entities are declared, can only stand before it."""


class BadSignature(PushRefused):
    """It does not come from WeChat, or not for one of our accounts."""


class BadPush(PushRefused):
    """It cannot be read."""


@dataclass(frozen=True)
class PushSettings:
    """The message push settings of the accounts that push here.

    `aes_key` (43 characters) decrypts; empty means that only plain pushes are read. With `aes_only` plain pushes are
    refused: their signature does not cover the body, so they rest on TLS alone.
    """

    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    appids: tuple[str, ...]
    aes_only: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError: an empty token would let everybody sign."""
        if not self.token:
            raise ValueError("the token of the message push must not be empty")
        if self.aes_key and not re.fullmatch(r"[A-Za-z0-9+/]{43}", self.aes_key):
            raise ValueError("the AES key of the message push has 43 letters and digits")
        if self.aes_only and not self.aes_key:
            raise ValueError("AES mode needs the AES key of the message push")


def read_echo(settings: PushSettings, args: Mapping[str, str]) -> str:
    """What to answer the GET with which WeChat tries the callback out. Raises BadSignature."""
    _check(settings, args, "signature")
    return args.get("echostr", "")


def open_push(settings: PushSettings, args: Mapping[str, str], raw_body: bytes) -> Mapping[str, Any]:
    """The fields of a push whose signature is right. Raises BadSignature or BadPush."""
    if len(raw_body) > LARGEST_BODY:
        raise BadPush("too large")
    if args.get("encrypt_type") == "aes" and settings.aes_key:
        sealed = _parse(raw_body).get("Encrypt")
        if not isinstance(sealed, str):
            raise BadPush("nothing encrypted")
        _check(settings, args, "msg_signature", sealed)
        return _parse(_decrypt(settings, args, sealed).encode())
    if settings.aes_only:
        raise BadSignature("not encrypted")
    _check(settings, args, "signature")
    return _parse(raw_body)


def _check(settings: PushSettings, args: Mapping[str, str], name: str, *signed: str) -> None:
    """WeChat signs token, timestamp and nonce, and in AES mode the encrypted body too."""
    signer = WeChatSigner()
    signer.add_data(settings.token, args.get("timestamp", ""), args.get("nonce", ""), *signed)
    # Not wechatpy's check_signature: it compares in a time that tells how much was right.
    if not hmac.compare_digest(signer.signature.encode(), args.get(name, "").encode("utf-8", "replace")):
        raise BadSignature("signature does not fit")


def _decrypt(settings: PushSettings, args: Mapping[str, str], sealed: str) -> str:
    said = (args["msg_signature"], args.get("timestamp", ""), args.get("nonce", ""))
    for appid in settings.appids:
        try:
            text: str = WeChatCrypto(settings.token, settings.aes_key, appid).decrypt_message(
                {"Encrypt": sealed}, *said
            )
        except InvalidAppIdException:
            continue
        except (ValueError, IndexError, struct.error):
            raise BadPush("cannot be decrypted") from None
        return text
    raise BadSignature("for another account")


def _parse(raw: bytes) -> Mapping[str, Any]:
    try:
        text = raw.decode("utf-8")
        if XML_START.match(text):
            said = xmltodict.parse(text)["xml"]
        elif text.lstrip("\ufeff \t\r\n").startswith("{"):
            said = json.loads(text.lstrip("\ufeff"))
        else:
            raise BadPush("neither XML nor JSON")
    except (ValueError, ExpatError, RecursionError):
        raise BadPush("cannot be parsed") from None
    if not isinstance(said, dict):
        raise BadPush("no fields")
    return said
