"""Where WeChat is and the connections to it: one pool per process, shared by both accounts."""

from __future__ import annotations

import ipaddress
import logging
import os
from urllib.parse import urlsplit

import requests

OFFICIAL_BASE = "https://api.weixin.qq.com"
OFFICIAL_BASES = frozenset({OFFICIAL_BASE, *(f"https://{name}.weixin.qq.com" for name in ("api2", "sh.api", "sz.api"))})
"""WeChat's address, its second one, and the two by region (WeChat: 接口域名说明)."""
CONNECT_SECONDS, READ_SECONDS = 3.0, 8.0


def check_base(base: str, production: bool) -> str:
    """`base` without a slash at its end.

    Raises ValueError for anything but WeChat itself in production, and elsewhere for what is neither WeChat nor a
    stand-in on the loopback address: secrets go there.
    """
    base = base.rstrip("/")
    if base in OFFICIAL_BASES:
        return base
    if production:
        raise ValueError(f"in production the WeChat address must be {OFFICIAL_BASE}")
    parts = urlsplit(base)
    plain = parts.scheme in ("http", "https") and not (parts.path or parts.query or parts.fragment or parts.username)
    if not plain or not _is_loopback(parts.hostname or ""):
        raise ValueError("the WeChat address must be WeChat's own or one on 127.0.0.1")
    return base


class Http:
    """The way to WeChat: base address, time-outs in seconds (connect, read), and a pool of connections.

    The pool is made at its first use in each process, so that a worker never shares sockets with its parent. A server
    may close an idle connection just when it is used again; such a send counts as perhaps carried out.
    """

    def __init__(
        self, base: str = OFFICIAL_BASE, timeouts: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS)
    ) -> None:
        self.base = base
        self.timeouts = timeouts
        self._mine: tuple[int, requests.Session] | None = None
        logging.getLogger("urllib3.connectionpool").addFilter(_WITHOUT_QUERIES)

    @property
    def session(self) -> requests.Session:
        mine = self._mine
        if mine is None or mine[0] != os.getpid():
            session = requests.Session()
            # The environment's proxy is for the way to WeChat, not for a stand-in on this machine.
            session.trust_env = self.base in OFFICIAL_BASES
            mine = self._mine = (os.getpid(), session)
        return mine[1]

    def close(self) -> None:
        """Ends this process's connections; the next use makes new ones."""
        if self._mine and self._mine[0] == os.getpid():
            self._mine[1].close()
        self._mine = None


class _WithoutQueries(logging.Filter):
    """urllib3 logs addresses at level debug, and theirs hold access tokens, secrets and codes."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_without_query(arg) for arg in record.args)
        return True


_WITHOUT_QUERIES = _WithoutQueries()


def _without_query(arg: object) -> object:
    return arg.partition("?")[0] + "?..." if isinstance(arg, str) and "?" in arg else arg


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
