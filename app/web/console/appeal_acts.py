"""The office's deeds on the page of an appeal: what is said afterwards, what stands open, what is asked about first."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.office_deeds import OfficeDeed

DONE: Mapping[OfficeDeed, str] = {
    OfficeDeed.ASSIGN: "已交办，并已通知承办人和群众。",
    OfficeDeed.TRANSFER: "已转办，期限重新起算。",
    OfficeDeed.REJECT: "已不予受理，理由和渠道已告知群众。",
    OfficeDeed.MERGE: "已并单，群众会收到通知。",
    OfficeDeed.SET_ABOUT: "反映对象已登记，本人及其工作人员看不到这件诉求。",
    OfficeDeed.EXTEND: "已同意延期，天数和理由已告知群众。",
    OfficeDeed.REFUSE_EXTENSION: "未同意延期，理由已告知承办人，原期限不变。",
    OfficeDeed.URGE: "已催办，承办人和上级会收到消息。",
    OfficeDeed.CONCLUDE: "已复核办结，说明已告知群众。",
    OfficeDeed.REOPEN: "已责令重办。",
    OfficeDeed.SIGN_ORDER: "督办单已签发，可以打印。",
    OfficeDeed.SUGGEST_INTERVIEW: "已提出约谈建议，证据已固定。",
    OfficeDeed.DECIDE_INTERVIEW: "决定已记录。",
    OfficeDeed.CONFIRM_RECTIFIED: "已确认整改完成。",
    OfficeDeed.FOLLOW_UP: "回访已登记。",
    OfficeDeed.PUBLISH: "已公开。",
    OfficeDeed.UNPUBLISH: "已撤下，公众不再能看到。",
}
URGENT = (
    OfficeDeed.ASSIGN,
    OfficeDeed.EXTEND,
    OfficeDeed.CONCLUDE,
    OfficeDeed.SIGN_ORDER,
    OfficeDeed.DECIDE_INTERVIEW,
    OfficeDeed.CONFIRM_RECTIFIED,
    OfficeDeed.FOLLOW_UP,
)
"""What somebody most probably came for: the first of them stands open."""
GRAVE = frozenset(
    {
        OfficeDeed.TRANSFER,
        OfficeDeed.REJECT,
        OfficeDeed.MERGE,
        OfficeDeed.SET_ABOUT,
        OfficeDeed.REFUSE_EXTENSION,
        OfficeDeed.REOPEN,
        OfficeDeed.SIGN_ORDER,
        OfficeDeed.DECIDE_INTERVIEW,
        OfficeDeed.CONFIRM_RECTIFIED,
        OfficeDeed.UNPUBLISH,
    }
)
"""What cannot be taken back: no deed undoes it, or somebody was told or lost access meanwhile."""
