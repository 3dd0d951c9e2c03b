"""A login at the console: since when, from where, and when it was last used."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(hours=12)
CODE_WITHIN = timedelta(minutes=5)
"""How long the second step of a login may take."""
SEEN_EVERY = timedelta(minutes=5)
"""A session's last use is written down no more often, so that reading a page costs no write."""


@dataclass(frozen=True)
class Client:
    """Where a request comes from, as the web saw it."""

    address: str = ""
    agent: str = ""


@dataclass(frozen=True)
class OfficeSession:
    """`id` is the keyed hash of the token, which itself is never kept."""

    id: str
    version: int
    officer_id: str
    era: int
    """The officer's at the login: the session is void as soon as the officer's is another."""
    created_at: datetime
    expires_at: datetime
    seen_at: datetime
    address: str = ""
    browser: str = ""
    waits_for_code: bool = False
    """The password was right, the code is still to come: it opens nothing but the second step."""

    def is_stale(self, now: datetime) -> bool:
        """Whether its last use should be written down anew."""
        return now >= self.seen_at + SEEN_EVERY


def short_address(address: str) -> str:
    """Enough to recognise the office, not the desk: 10.1.2.*, or the first half of an IPv6 address."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    if isinstance(known, ipaddress.IPv4Address):
        return f"{str(known).rpartition('.')[0]}.*"
    return f"{':'.join(known.exploded.split(':')[:4])}:*"


_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("QQBrowser", "QQ 浏览器"),
    ("360SE", "360 浏览器"),
    ("360EE", "360 浏览器"),
    ("QIHU", "360 浏览器"),
    ("MetaSr", "搜狗浏览器"),
    ("UOS", "UOS 浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("Trident", "IE"),
)
"""What a browser calls itself; those built on Chrome name it too and stand before it."""


def browser_name(agent: str) -> str:
    """The browser and nothing more of what its User-Agent tells."""
    return next((name for mark, name in _BROWSERS if mark in agent), "其他程序" if agent else "")
