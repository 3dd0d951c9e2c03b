"""A roster in a file: read whole, with every mistake reported under its place. dev/rosters/README.md has the format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any, TypeVar

from app.domain.roster import (
    AnsweredBy,
    Audience,
    Campaign,
    CourtesyHours,
    Deadlines,
    Official,
    Operator,
    Policy,
    Roster,
    ServiceHours,
    SourceCode,
)
from app.domain.workday import Span, Unit
from app.services.accounts import is_phone

T = TypeVar("T")
LONGEST_SOURCE_CODE = 12


class RosterFileError(ValueError):
    """The file cannot be imported; `problems` says where and what to do, in Chinese, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def official_id(slug: str, key: str) -> str:
    return f"{slug}.{key}"


def parse_roster(content: Mapping[str, Any]) -> tuple[Roster, list[Official]]:
    """The roster in a file's content and its officials in order; RosterFileError with every problem found."""
    reader = _Reader(content)
    slug = reader.text("slug")
    publication = reader.part("publication")
    groups = reader.parts("groups")
    roster = Roster(
        slug=slug,
        name=reader.text("name"),
        city=reader.text("city"),
        promise=reader.text("promise"),
        groups=tuple(group.text("name") for group in groups),
        policy=_policy(reader.part("policy")),
        basis=publication.text("basis"),
        published_on=publication.value("date", date.fromisoformat),
    )
    if not groups:
        reader.complain("groups", "至少要有一个分组")  # else a misspelt file would unpublish everybody
    officials: list[Official] = []
    for group in groups:
        for entry in group.parts("officials"):
            officials.append(_official(slug, group.text("name"), len(officials) + 1, entry))
    _check_references(officials, reader.problems)
    if reader.problems:
        raise RosterFileError(reader.problems)
    return roster, officials


def _official(slug: str, group: str, position: int, entry: _Reader) -> Official:
    superior = entry.optional("superior")
    phone = entry.text("phone")
    if phone and not is_phone(phone):
        entry.complain("phone", "不是电话号码")
    duties = entry.texts("duties")
    if not duties:
        entry.complain("duties", "至少写一项分工")
    return Official(
        id=official_id(slug, entry.text("key")),
        roster=slug,
        group=group,
        position=position,
        name=entry.text("name"),
        post=entry.text("post"),
        unit=entry.text("unit"),
        duties=duties,
        phone=phone,
        duty_phone=entry.optional("duty_phone"),
        email=entry.optional("email"),
        wechat_id=entry.optional("wechat_id"),
        projects=entry.texts("projects"),
        superior_id=official_id(slug, superior) if superior else "",
    )


def _policy(part: _Reader) -> Policy:
    hours = part.maybe("service_hours")
    courtesy = part.maybe("courtesy_hours")
    campaign = part.maybe("campaign")
    deadlines = part.part("deadlines")
    defaults = Deadlines()
    contact_days, max_transfers = deadlines.value("contact_days", int), deadlines.value("max_transfers", int)
    if contact_days is not None and contact_days < 1:
        deadlines.complain("contact_days", "至少 1 天")
    if max_transfers is not None and max_transfers < 0:
        deadlines.complain("max_transfers", "不能小于 0")
    source_codes = tuple(SourceCode(s.text("code"), s.text("place")) for s in part.parts("source_codes"))
    codes = [source.code for source in source_codes]
    for code in sorted(set(codes)):
        if codes.count(code) > 1 or len(code) > LONGEST_SOURCE_CODE or not code.isascii():
            part.complain("source_codes", f"{code}：来源码须唯一，最多 {LONGEST_SOURCE_CODE} 个英文字母或数字")
    return Policy(
        audience=part.value("audience", Audience) or Audience.EVERYONE,
        answered_by=part.value("answered_by", AnsweredBy) or AnsweredBy.IN_PERSON,
        service_hours=_service_hours(hours) if hours else None,
        courtesy_hours=_courtesy_hours(courtesy) if courtesy else None,
        campaign=_campaign(campaign) if campaign else None,
        operators=tuple(Operator(o.text("number"), o.text("name")) for o in part.parts("operators")),
        source_codes=source_codes,
        deadlines=replace(
            defaults,
            contact=Span(_given(contact_days, defaults.contact.amount), Unit.DAYS),
            max_transfers=_given(max_transfers, defaults.max_transfers),
        ),
        reports=part.texts("reports"),
    )


def _service_hours(part: _Reader) -> ServiceHours:
    return ServiceHours(_clock(part, "from"), _clock(part, "to"), part.value("workdays_only", bool) is not False)


def _courtesy_hours(part: _Reader) -> CourtesyHours:
    return CourtesyHours(_clock(part, "from"), _clock(part, "to"), part.text("hint"))


def _campaign(part: _Reader) -> Campaign:
    starts_on, ends_on = (part.value(name, date.fromisoformat) for name in ("starts_on", "ends_on"))
    if starts_on is None or ends_on is None or ends_on < starts_on:
        part.complain("ends_on", "请写明起止日期，结束不早于开始")
        return Campaign("", date.min, date.max)
    return Campaign(part.text("topic"), starts_on, ends_on)


def _clock(part: _Reader, name: str) -> time:
    value = part.value(name, time.fromisoformat)
    if value is None:
        part.complain(name, "请写成 08:00 这样的时间")
    return value or time()


def _given(value: int | None, default: int) -> int:
    return default if value is None else value


def _check_references(officials: list[Official], problems: list[str]) -> None:
    ids = [official.id for official in officials]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        problems.append(f"{id}：key 重复，请改成唯一的")
    for official in officials:
        if official.superior_id and official.superior_id not in ids:
            problems.append(f"{official.id}：superior {official.superior_id} 不在本名册里")
    above = {official.id: official.superior_id for official in officials}
    for id in ids:
        chain = [id]
        while (superior := above.get(chain[-1], "")) and superior not in chain:
            chain.append(superior)
        if superior == id:
            problems.append(f"{id}：superior 绕了一圈又回到自己")


@dataclass
class _Reader:
    """Reads one object of the file and collects what is wrong with it under its path."""

    content: Any
    path: str = ""
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not isinstance(self.content, Mapping):
            self.problems.append(f"{self.path or '文件'}：应是一个对象")
            self.content = {}

    def complain(self, name: str, what: str) -> None:
        self.problems.append(f"{self._at(name)}：{what}")

    def text(self, name: str) -> str:
        found = self.optional(name)
        if not found:
            self.complain(name, "必须填写")
        return found

    def optional(self, name: str) -> str:
        value = self.content.get(name)
        if value is not None and not isinstance(value, str):
            self.complain(name, "应是文字")
            return ""
        return (value or "").strip()

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.content.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.complain(name, "应是文字的列表")
            return ()
        return tuple(item.strip() for item in value)

    def value(self, name: str, convert: Callable[[Any], T]) -> T | None:
        raw = self.content.get(name)
        if raw is None:
            return None
        try:
            return convert(raw)
        except (TypeError, ValueError):
            self.complain(name, f"看不懂：{raw!r}")
            return None

    def part(self, name: str) -> _Reader:
        return _Reader(self.content.get(name) or {}, self._at(name), self.problems)

    def maybe(self, name: str) -> _Reader | None:
        return self.part(name) if self.content.get(name) else None

    def parts(self, name: str) -> list[_Reader]:
        value = self.content.get(name) or []
        if not isinstance(value, list):
            self.complain(name, "应是列表")
            return []
        return [_Reader(item, f"{self._at(name)}[{n}]", self.problems) for n, item in enumerate(value, 1)]

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name
