"""What states, kinds, deeds, clocks and rungs are called in Chinese: the one place for these words.

The web presenters and the WeChat messages read them. A state's label has at most five characters, because it also has
to fit a message field of the kind `phrase`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.appeal import Kind, State
from app.domain.deadline import DeadlineKind, Rung
from app.domain.ledgers import InterviewList, OrderList
from app.domain.officer import OfficeRole
from app.domain.timeline import Deed
from app.domain.worklist import Desk

STATES: Mapping[State, str] = MappingProxyType(
    {
        State.SUBMITTED: "待审核",
        State.ASSIGNED: "待联系",
        State.IN_PROGRESS: "办理中",
        State.AWAITING_RESIDENT: "待补充",
        State.ANSWERED: "已答复",
        State.UNDER_REVIEW: "复核",
        State.CONCLUDED: "已办结",
        State.REJECTED: "不予受理",
        State.WITHDRAWN: "已撤回",
        State.MERGED: "已并单",
    }
)

KINDS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.CONSULTATION: "咨询",
        Kind.REQUEST: "求助",
        Kind.COMPLAINT: "投诉",
        Kind.SUGGESTION: "建议",
    }
)

DEEDS: Mapping[Deed, str] = MappingProxyType(
    {
        Deed.SUBMIT: "提交",
        Deed.ASSIGN: "交办",
        Deed.REJECT: "不予受理",
        Deed.WITHDRAW: "撤回",
        Deed.SIGN: "签收",
        Deed.CONTACT: "联系",
        Deed.QUICK_REPLY: "快捷回复",
        Deed.REQUEST_SUPPLEMENT: "请补充情况",
        Deed.SUPPLEMENT: "补充情况",
        Deed.RESUME: "继续办理",
        Deed.REQUEST_EXTENSION: "申请延期",
        Deed.EXTEND: "同意延期",
        Deed.REFUSE_EXTENSION: "不同意延期",
        Deed.HAND_BACK: "退回",
        Deed.TRANSFER: "转办",
        Deed.ANSWER: "答复",
        Deed.RATE: "评价",
        Deed.REOPEN: "重办",
        Deed.DISPUTE: "转入复核",
        Deed.CONCLUDE: "办结",
        Deed.MERGE: "并单",
        Deed.REMIND: "提醒",
        Deed.URGE: "催办",
        Deed.SUPERVISE: "督办",
        Deed.PROMISE_BROKEN: "承诺逾期",
        Deed.ORDER: "签发督办单",
        Deed.SUGGEST_INTERVIEW: "约谈建议",
        Deed.INTERVIEW: "约谈决定",
        Deed.RECTIFY: "整改完成",
        Deed.REFER: "移交",
        Deed.FOLLOW_UP: "回访",
        Deed.PUBLISH: "公开",
        Deed.INFORM: "告知并单答复",
        Deed.TAKE_CALL: "来电情况",
        Deed.SET_ABOUT: "登记反映对象",
        Deed.TAKE_BACK: "收回另行交办",
        Deed.SET_URGENT: "认定紧急程度",
    }
)

DEADLINES: Mapping[DeadlineKind, str] = MappingProxyType(
    {
        DeadlineKind.REVIEW: "审核",
        DeadlineKind.CONTACT: "联系",
        DeadlineKind.ANSWER: "答复",
        DeadlineKind.SUPPLEMENT: "补充",
        DeadlineKind.FOLLOW_UP: "回访",
        DeadlineKind.SECOND_REVIEW: "复核",
        DeadlineKind.PROMISE: "承诺",
    }
)

RUNGS: Mapping[Rung, str] = MappingProxyType(
    {
        Rung.REMIND_HALF: "期限过半提醒",
        Rung.REMIND_LAST: "临期提醒",
        Rung.URGE: "催办",
        Rung.SUPERVISE: "督办",
        Rung.PROMISE_BROKEN: "承诺逾期提醒",
    }
)

DESKS: Mapping[Desk, str] = MappingProxyType(
    {
        Desk.REVIEW: "待审核",
        Desk.EXTENSION: "延期申请",
        Desk.SUPERVISION: "督办",
        Desk.PROMISE_BROKEN: "承诺逾期",
        Desk.INTERVIEW: "约谈建议",
        Desk.RECTIFICATION: "整改",
        Desk.FOLLOW_UP: "回访",
        Desk.SECOND_REVIEW: "复核",
        Desk.UNDELIVERED: "未送达",
        Desk.PUBLICATION: "待公开",
        Desk.REFERRED: "已移交",
    }
)

ORDER_LISTS: Mapping[OrderList, str] = MappingProxyType(
    {
        OrderList.TO_SIGN: "待签发",
        OrderList.RUNNING: "在办",
        OrderList.LATE: "已逾期",
        OrderList.DONE: "已办",
        OrderList.ALL: "全部",
    }
)

INTERVIEW_LISTS: Mapping[InterviewList, str] = MappingProxyType(
    {
        InterviewList.UNDECIDED: "待决定",
        InterviewList.RECTIFYING: "整改中",
        InterviewList.RECTIFIED: "已整改",
        InterviewList.REFERRED: "已移交",
        InterviewList.HELD: "已约谈，无限期",
        InterviewList.DISMISSED: "不予约谈",
        InterviewList.ALL: "全部",
    }
)

OFFICE_ROLES: Mapping[OfficeRole, str] = MappingProxyType(
    {
        OfficeRole.EDITOR: "名册编辑",
        OfficeRole.OPERATOR: "接线员",
        OfficeRole.SUPERVISOR: "督查员",
        OfficeRole.INSPECTOR: "专班人员",
        OfficeRole.AUDITOR: "审计人员",
        OfficeRole.ADMIN: "管理员",
    }
)
