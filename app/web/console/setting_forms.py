"""Each setting's form, as a table: fields and rows of fields, in the shape that `change_setting` takes.

One template draws all of them, one function reads them (setting_values.py); what may be filled in is the rules'
business (app/domain).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.domain import category, ready_words
from app.domain.city_rules import BOUNDS, LONGEST_REASON, SUBSCRIBED, Template
from app.domain.labels import OFFICE_ROLES
from app.domain.roster import Deadlines
from app.domain.settings import SettingName
from app.domain.workday import Span, Unit


class Kind(StrEnum):
    TEXT = "text"
    AREA = "area"
    WORDS = "words"
    """Several words, with spaces or 、 between."""
    NUMBER = "number"
    HOUR = "hour"
    DAY = "day"
    FLAG = "flag"
    YES_NO = "yes_no"
    """One of two words: of no, and of yes."""
    CHOICE = "choice"
    CHOICES = "choices"
    HIDDEN = "hidden"


TYPED = frozenset({Kind.TEXT, Kind.AREA, Kind.WORDS, Kind.NUMBER, Kind.HOUR, Kind.DAY})
"""A new row in which none of these holds anything is no row."""


@dataclass(frozen=True)
class Field:
    """`width` of twelve columns in a row; `unit` stands behind the number."""

    name: str
    label: str
    kind: Kind = Kind.TEXT
    width: int = 12
    longest: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    hint: str = ""


@dataclass(frozen=True)
class Rows:
    """`title` of one row; `is_ordered`: people choose the order."""

    name: str
    title: str
    fields: tuple[Field, ...]
    is_ordered: bool = True
    hint: str = ""


@dataclass(frozen=True)
class Form:
    fields: tuple[Field, ...] = ()
    rows: tuple[Rows, ...] = ()


TEMPLATES: Mapping[Template, str] = MappingProxyType(
    {
        Template.OA_ASSIGNED: "服务号：交办通知",
        Template.OA_REMINDER: "服务号：提醒和催办",
        Template.OA_DIGEST: "服务号：多件提醒合并",
        Template.MP_PROGRESS: "小程序：办理进度（群众）",
        Template.MP_ANSWER: "小程序：答复（群众）",
        Template.MP_SUPPLEMENT: "小程序：请补充情况（群众）",
        Template.MP_TODO: "小程序：待办（负责同志）",
    }
)
DEADLINES: Mapping[str, str] = MappingProxyType(
    {
        "review": "审核",
        "contact": "联系群众",
        "contact_urgent": "联系群众（紧急）",
        "answer_consultation": "答复（咨询）",
        "answer": "答复（其他）",
        "answer_urgent": "答复（紧急）",
        "supplement": "等待群众补充",
        "follow_up": "答复后回访",
        "second_review": "复核",
        "hand_back": "可退回",
        "reopen_by_supervisor": "督查室可责令重办",
        "promise_at_most": "承诺联系最迟",
        "max_transfers": "最多转办",
        "max_extension_workdays": "最多延期",
    }
)
UNITS = {Unit.WORKDAYS: "个工作日", Unit.DAYS: "天", Unit.HOURS: "小时"}
NAME = Field("name", "", Kind.HIDDEN)
OUTCOMES = (("solved", "已解决"), ("explained", "不能解决，说明原因"))


def _unit(name: str) -> str:
    default = getattr(Deadlines(), name)
    if isinstance(default, Span):
        return UNITS[default.unit]
    return "次" if name == "max_transfers" else "个工作日"


FORMS: Mapping[SettingName, Form] = MappingProxyType(
    {
        SettingName.QUICK_REPLIES: Form(
            rows=(Rows("items", "快捷回复", (NAME, Field("text", "内容", width=9, longest=ready_words.LONGEST_REPLY))),)
        ),
        SettingName.ANSWER_TEMPLATES: Form(
            rows=(
                Rows(
                    "items",
                    "范文",
                    (
                        NAME,
                        Field("title", "名称", width=4, longest=ready_words.LONGEST_TITLE),
                        Field("outcome", "用于", Kind.CHOICE, 4, choices=OUTCOMES),
                        Field("text", "内容", Kind.AREA, longest=ready_words.LONGEST_TEXT),
                    ),
                ),
            )
        ),
        SettingName.REJECT_CHANNELS: Form(
            rows=(
                Rows(
                    "items",
                    "渠道",
                    (
                        Field("name", "名称", width=3, longest=ready_words.LONGEST_TITLE),
                        Field("text", "群众看到的话", Kind.AREA, longest=300),
                    ),
                ),
            )
        ),
        SettingName.CATEGORIES: Form(
            rows=(
                Rows(
                    "items",
                    "分类",
                    (
                        Field("name", "名称", width=3, longest=category.LONGEST_NAME),
                        Field("words", "用词（用空格或顿号分开）", Kind.WORDS),
                    ),
                ),
            )
        ),
        SettingName.WORKDAYS: Form(
            rows=(
                Rows(
                    "days",
                    "日期",
                    (
                        Field("day", "日期", Kind.DAY, 3),
                        Field("worked", "这一天", Kind.YES_NO, 2, choices=(("no", "放假"), ("yes", "上班"))),
                        Field("reason", "依据", width=5, longest=LONGEST_REASON),
                    ),
                    is_ordered=False,
                ),
                Rows(
                    "years",
                    "已录全的年份",
                    (Field("year", "年份", Kind.NUMBER, 3),),
                    is_ordered=False,
                    hint="放假通知已全部录入的年份；这一年的期限不再注明“以正式放假安排为准”。",
                ),
            )
        ),
        SettingName.QUIET_HOURS: Form(
            (
                Field("begin", "晚上从", Kind.HOUR),
                Field("end", "到早上", Kind.HOUR),
                Field("on_days_off", "休息日和节假日也不发", Kind.FLAG),
            )
        ),
        SettingName.CHANNELS: Form(
            (
                Field("off", "停用的模板", Kind.CHOICES, choices=tuple((t.value, w) for t, w in TEMPLATES.items())),
                Field(
                    "long_term",
                    "属于长期订阅的模板",
                    Kind.CHOICES,
                    choices=tuple((t.value, TEMPLATES[t]) for t in SUBSCRIBED),
                    hint="微信批准的长期订阅，群众授权一次长期有效；其余每次授权只能发一条。",
                ),
            )
        ),
        SettingName.RETENTION: Form(
            (
                Field("photos_months", "照片，诉求办结后保留", Kind.NUMBER, unit="个月"),
                Field("contacts_months", "电话、地点和企业信息，诉求办结后保留", Kind.NUMBER, unit="个月"),
                Field("calls_months", "通话记录保留", Kind.NUMBER, unit="个月"),
                Field("answered_days", "防止重复提交的记录保留", Kind.NUMBER, unit="天"),
            )
        ),
        SettingName.DEADLINES: Form(
            tuple(Field(name, DEADLINES[name], Kind.NUMBER, unit=_unit(name)) for name in BOUNDS)
        ),
        SettingName.TOTP_REQUIRED: Form(
            (Field("roles", "角色", Kind.CHOICES, choices=tuple((r.value, w) for r, w in OFFICE_ROLES.items())),)
        ),
    }
)
