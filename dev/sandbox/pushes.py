"""Pushing messages to the callback, signed (and by default encrypted) as WeChat does."""

from __future__ import annotations

import logging
import secrets
import threading
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import requests
import xmltodict
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from dev.sandbox.clock import SharedClock
from dev.sandbox.config import Account, SandboxConfig
from dev.sandbox.events import Message, to_xml

Mode = Literal["plain", "aes"]
REPEATS = 3
LANES = 8
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PushAnswer:
    """What the callback answered: an HTTP status and body, or the kind of connection error."""

    status: int | None
    body: str
    error: str | None = None


class Pusher:
    """Sends at once or in the background; in the background one person's messages keep their order."""

    def __init__(self, config: SandboxConfig, clock: SharedClock) -> None:
        self._config = config
        self._clock = clock
        self._stopping = threading.Event()
        self._lanes = [ThreadPoolExecutor(1, f"push-{number}") for number in range(LANES)]
        self._seconds: dict[str, int] = {}
        self._lock = threading.Lock()

    def moment_of(self, openid: str) -> int:
        """A CreateTime for something a person does: a later second each time, since nobody taps twice in one."""
        with self._lock:
            self._seconds[openid] = max(int(self._clock.now()), self._seconds.get(openid, 0) + 1)
            return self._seconds[openid]

    def later(self, account: Account, message: Message) -> None:
        """Push in the background, repeated up to 3 times; a callback that never takes it is only logged."""
        self.after(0, str(message["FromUserName"]), lambda: self._insist(account, message))

    def after(self, delay: float, openid: str, work: Callable[[], None]) -> None:
        """Run ``work`` after ``delay`` seconds in the background, in the line of that person."""

        def run() -> None:
            if not self._stopping.wait(delay):
                work()

        if self._config.push_url and not self._stopping.is_set():
            self._lanes[zlib.crc32(openid.encode()) % LANES].submit(run)

    def now(
        self, account: Account, message: Message, mode: Mode | None = None, bad_signature: bool = False
    ) -> PushAnswer:
        """Push once and wait for the answer. Never raises for what the callback or the network does."""
        if not self._config.push_url:
            return PushAnswer(None, "", "PUSH_URL is not set")
        query, body = self._sealed(account, message, mode or ("aes" if self._config.aes_key else "plain"))
        if bad_signature:
            query |= {name: secrets.token_hex(20) for name in ("signature", "msg_signature") if name in query}
        try:
            with requests.Session() as session:
                session.trust_env = False  # never through somebody's proxy
                answer = session.post(
                    self._config.push_url,
                    params=query,
                    data=body.encode(),
                    headers={"Content-Type": "text/xml"},
                    timeout=self._config.push_timeout,
                )
                return PushAnswer(answer.status_code, answer.text)
        except requests.RequestException as error:
            return PushAnswer(None, "", type(error).__name__)

    def close(self) -> None:
        """Drop what is waiting and let running pushes end."""
        self._stopping.set()
        for lane in self._lanes:
            lane.shutdown(wait=True, cancel_futures=True)

    def _insist(self, account: Account, message: Message) -> None:
        for _ in range(1 + REPEATS):
            answer = self.now(account, message)
            if answer.status == 200:
                return
            if self._stopping.wait(self._config.push_retry_pause):
                return
        log.warning("push %s was not taken: %s", message.get("Event", "message"), answer.error or answer.status)

    def _sealed(self, account: Account, message: Message, mode: Mode) -> tuple[dict[str, str], str]:
        timestamp, nonce = str(int(self._clock.now())), secrets.token_hex(5)
        signer = WeChatSigner()
        signer.add_data(self._config.push_token, timestamp, nonce)
        query = {
            "signature": str(signer.signature),
            "timestamp": timestamp,
            "nonce": nonce,
            "openid": str(message["FromUserName"]),
        }
        if mode == "plain":
            return query, to_xml(message)
        crypto = WeChatCrypto(self._config.push_token, self._config.aes_key, self._config.appid(account))
        body: str = crypto.encrypt_message(to_xml(message), nonce, timestamp)
        sealed: dict[str, Any] = xmltodict.parse(body)["xml"]
        return query | {"encrypt_type": "aes", "msg_signature": sealed["MsgSignature"]}, body
