"""What outcomes, reasons and decisions are called in Chinese: beside labels.py, the words that the office reads."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.appeal import AnswerOutcome, ContactOutcome, Resolution, Review, Satisfaction
from app.domain.call import CallOutcome, CallVerdict
from app.domain.notification import Role
from app.domain.perfunctory import FlagDecision, FlagReason
from app.domain.reporting import LineKind, ReportKind
from app.domain.spot_check import Mismatch, Verdict
from app.domain.supervision import Decision, InterviewReason

CONTACTS: Mapping[ContactOutcome, str] = MappingProxyType(
    {
        ContactOutcome.IN_PERSON: "已与本人通话",
        ContactOutcome.OTHER_PERSON: "他人接听",
        ContactOutcome.BUSY: "占线",
        ContactOutcome.NO_ANSWER: "无人接听",
        ContactOutcome.TEXT_REPLY: "已短信联系",
        ContactOutcome.CALLED_BACK: "已回电",
        ContactOutcome.VISIT: "已上门",
    }
)
CALLS: Mapping[CallOutcome, str] = MappingProxyType(
    {
        CallOutcome.IN_PERSON: "本人接听",
        CallOutcome.OTHER_PERSON: "他人接听",
        CallOutcome.BUSY: "占线",
        CallOutcome.NO_ANSWER: "无人接听",
        CallOutcome.TEXT_REPLY: "短信回复",
        CallOutcome.CALLED_BACK: "已回电",
    }
)
"""How a caller's call to an official's number went (product.md)."""
URGENCY: Mapping[bool, str] = MappingProxyType({True: "紧急", False: "一般"})
"""What a person found an appeal to be."""
ANSWERS: Mapping[AnswerOutcome, str] = MappingProxyType(
    {AnswerOutcome.SOLVED: "已解决", AnswerOutcome.EXPLAINED: "不能解决，说明原因"}
)
RESOLUTIONS: Mapping[Resolution, str] = MappingProxyType(
    {Resolution.RESOLVED: "解决", Resolution.PARTLY: "部分解决", Resolution.UNRESOLVED: "未解决"}
)
SATISFACTIONS: Mapping[Satisfaction, str] = MappingProxyType(
    {Satisfaction.SATISFIED: "满意", Satisfaction.FAIRLY: "基本满意", Satisfaction.DISSATISFIED: "不满意"}
)
REVIEWS: Mapping[Review, str] = MappingProxyType(
    {
        Review.NONE: "",
        Review.CONTENT: "内容检查没有通过，或暂时没有结果，请人工查看",
        Review.PHOTOS: "图片正在检查",
        Review.CONFLICT: "反映的是负责同志，不得交给本人及其工作人员",
        Review.HANDED_BACK: "承办人退回，请重新交办",
    }
)
INTERVIEW_REASONS: Mapping[InterviewReason, str] = MappingProxyType(
    {
        InterviewReason.ORDER_IGNORED: "督办单逾期未办",
        InterviewReason.NOT_ANSWERING: "经核实不接电话",
        InterviewReason.PERFUNCTORY: "经核实应付了事",
    }
)
DECISIONS: Mapping[Decision, str] = MappingProxyType({Decision.HELD: "已约谈", Decision.DISMISSED: "不予约谈"})
FLAG_REASONS: Mapping[FlagReason, str] = MappingProxyType(
    {FlagReason.SAME_TEXT: "多件答复文字相同", FlagReason.SHORT: "答复过于简短"}
)
FLAG_DECISIONS: Mapping[FlagDecision, str] = MappingProxyType(
    {FlagDecision.CONFIRMED: "属于应付了事", FlagDecision.DISMISSED: "不属于"}
)
CALL_VERDICTS: Mapping[CallVerdict, str] = MappingProxyType({CallVerdict.TRUE: "属实", CallVerdict.UNTRUE: "不属实"})
VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {Verdict.CONFIRMED: "与答复一致", Verdict.CONTRADICTED: "与答复不符", Verdict.UNREACHABLE: "没有联系上"}
)
MISMATCHES: Mapping[Mismatch, str] = MappingProxyType(
    {
        Mismatch.PARAMETERS: "抽取条件",
        Mismatch.CANDIDATES: "候选名单",
        Mismatch.SEED: "随机种子",
        Mismatch.SHARES: "各组份额",
        Mismatch.SAMPLE: "抽中名单",
    }
)
REPORT_KINDS: Mapping[ReportKind, str] = MappingProxyType(
    {ReportKind.DAILY: "日报", ReportKind.WEEKLY: "周分析", ReportKind.MONTHLY: "月通报"}
)
"""The one word for each paper, as navigation, lists, files and settings have it."""
LINE_KINDS: Mapping[LineKind, str] = MappingProxyType(
    {LineKind.OFFICIAL: "负责同志", LineKind.TOPIC: "热点", LineKind.PLACE: "来源点位"}
)
"""The lines that may be left out of a bulletin."""
PARTS: Mapping[Role, str] = MappingProxyType(
    {
        Role.RESIDENT: "群众",
        Role.OFFICIAL: "负责同志",
        Role.STAFF: "工作人员",
        Role.SUPERIOR: "上级",
        Role.SUPERVISOR: "督查",
        Role.OPERATOR: "接线员",
        Role.SYSTEM: "系统",
    }
)
"""In which part somebody acts on an appeal."""
