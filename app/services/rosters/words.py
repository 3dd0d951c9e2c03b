"""What the fields of a roster, its changes and its contradictions are called: the one place for these Chinese words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType
from typing import Any

from app.domain.edition import Fault
from app.domain.office_words import REPORT_KINDS
from app.domain.roster import (
    AnsweredBy,
    Audience,
    Campaign,
    CourtesyHours,
    Operator,
    ServiceHours,
    SourceCode,
    Tenure,
)
from app.domain.roster_history import Act
from app.domain.workday import Span, Unit
from app.services.rosters.policy_file import position_text

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "key": "编号",
        "position": "序号",
        "group": "分组",
        "name": "姓名",
        "post": "职务",
        "unit": "单位",
        "duties": "分工",
        "phone": "公开电话",
        "duty_phone": "值班电话",
        "email": "邮箱",
        "wechat_id": "微信号",
        "projects": "联系项目",
        "superior": "上级",
        "superior_id": "上级",
        "since": "到任日期",
        "is_published": "是否公布",
        "tenures": "任期",
    }
)
ROSTER_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "name": "名册名称",
        "city": "城市",
        "promise": "承诺",
        "groups": "分组",
        "basis": "公布依据",
        "published_on": "公布日期",
        "is_published": "是否公布",
        "policy.audience": "面向对象",
        "policy.answered_by": "接听方式",
        "policy.service_hours": "服务时间",
        "policy.courtesy_hours": "礼貌提示时段",
        "policy.campaign": "专题与起止日期",
        "policy.operators": "接线员",
        "policy.source_codes": "来源码",
        "policy.reports": "报告",
        "policy.deadlines.review": "审核期限",
        "policy.deadlines.contact": "联系期限",
        "policy.deadlines.contact_urgent": "联系期限（紧急）",
        "policy.deadlines.answer_consultation": "咨询答复期限",
        "policy.deadlines.answer": "答复期限",
        "policy.deadlines.answer_urgent": "答复期限（紧急）",
        "policy.deadlines.supplement": "补充情况期限",
        "policy.deadlines.follow_up": "回访期限",
        "policy.deadlines.second_review": "复核期限",
        "policy.deadlines.hand_back": "退回期限",
        "policy.deadlines.reopen_by_supervisor": "督查重办期限",
        "policy.deadlines.promise_at_most": "承诺联系最长时间",
        "policy.deadlines.max_transfers": "最多转办次数",
        "policy.deadlines.max_extension_workdays": "延期最多工作日",
    }
)
ACTS: Mapping[Act, str] = MappingProxyType(
    {
        Act.CREATE_ROSTER: "新建名册",
        Act.EDIT_ROSTER: "修改名册",
        Act.EDIT_GROUPS: "调整分组",
        Act.PUBLISH_ROSTER: "公布名册",
        Act.UNPUBLISH_ROSTER: "停止公布名册",
        Act.CREATE_OFFICIAL: "新增",
        Act.EDIT_OFFICIAL: "修改",
        Act.ORDER_OFFICIALS: "调整顺序",
        Act.REGROUP_OFFICIAL: "调整所在分组",
        Act.PUBLISH_OFFICIAL: "公布",
        Act.UNPUBLISH_OFFICIAL: "停止公布",
        Act.REPLACE_HOLDER: "更换负责人",
        Act.IMPORT_ROSTER: "导入",
        Act.UNDO: "撤销",
    }
)
FAULTS: Mapping[Fault, str] = MappingProxyType(
    {
        Fault.SAME_ID: "key 重复，请改成唯一的",
        Fault.NO_SUCH_SUPERIOR: "上级 {about} 不在本名册里",
        Fault.OWN_SUPERIOR: "上级绕了一圈又回到自己",
        Fault.NO_SUCH_GROUP: "没有“{about}”这个分组",
        Fault.NO_GROUPS: "至少要有一个分组",
        Fault.SAME_GROUP: "分组“{about}”重复了",
    }
)
NOTHING = "（空）"
_WORDS: Mapping[Any, str] = MappingProxyType(
    {
        Audience.EVERYONE: "所有人",
        Audience.ENTERPRISE: "企业",
        AnsweredBy.IN_PERSON: "本人接听",
        AnsweredBy.OPERATORS: "接线员接听",
    }
)
_REPORTS: Mapping[str, str] = MappingProxyType({kind.value: words for kind, words in REPORT_KINDS.items()})
_UNITS = {Unit.WORKDAYS: "个工作日", Unit.DAYS: "天", Unit.HOURS: "小时"}


def shown(value: Any) -> str:
    """A field's value in words that an editor reads."""
    if value is None or value == "" or value == ():
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "；".join(shown(item) for item in value)
    if isinstance(value, (Audience, AnsweredBy)):
        return _WORDS[value]
    if isinstance(value, str):
        return _REPORTS.get(value, value)
    return _shown_part(value)


def _shown_part(value: Any) -> str:
    match value:
        case date():
            return value.isoformat()
        case Span():
            return f"{value.amount} {_UNITS[value.unit]}"
        case Tenure():
            return f"{value.name}（{_day(value.first, '起始日期未记录')}至{_day(value.last, '今')}）"
        case ServiceHours():
            return f"{_hours(value.begin, value.end)}{'，仅工作日' if value.workdays_only else ''}"
        case CourtesyHours():
            return f"{_hours(value.begin, value.end)}，提示：{value.hint}"
        case Campaign():
            return f"{value.topic}（{value.starts_on.isoformat()}至{value.ends_on.isoformat()}）"
        case Operator():
            return f"{value.number} {value.name}"
        case SourceCode():
            where = f" {position_text(value.position)}" if value.position else ""
            return f"{value.code} {value.place}{where}"
        case _:
            return str(value)


def _day(day: date | None, unknown: str) -> str:
    return day.isoformat() if day else unknown


def _hours(begin: time, end: time) -> str:
    return f"{begin:%H:%M}-{end:%H:%M}"
