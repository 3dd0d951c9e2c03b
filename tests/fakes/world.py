"""Stand-ins for clock, chance, WeChat and whoever is alerted. Each does what it is told and remembers what it saw."""

from __future__ import annotations

import hashlib
from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.domain.errors import InvalidInput, Reason
from app.domain.notification import Channel, Outcome, Sent
from app.services.ports.wechat import CodePicture, Identity, Message, Verdict
from app.wechat.templates import template_name

MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""An ordinary working Monday, 10:00 in Beijing."""


@dataclass
class FakeClock:
    moment: datetime = MONDAY

    def now(self) -> datetime:
        return self.moment

    def set(self, moment: datetime) -> datetime:
        self.moment = moment
        return moment

    def advance(self, delta: timedelta | None = None, **parts: float) -> datetime:
        """`advance(hours=3)` or `advance(timedelta(...))`; the new time."""
        return self.set(self.moment + (delta or timedelta(**parts)))


@dataclass
class PredictableSecrets:
    """id-1, C0001, token-1 ...; a digest depends on purpose and value only."""

    made: Counter[str] = field(default_factory=Counter)

    def new_id(self) -> str:
        return f"id-{self._next('id')}"

    def new_code(self, now: datetime) -> str:
        return f"C{self._next('code'):04d}"

    def new_token(self) -> str:
        return f"token-{self._next('token')}"

    def digest(self, purpose: str, value: str) -> str:
        return hashlib.sha256(f"{purpose}\0{value}".encode()).hexdigest()

    def _next(self, kind: str) -> int:
        self.made[kind] += 1
        return self.made[kind]


@dataclass(frozen=True)
class Sending:
    channel: Channel
    openid: str
    message: Message
    message_id: str


@dataclass
class RecordingMessenger:
    """Answers each send with the next of `script`, then with `outcome`; by default everything arrives.

    An exception in the script is raised (a process that dies between sending and marking).
    """

    outcome: Outcome = field(default_factory=Sent)
    script: deque[Outcome | BaseException] = field(default_factory=deque)
    sent: list[Sending] = field(default_factory=list)

    def will(self, *outcomes: Outcome | BaseException) -> None:
        self.script.extend(outcomes)

    def send(self, channel: Channel, openid: str, message: Message, message_id: str) -> Outcome:
        self.sent.append(Sending(channel, openid, message, message_id))
        outcome = self.script.popleft() if self.script else self.outcome
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def template_id(self, channel: Channel, occasion: str) -> str:
        return f"{channel.value}-{occasion}"

    def template_name(self, channel: Channel, occasion: str) -> str:
        return template_name(channel, occasion)

    def occasions(self, openid: str | None = None) -> list[str]:
        return [sending.message.occasion for sending in self.sent if openid in {None, sending.openid}]


@dataclass
class StaticContentCheck:
    """`verdict` for every text but those in `verdicts`; a trace for each picture unless `pictures_away`."""

    verdict: Verdict = Verdict.PASS
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    pictures_away: bool = False
    texts: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def text(self, openid: str, text: str) -> Verdict:
        self.texts.append(text)
        return self.verdicts.get(text, self.verdict)

    def picture(self, openid: str, url: str) -> str | None:
        if self.pictures_away:
            return None
        self.pictures.append(url)
        return f"trace-{len(self.pictures)}"


@dataclass
class FakeLogin:
    """`codes`: whom a wx.login code belongs to; `unionids` by the openid of the Official Account."""

    codes: dict[str, Identity] = field(default_factory=dict)
    unionids: dict[str, str] = field(default_factory=dict)
    failure: Exception | None = None
    """Raised instead of any answer: NotNow(WECHAT_AWAY), NotPermitted(LOGIN_REFUSED) ..."""

    def identify(self, code: str) -> Identity:
        if self.failure is not None:
            raise self.failure
        if code not in self.codes:
            raise InvalidInput(Reason.LOGIN_CODE_INVALID)
        return self.codes[code]

    def unionid_of(self, oa_openid: str) -> str:
        if self.failure is not None:
            raise self.failure
        return self.unionids.get(oa_openid, "")


@dataclass
class FakePhones:
    """`numbers` by code; each serves once. `failure` is raised instead of any answer."""

    numbers: dict[str, str] = field(default_factory=dict)
    failure: Exception | None = None

    def phone_of(self, code: str) -> str:
        if self.failure is not None:
            raise self.failure
        if code not in self.numbers:
            raise InvalidInput(Reason.PHONE_CODE_INVALID)
        return self.numbers.pop(code)


@dataclass
class FakeCodes:
    """Pictures that say what they open, and a new link every time; `failure` is raised instead of any answer."""

    failure: Exception | None = None
    links: list[tuple[str, str]] = field(default_factory=list)

    def picture(self, page: str, scene: str) -> CodePicture:
        if self.failure is not None:
            raise self.failure
        return CodePicture("image/png", f"{page}?scene={scene}".encode())

    def link(self, page: str, query: str) -> str:
        if self.failure is not None:
            raise self.failure
        self.links.append((page, query))
        return f"https://wxaurl.cn/{len(self.links)}"


@dataclass
class CollectingAlerts:
    raised: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)

    def raise_alert(self, what: str, **facts: object) -> None:
        self.raised.append((what, facts))

    @property
    def names(self) -> Iterable[str]:
        return [what for what, _ in self.raised]
