"""A roster as content (a file, a form): read whole, with every mistake reported under its place.

dev/rosters/README.md has the format. The console's forms and the tables have the same fields and the same rules, so
there is one check for all of them; app/services/rosters/content.py writes a roster back into this form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.domain.edition import Edition, Found, faults_of
from app.domain.roster import Official, Roster, Tenure
from app.services.people.accounts import is_phone
from app.services.rosters.content_reader import Problem, Reader
from app.services.rosters.policy_file import read_policy
from app.services.rosters.words import FAULTS

LONGEST_NAME = 40
LONGEST_TITLE = 60
LONGEST_DUTY = 60
LONGEST_SENTENCE = 300
MOST_DUTIES = 12
MOST_PROJECTS = 30
MOST_GROUPS = 30
KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")
EMAIL = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")
WECHAT_ID = re.compile(r"[A-Za-z0-9_-]{5,30}")


class RosterFileError(ValueError):
    """The file cannot be imported; `problems` says where and what to do, in Chinese, one sentence each."""

    def __init__(self, found: list[Problem]) -> None:
        self.found = found
        self.problems = [str(problem) for problem in found]
        super().__init__("\n".join(self.problems))


def official_id(slug: str, key: str) -> str:
    return f"{slug}.{key}"


def parse_roster(content: Mapping[str, Any]) -> tuple[Roster, list[Official]]:
    """The roster in a file's content and its officials in order; RosterFileError with every problem found."""
    reader = Reader(content)
    roster = read_roster(reader)
    officials: list[Official] = []
    for group in reader.parts("groups"):
        for entry in group.parts("officials"):
            officials.append(_official(roster.slug, group, entry, len(officials) + 1))
    faults = faults_of(Edition(roster, tuple(officials)))  # no groups: else a misspelt file would unpublish everybody
    reader.problems += [Problem(fault.official_id or fault.field, sentence_of(fault)) for fault in faults]
    if reader.problems:
        raise RosterFileError(reader.problems)
    return roster, officials


def read_roster(reader: Reader) -> Roster:
    """The roster itself, with the names of its groups; what is wrong is in `reader.problems`."""
    slug = reader.text("slug", LONGEST_NAME)
    if slug and not SLUG.fullmatch(slug):
        reader.complain("slug", "只能用小写英文字母、数字和连字符，以字母开头")
    publication = reader.part("publication")
    groups = reader.parts("groups")
    if len(groups) > MOST_GROUPS:
        reader.complain("groups", f"最多 {MOST_GROUPS} 个分组")
    return Roster(
        slug=slug,
        name=reader.text("name", LONGEST_NAME),
        city=reader.text("city", LONGEST_NAME),
        promise=reader.text("promise", LONGEST_SENTENCE),
        groups=tuple(group.text("name", LONGEST_NAME) for group in groups),
        policy=read_policy(reader.part("policy")),
        basis=publication.text("basis", LONGEST_SENTENCE),
        published_on=publication.value("date", date.fromisoformat),
    )


def read_official(entry: Reader) -> Official:
    """What an entry tells of an official; id, roster, group and place are the caller's. `superior` stays as it is
    written. What is wrong is in `entry.problems`."""
    phone, duty_phone = entry.text("phone", LONGEST_NAME), entry.optional("duty_phone", LONGEST_NAME)
    for name, number in (("phone", phone), ("duty_phone", duty_phone)):
        if number and not is_phone(number):
            entry.complain(name, "不是电话号码")
    email, wechat_id = entry.optional("email", LONGEST_TITLE), entry.optional("wechat_id", LONGEST_NAME)
    if email and not EMAIL.fullmatch(email):
        entry.complain("email", "不是邮箱地址")
    if wechat_id and not WECHAT_ID.fullmatch(wechat_id):
        entry.complain("wechat_id", "微信号由 5 到 30 个字母、数字、下划线或减号组成")
    duties = entry.texts("duties", LONGEST_DUTY, MOST_DUTIES)
    if not duties:
        entry.complain("duties", "至少写一项分工")
    name = entry.text("name", LONGEST_NAME)
    return Official(
        id="",
        roster="",
        group="",
        position=0,
        name=name,
        post=entry.text("post", LONGEST_TITLE),
        unit=entry.text("unit", LONGEST_TITLE),
        duties=duties,
        phone=phone,
        duty_phone=duty_phone,
        email=email,
        wechat_id=wechat_id,
        projects=entry.texts("projects", LONGEST_DUTY, MOST_PROJECTS),
        superior_id=entry.optional("superior", LONGEST_TITLE),
        tenures=(Tenure(name, entry.value("since", date.fromisoformat)),),
    )


def read_key(entry: Reader) -> str:
    key = entry.text("key", LONGEST_NAME)
    if key and not KEY.fullmatch(key):
        entry.complain("key", "只能用英文字母、数字、下划线和连字符")
    return key


def sentence_of(fault: Found) -> str:
    return FAULTS[fault.fault].format(about=fault.about)


def _official(slug: str, group: Reader, entry: Reader, position: int) -> Official:
    official = read_official(entry)
    return replace(
        official,
        id=official_id(slug, read_key(entry)),
        roster=slug,
        group=group.optional("name", LONGEST_NAME),
        position=position,
        superior_id=official_id(slug, official.superior_id) if official.superior_id else "",
    )
