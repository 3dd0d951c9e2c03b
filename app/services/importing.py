"""Reading a roster from a file: every mistake is reported with its place, and nothing is stored while there is one.

The format is described in dev/rosters/README.md. Importing the same file again changes nothing; an official who is no
longer in the file is unpublished, not deleted, because appeals point to the post.
"""

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
from app.services.world import World

T = TypeVar("T")


class RosterFileError(ValueError):
    """The file cannot be imported; `problems` says where and what to do, in Chinese, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Imported:
    slug: str
    officials: int
    changed: int
    """Officials that are new, different or no longer published; zero when the file held nothing new."""


def import_roster(world: World, content: Mapping[str, Any]) -> Imported:
    """Stores the roster and its officials. Officials go first and the roster's revision last, so that a cache that sees
    the new revision sees them all. Raises RosterFileError."""
    roster, officials = parse_roster(content)
    stores = world.stores
    known = {official.id: official for official in stores.officials.of_roster(roster.slug)}
    changes = [official for official in officials if not _same(known.get(official.id), official)]
    listed = {official.id for official in officials}
    gone = [replace(o, is_published=False) for o in known.values() if o.id not in listed and o.is_published]
    for official in [*changes, *gone]:
        before = known.get(official.id)
        stores.officials.put(replace(official, version=before.version + 1 if before else 1))
    existing = stores.rosters.get(roster.slug)
    if existing is None:
        stores.rosters.put(roster)
    elif changes or gone or replace(existing, revision=roster.revision) != roster:
        stores.rosters.put(replace(roster, revision=existing.revision + 1))
    return Imported(roster.slug, len(officials), len(changes) + len(gone))


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
    return Official(
        id=official_id(slug, entry.text("key")),
        roster=slug,
        group=group,
        position=position,
        name=entry.text("name"),
        post=entry.text("post"),
        unit=entry.text("unit"),
        duties=entry.texts("duties"),
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
    return Policy(
        audience=part.value("audience", Audience) or Audience.EVERYONE,
        answered_by=part.value("answered_by", AnsweredBy) or AnsweredBy.IN_PERSON,
        service_hours=_service_hours(hours) if hours else None,
        courtesy_hours=_courtesy_hours(courtesy) if courtesy else None,
        campaign=_campaign(campaign) if campaign else None,
        operators=tuple(Operator(o.text("number"), o.text("name")) for o in part.parts("operators")),
        source_codes=tuple(SourceCode(s.text("code"), s.text("place")) for s in part.parts("source_codes")),
        deadlines=replace(
            defaults,
            contact=Span(deadlines.value("contact_days", int) or defaults.contact.amount, Unit.DAYS),
            max_transfers=_given(deadlines.value("max_transfers", int), defaults.max_transfers),
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


def _same(known: Official | None, new: Official) -> bool:
    return known is not None and replace(known, version=new.version) == new


def _check_references(officials: list[Official], problems: list[str]) -> None:
    ids = [official.id for official in officials]
    for id in sorted({id for id in ids if ids.count(id) > 1}):
        problems.append(f"{id}：key 重复，请改成唯一的")
    for official in officials:
        if official.superior_id and official.superior_id not in ids:
            problems.append(f"{official.id}：superior {official.superior_id} 不在本名册里")


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
