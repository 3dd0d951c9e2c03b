"""Words that officials and supervisors need not think up: quick replies (快捷回复), which only promise, models of
answers (答复范文), and the proper channels (正当渠道) that a rejection names. All are settings of the city; here stand
the defaults."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.domain.appeal import AnswerOutcome
from app.domain.given import Given

MOST = 30
LONGEST_TITLE, LONGEST_REPLY, LONGEST_TEXT, LONGEST_NAME = 20, 100, 1500, 40


@dataclass(frozen=True)
class QuickReply:
    """`name` is what the mini-program sends; it never changes, whatever becomes of the text."""

    name: str
    text: str


@dataclass(frozen=True)
class AnswerTemplate:
    """A model of an answer; `……` stands where the official writes the facts of the case."""

    name: str
    title: str
    outcome: AnswerOutcome
    text: str


@dataclass(frozen=True)
class ProperChannel:
    """Where a matter belongs that cannot be taken here; the resident reads `text`."""

    name: str
    text: str


def read_quick_replies(given: Given) -> tuple[QuickReply, ...]:
    found = []
    for item in given.items("items", 1, MOST):
        text = item.text("text", LONGEST_REPLY)
        found.append(QuickReply(_name(item, text), text))
    _refuse_repeated(given, [reply.text for reply in found], "text")
    _refuse_repeated(given, [reply.name for reply in found], "name")
    return tuple(found)


def read_answer_templates(given: Given) -> tuple[AnswerTemplate, ...]:
    found = []
    for item in given.items("items", 1, MOST):
        title = item.text("title", LONGEST_TITLE)
        outcome, text = item.choice("outcome", AnswerOutcome), item.text("text", LONGEST_TEXT)
        found.append(AnswerTemplate(_name(item, title), title, outcome, text))
    _refuse_repeated(given, [template.title for template in found], "title")
    _refuse_repeated(given, [template.name for template in found], "name")
    return tuple(found)


def read_proper_channels(given: Given) -> tuple[ProperChannel, ...]:
    items = given.items("items", 1, MOST)
    found = tuple(ProperChannel(item.text("name", LONGEST_TITLE), item.text("text", 300)) for item in items)
    _refuse_repeated(given, [channel.name for channel in found], "name")
    return found


def plain_quick_replies(replies: Iterable[QuickReply]) -> dict[str, Any]:
    return {"items": [{"name": reply.name, "text": reply.text} for reply in replies]}


def plain_answer_templates(templates: Iterable[AnswerTemplate]) -> dict[str, Any]:
    return {
        "items": [
            {"name": model.name, "title": model.title, "outcome": model.outcome.value, "text": model.text}
            for model in templates
        ]
    }


def plain_proper_channels(channels: Iterable[ProperChannel]) -> dict[str, Any]:
    return {"items": [{"name": channel.name, "text": channel.text} for channel in channels]}


def _name(item: Given, words: str) -> str:
    """The name it had, or a new one for new words: never one that stood for other words before."""
    return item.text("name", LONGEST_NAME, required=False) or f"n{hashlib.sha256(words.encode()).hexdigest()[:10]}"


def _refuse_repeated(given: Given, values: list[str], field: str) -> None:
    for place, value in enumerate(values):
        if value and value in values[:place]:
            given.complain(f"items.{place}.{field}", "与前面的重复")


QUICK_REPLIES = (
    QuickReply("meeting", "正在开会，会后联系您；急事请拨值班电话"),
    QuickReply("travelling", "正在外出途中，到达后联系您；急事请拨值班电话"),
    QuickReply("looking_into_it", "已看到您的诉求，正在了解情况，会尽快联系您"),
)

ANSWER_TEMPLATES = (
    AnswerTemplate(
        "solved",
        "已解决",
        AnswerOutcome.SOLVED,
        "您好！您反映的……问题，我们于……到现场核实。\n"
        "处理结果：……，已于……完成。\n"
        "如仍有问题，请直接联系我们。联系人：……，电话：……。",
    ),
    AnswerTemplate(
        "consultation",
        "政策咨询",
        AnswerOutcome.SOLVED,
        "您好！您咨询的……，按照……的规定：……。\n"
        "办理地点：……；需要带的材料：……；办理时间：……。\n"
        "如需进一步了解，请联系……，电话：……。",
    ),
    AnswerTemplate(
        "planned",
        "需要时间，已列入计划",
        AnswerOutcome.EXPLAINED,
        "您好！您反映的……问题，我们于……核实，情况属实。\n"
        "已经做到：……。暂时还做不到的：……，原因是……，计划于……前完成，由……负责。\n"
        "完成后我们会主动告诉您。联系人：……，电话：……。",
    ),
    AnswerTemplate(
        "explained",
        "暂时不能解决的说明",
        AnswerOutcome.EXPLAINED,
        "您好！您反映的……问题，我们于……核实。\n"
        "目前不能解决，原因是：……，依据是：……。\n"
        "您可以这样做：……。条件具备后我们会……。联系人：……，电话：……。",
    ),
)

PROPER_CHANNELS = (
    ProperChannel("诉讼", "此事应当由人民法院处理，请向有管辖权的人民法院提起诉讼；诉讼服务热线 12368。"),
    ProperChannel("行政复议", "对行政决定不服的，请向有权的行政复议机关申请行政复议。"),
    ProperChannel("劳动仲裁", "劳动争议请向劳动人事争议仲裁委员会申请仲裁；咨询热线 12333。"),
    ProperChannel("紧急报警", "正在发生的危险和违法行为请立即拨打 110，火灾拨打 119，急救拨打 120。"),
    ProperChannel("纪检监察", "反映党员干部和公职人员违纪违法的，请向纪检监察机关举报；举报电话 12388。"),
    ProperChannel("消费纠纷", "消费纠纷和市场监管投诉举报，请拨打 12315，或通过全国 12315 平台提出。"),
    ProperChannel("法律咨询", "需要法律咨询或法律援助的，请拨打公共法律服务热线 12348。"),
    ProperChannel("其他地方的事项", "此事属于其他地方管理，请拨打当地的 12345 热线反映。"),
)
