"""Which template says what: occasions, their templates, and the words that fill each template's fields.

Pure. A template's id belongs to the account and is configuration (name -> id). Its field keys belong to the template
that was picked from WeChat's library; an account whose templates have other keys changes FIELDS and nothing else. The
kind in front of a key (`thing` of thing2) decides how the words are cut to WeChat's limits (app/wechat/fields.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from app.domain.labels import DEADLINES, KINDS, STATES
from app.domain.notification import Channel, Occasion
from app.services.ports.wechat import DIGEST
from app.wechat.fields import beijing_time, fitted, one_line

"""The occasion of several reminders to one official in one message; its facts: count, overdue, text, due."""

FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "oa_assigned": {"character_string1": "code", "thing2": "title", "thing3": "kind", "time4": "due"},
        "oa_reminder": {"character_string1": "code", "thing2": "title", "thing3": "matter", "time4": "due"},
        "oa_digest": {"number1": "count", "number2": "overdue", "thing3": "most_urgent", "time4": "due"},
        "mp_progress": {
            "character_string1": "code",
            "thing2": "title",
            "phrase3": "state",
            "thing4": "progress",
            "time5": "at",
        },
        "mp_answer": {"character_string1": "code", "thing2": "title", "thing3": "unit", "time4": "at"},
        "mp_supplement": {"character_string1": "code", "thing2": "title", "thing3": "wanted", "time4": "due"},
        "mp_todo": {"character_string1": "code", "thing2": "title", "thing3": "matter", "time4": "due"},
    }
)
"""Template name -> WeChat's field key -> which words go there (a key of WORDS)."""

TO_OFFICIALS: Mapping[str, str] = MappingProxyType(
    {
        Occasion.ASSIGNED: "oa_assigned",
        Occasion.REMIND_HALF: "oa_reminder",
        Occasion.REMIND_LAST: "oa_reminder",
        Occasion.URGE: "oa_reminder",
        Occasion.PROMISE_BROKEN: "oa_reminder",
        Occasion.SUPPLEMENTED: "oa_reminder",
        Occasion.RESUMED: "oa_reminder",
        Occasion.REOPENED: "oa_reminder",
        Occasion.EXTENSION_GRANTED: "oa_reminder",
        Occasion.EXTENSION_REFUSED: "oa_reminder",
        DIGEST: "oa_digest",
    }
)
"""Occasion -> the Official Account's template. In the mini-program all of them use mp_todo."""

TO_RESIDENTS: Mapping[str, str] = MappingProxyType(
    {
        Occasion.ACCEPTED: "mp_progress",
        Occasion.REJECTED: "mp_progress",
        Occasion.TRANSFERRED: "mp_progress",
        Occasion.PROMISED: "mp_progress",
        Occasion.CONTACTED: "mp_progress",
        Occasion.EXTENDED: "mp_progress",
        Occasion.FOLLOWED_UP: "mp_progress",
        Occasion.CONCLUDED: "mp_progress",
        Occasion.MERGED: "mp_progress",
        Occasion.SUPPLEMENT_WANTED: "mp_supplement",
        Occasion.ANSWERED: "mp_answer",
    }
)

MATTERS: Mapping[str, str] = MappingProxyType(
    {
        Occasion.ASSIGNED: "新诉求，请及时联系",
        Occasion.REMIND_HALF: "提醒：{clock}期限已过半",
        Occasion.REMIND_LAST: "提醒：{clock}期限将到，请抓紧",
        Occasion.URGE: "催办：{clock}期限已过",
        Occasion.PROMISE_BROKEN: "承诺的联系时间已过",
        Occasion.SUPPLEMENTED: "群众补充了情况",
        Occasion.RESUMED: "等待补充已到期，请继续办理",
        Occasion.REOPENED: "群众不满意，要求重新办理",
        Occasion.EXTENSION_GRANTED: "延期申请已同意",
        Occasion.EXTENSION_REFUSED: "延期申请未同意，请按期答复",
        DIGEST: "待办{count}件，其中逾期{overdue}件",
    }
)
"""What an official is told, 17 characters at most: 紧急： may stand in front, and a field takes 20."""

PROGRESS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        Occasion.ACCEPTED: ("", "已受理，负责同志将联系您"),
        Occasion.REJECTED: ("未能受理：{text}", "未能受理，原因请看详情"),
        Occasion.TRANSFERRED: ("已转办：{unit}", "已转给负责的单位办理"),
        Occasion.PROMISED: ("{promised}前联系您，不是答复", "已看到，承诺联系您（这不是答复）"),
        Occasion.CONTACTED: ("", "已与您联系，正在办理"),
        Occasion.EXTENDED: ("已延期：{text}", "经批准延期，原因请看详情"),
        Occasion.FOLLOWED_UP: ("回访登记您的评价：{text}", "回访登记了您的评价，请看详情"),
        Occasion.CONCLUDED: ("", "您的诉求已办结"),
        Occasion.MERGED: ("", "已与同类诉求合并，仍会答复您"),
    }
)
"""What a resident is told, 20 characters at most: in the first wording if its fact is there, else in the second."""

TEMPLATE_NAMES = tuple(FIELDS)
"""The names that configuration maps to template ids."""


def template_name(channel: Channel, occasion: str) -> str:
    """The template of an occasion on a channel; raises ValueError where there is none (the inbox needs none)."""
    if channel is Channel.TEMPLATE and occasion in TO_OFFICIALS:
        return TO_OFFICIALS[occasion]
    if channel is Channel.SUBSCRIBE and occasion in TO_OFFICIALS:
        return "mp_todo"
    if channel is Channel.SUBSCRIBE and occasion in TO_RESIDENTS:
        return TO_RESIDENTS[occasion]
    raise ValueError(f"no template on channel {channel.value} for this occasion")


def fill(name: str, occasion: str, facts: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The `data` of a message: WeChat's field keys with values that WeChat takes, whatever the facts are."""
    return {key: {"value": fitted(key, WORDS[word](occasion, facts))} for key, word in FIELDS[name].items()}


Facts = Mapping[str, Any]
Candidates = Sequence[object]


def _title(occasion: str, facts: Facts) -> Candidates:
    return (facts.get("title"), facts.get("text") if occasion == DIGEST else None, "未写标题的诉求")


def _matter(occasion: str, facts: Facts) -> Candidates:
    clock = _label(DEADLINES, facts.get("clock")) or "办理"
    count, overdue = (fitted("number", [facts.get(key)]) for key in ("count", "overdue"))
    return (_marked(MATTERS.get(occasion, "").format(clock=clock, count=count, overdue=overdue), facts),)


def _marked(words: str, facts: Facts) -> str:
    """What an official reads first where it is urgent."""
    return f"紧急：{words}" if words and facts.get("urgent") else words


def _progress(occasion: str, facts: Facts) -> Candidates:
    told, otherwise = PROGRESS.get(occasion, ("", ""))
    known = {key: one_line(facts.get(key)) for key in ("text", "unit")}
    known["promised"] = beijing_time(facts.get("promised")).partition("年")[2].replace(" ", "")
    complete = any(value and f"{{{key}}}" in told for key, value in known.items())
    return (told.format(**known) if complete else "", otherwise)


def _label(labels: Mapping[Any, str], value: object) -> str:
    """What the member of an enum, or its value, is called; "" when it is none."""
    return labels.get(value, "") if isinstance(value, str) else ""


WORDS: Mapping[str, Callable[[str, Facts], Candidates]] = MappingProxyType(
    {
        "code": lambda _, facts: (facts.get("code"),),
        "title": _title,
        "kind": lambda _, facts: (_marked(_label(KINDS, facts.get("kind")) or "诉求", facts),),
        "state": lambda _, facts: (_label(STATES, facts.get("state")),),
        "due": lambda _, facts: (facts.get("due"), facts.get("at")),
        "at": lambda _, facts: (facts.get("at"), facts.get("due")),
        "count": lambda _, facts: (facts.get("count"),),
        "overdue": lambda _, facts: (facts.get("overdue"),),
        "most_urgent": lambda _, facts: (facts.get("text"), facts.get("title"), "请打开待办查看"),
        "matter": _matter,
        "progress": _progress,
        "unit": lambda _, facts: (facts.get("unit"), "承办单位"),
        "wanted": lambda _, facts: (facts.get("text"), "请补充情况"),
    }
)
"""What can stand in a field -> the candidates for it, best first."""
