"""The settings of the city: named, typed, with defaults; changed by an admin, one change after another in one history.

A setting's value is what the last change of that name said. Nothing that was agreed under an earlier value is touched:
deadlines that run, messages that wait, rosters with deadlines of their own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from app.domain import city_rules, ready_words
from app.domain.category import CATEGORIES, Category, plain_categories, read_categories
from app.domain.city_rules import Channels, Retention, Workdays
from app.domain.errors import InvalidInput, NotFound, Reason
from app.domain.given import Given
from app.domain.officer import OfficeRole
from app.domain.quiet import QuietHours
from app.domain.ready_words import AnswerTemplate, ProperChannel, QuickReply
from app.domain.roster import Deadlines

LONGEST_NOTE = 200


class SettingName(StrEnum):
    """The names; each is also the field of CitySettings."""

    QUICK_REPLIES = "quick_replies"
    ANSWER_TEMPLATES = "answer_templates"
    REJECT_CHANNELS = "reject_channels"
    CATEGORIES = "categories"
    WORKDAYS = "workdays"
    QUIET_HOURS = "quiet_hours"
    CHANNELS = "channels"
    RETENTION = "retention"
    DEADLINES = "deadlines"
    TOTP_REQUIRED = "totp_required"


@dataclass(frozen=True)
class CitySettings:
    """All of them as they are in force."""

    quick_replies: tuple[QuickReply, ...] = ready_words.QUICK_REPLIES
    answer_templates: tuple[AnswerTemplate, ...] = ready_words.ANSWER_TEMPLATES
    reject_channels: tuple[ProperChannel, ...] = ready_words.PROPER_CHANNELS
    categories: tuple[Category, ...] = CATEGORIES
    workdays: Workdays = Workdays()
    quiet_hours: QuietHours = QuietHours()
    channels: Channels = Channels()
    retention: Retention = Retention()
    deadlines: Deadlines = Deadlines()
    """What a new roster begins with; a roster's own stand in its policy."""
    totp_required: tuple[OfficeRole, ...] = ()
    """Roles that may do nothing without a second factor. Whoever has one is always asked for it."""


@dataclass(frozen=True)
class Setting:
    """`read` makes the value of what somebody filled in, `plain` the other way round; `about` says what it does."""

    title: str
    about: str
    read: Callable[[Given], Any]
    plain: Callable[[Any], dict[str, Any]]


def _read_roles(given: Given) -> tuple[OfficeRole, ...]:
    return given.choices("roles", tuple(OfficeRole))


def _plain_roles(roles: tuple[OfficeRole, ...]) -> dict[str, Any]:
    return {"roles": [role.value for role in roles]}


SETTINGS: Mapping[SettingName, Setting] = MappingProxyType(
    {
        SettingName.QUICK_REPLIES: Setting(
            "快捷回复",
            "负责同志在小程序里一键发出的话。快捷回复只是承诺，不算答复。",
            ready_words.read_quick_replies,
            ready_words.plain_quick_replies,
        ),
        SettingName.ANSWER_TEMPLATES: Setting(
            "答复范文",
            "答复时可以套用的开头，“……”处由办理人填写。",
            ready_words.read_answer_templates,
            ready_words.plain_answer_templates,
        ),
        SettingName.REJECT_CHANNELS: Setting(
            "正当渠道",
            "不予受理时告诉群众该去哪里反映。",
            ready_words.read_proper_channels,
            ready_words.plain_proper_channels,
        ),
        SettingName.CATEGORIES: Setting(
            "事项分类",
            "按诉求中的用词提示类别，显示在诉求页上供参考，不影响办理。",
            read_categories,
            plain_categories,
        ),
        SettingName.WORKDAYS: Setting(
            "工作日历",
            "在国家放假安排之外，另定放假或上班的日子。已经起算的期限不变。",
            city_rules.read_workdays,
            city_rules.plain_workdays,
        ),
        SettingName.QUIET_HOURS: Setting(
            "免打扰时段",
            "此时段不发消息，到早上补发；紧急诉求除外。不影响办理期限。",
            city_rules.read_quiet_hours,
            city_rules.plain_quiet_hours,
        ),
        SettingName.CHANNELS: Setting(
            "消息模板",
            "停用的模板不再发送，消息改走下一种方式；长期订阅的模板一次授权长期有效。",
            city_rules.read_channels,
            city_rules.plain_channels,
        ),
        SettingName.RETENTION: Setting(
            "保存期限",
            "到期后自动删除照片、联系方式和通话记录。诉求本身作为档案保留。",
            city_rules.read_retention,
            city_rules.plain_retention,
        ),
        SettingName.DEADLINES: Setting(
            "默认期限",
            "新建名册时采用的各项期限。已有名册在名册里修改，已经起算的期限不变。",
            city_rules.read_deadlines,
            city_rules.plain_deadlines,
        ),
        SettingName.TOTP_REQUIRED: Setting(
            "必须启用动态码的角色",
            "这些角色登录后须先启用动态码，才能进行其他操作。",
            _read_roles,
            _plain_roles,
        ),
    }
)


@dataclass(frozen=True)
class SettingChange:
    """One change of one setting, numbered in one series for all of them; `before` and `after` are plain JSON."""

    id: str
    """The number as text with leading zeros, so that ids sort."""
    number: int
    name: SettingName
    at: datetime
    officer_id: str
    officer_name: str
    before: str
    after: str
    note: str = ""


def name_of(text: str) -> SettingName:
    """Raises NotFound(NO_SUCH_SETTING)."""
    if text not in list(SettingName):
        raise NotFound(Reason.NO_SUCH_SETTING)
    return SettingName(text)


def read_value(name: SettingName, plain: object) -> Any:
    """The typed value. Raises InvalidInput with `fields`: path to sentences in Chinese."""
    given = Given(plain)
    value = SETTINGS[name].read(given)
    if given.problems:
        raise InvalidInput(Reason.BAD_REQUEST, fields=given.problems)
    return value


def value_of(settings: CitySettings, name: SettingName) -> Any:
    return getattr(settings, name.value)


def with_value(settings: CitySettings, name: SettingName, value: Any) -> CitySettings:
    return replace(settings, **{name.value: value})


def as_json(name: SettingName, value: Any) -> str:
    """Always the same text for the same value."""
    return json.dumps(SETTINGS[name].plain(value), ensure_ascii=False, sort_keys=True)


def from_json(name: SettingName, text: str) -> Any:
    """Raises InvalidInput when the rules for the value have become stricter since it was written."""
    return read_value(name, json.loads(text))


def change_id(number: int) -> str:
    return f"{number:09}"
