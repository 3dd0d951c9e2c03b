"""Judging texts and pictures: by marker words, so that a demo can choose the verdict."""

from __future__ import annotations

import ipaddress
from urllib.parse import unquote, urlsplit

import requests
import urllib3

TEXT_MARKERS = {"违禁词示例": "risky", "待人工示例": "review"}
URL_MARKERS = {"sandbox-risky": "risky", "sandbox-review": "review", **TEXT_MARKERS}
BYTE_MARKERS = {b"SANDBOX-RISKY": "risky", b"SANDBOX-REVIEW": "review"}
LABELS = {"pass": 100, "review": 21000, "risky": 20006}
MAX_BYTES = 10 * 1024 * 1024
DOWNLOAD_FAILED = -1008


def judge_text(content: str) -> str:
    """The verdict on a text: pass, review or risky."""
    return next((verdict for marker, verdict in TEXT_MARKERS.items() if marker in content), "pass")


def judge_picture(url: str) -> tuple[str, int]:
    """The verdict on a picture and an errcode (0, or -1008 when it could not be read).

    Only a loopback address is ever read; for any other the words in the address alone decide.
    """
    readable = unquote(url).lower()
    if found := next((verdict for marker, verdict in URL_MARKERS.items() if marker in readable), None):
        return found, 0
    if not _is_loopback(url):
        return "pass", 0
    try:
        content = _read(url)
    except (requests.RequestException, urllib3.exceptions.HTTPError):
        return "review", DOWNLOAD_FAILED
    return next((verdict for marker, verdict in BYTE_MARKERS.items() if marker in content), "pass"), 0


def _is_loopback(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        return parts.scheme in ("http", "https") and (host == "localhost" or ipaddress.ip_address(host).is_loopback)
    except ValueError:
        return False


def _read(url: str) -> bytes:
    with requests.Session() as session:
        session.trust_env = False
        # A redirect could lead outside, so none is followed.
        with session.get(url, timeout=3, stream=True, allow_redirects=False) as answer:
            if answer.status_code != 200:
                raise requests.HTTPError(f"HTTP {answer.status_code}")
            return bytes(answer.raw.read(MAX_BYTES, decode_content=True))
