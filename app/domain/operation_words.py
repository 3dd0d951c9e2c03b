"""What messages, jobs and alerts are called in Chinese: for those who look after the system."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from app.domain.notification import Channel, Occasion, Role, Status
from app.domain.office_words import REPORT_KINDS
from app.domain.reporting import ReportKind
from app.domain.settings import SETTINGS, SettingName

OCCASIONS: Mapping[Occasion, str] = MappingProxyType(
    {
        Occasion.ASSIGNED: "交办通知",
        Occasion.REMIND_HALF: "期限过半提醒",
        Occasion.REMIND_LAST: "临期提醒",
        Occasion.URGE: "催办",
        Occasion.PROMISE_BROKEN: "承诺逾期提醒",
        Occasion.SUPPLEMENTED: "群众已补充",
        Occasion.RESUMED: "继续办理",
        Occasion.REOPENED: "重新办理",
        Occasion.EXTENSION_GRANTED: "同意延期",
        Occasion.EXTENSION_REFUSED: "不同意延期",
        Occasion.ACCEPTED: "受理告知",
        Occasion.REJECTED: "不予受理告知",
        Occasion.TRANSFERRED: "转办告知",
        Occasion.PROMISED: "承诺联系告知",
        Occasion.CONTACTED: "已联系告知",
        Occasion.SUPPLEMENT_WANTED: "请补充情况",
        Occasion.EXTENDED: "延期告知",
        Occasion.ANSWERED: "答复告知",
        Occasion.FOLLOWED_UP: "回访评价告知",
        Occasion.CONCLUDED: "办结告知",
        Occasion.MERGED: "并单告知",
    }
)

STATUSES: Mapping[Status, str] = MappingProxyType(
    {
        Status.PENDING: "待发送",
        Status.SENDING: "发送中",
        Status.SENT: "已发送",
        Status.SUPERSEDED: "已不需要",
        Status.UNDELIVERED: "未送达",
        Status.UNCONFIRMED: "不确定是否送达",
        Status.DEAD: "发送失败",
    }
)

CHANNELS: Mapping[Channel, str] = MappingProxyType(
    {Channel.TEMPLATE: "服务号模板消息", Channel.SUBSCRIBE: "小程序订阅消息", Channel.INBOX: "站内待办"}
)

RECIPIENTS: Mapping[Role, str] = MappingProxyType(
    {
        Role.RESIDENT: "诉求人",
        Role.OFFICIAL: "负责同志",
        Role.STAFF: "工作人员",
        Role.SUPERIOR: "上级负责同志",
        Role.SUPERVISOR: "督查员",
        Role.OPERATOR: "接线员",
        Role.SYSTEM: "系统",
    }
)

NOBODY_BOUND = "nobody is bound to this post"
NOT_FOLLOWING = "does not follow the Official Account"
NOT_SUBSCRIBED = "has not subscribed"
SWITCHED_OFF = "this template is switched off"

REASONS: Mapping[str, str] = MappingProxyType(
    {
        NOBODY_BOUND: "还没有人绑定这个岗位",
        NOT_FOLLOWING: "没有关注服务号",
        NOT_SUBSCRIBED: "没有订阅消息",
        SWITCHED_OFF: "这个消息模板已停用",
        "outcome unknown": "微信没有回应，不知道是否送达",
        "-1": "微信系统繁忙",
        "40001": "服务号或小程序的密钥不正确",
        "40003": "对方的微信标识无效",
        "40013": "服务号或小程序的编号不正确",
        "40014": "微信接口凭证无效",
        "40029": "登录凭证无效",
        "40037": "消息模板的编号不正确",
        "40125": "服务号或小程序的密钥不正确",
        "40163": "登录凭证已用过",
        "40164": "服务器地址不在微信的白名单里",
        "40226": "微信提示对方账号有风险",
        "41030": "消息要打开的小程序页面不存在",
        "42001": "微信接口凭证已过期",
        "43004": "对方没有关注服务号",
        "43101": "对方没有订阅，或订阅次数已用完",
        "43116": "消息模板被微信封禁",
        "45009": "当天的发送次数已用完",
        "45011": "发送太频繁",
        "47003": "消息内容不符合模板要求",
        "48001": "账号没有这个接口的权限",
        "61010": "对方超过两小时没有使用",
    }
)
"""By what a delivery was refused with: WeChat's code in front, or our own words."""

JOBS: Mapping[str, str] = MappingProxyType(
    {
        "sweep": "检查到期",
        "dispatch": "发送消息",
        "figures": "汇总数字",
        "perfunctory": "查找疑似应付的答复",
        "reports": "生成日报周分析月通报",
        "rosters": "写完中断的名册修改",
        "forget": "删除到期资料",
        "calendar": "检查工作日历",
    }
)

ALERTS: Mapping[str, str] = MappingProxyType(
    {
        "calendar_not_published": "明年放假安排还没有录入，期限可能不准",
        "delivery_unconfirmed": "有消息不知道是否送达，请电话确认",
        "dispatch_failed": "有消息没能处理",
        "figures_failed": "有一天的数字没能汇总",
        "job_failed": "定时任务出错",
        "marking_conflict": "消息状态没能写入，稍后会再试",
        "many_numbers_looked_up": "一个账号一小时内查了很多电话号码，请核对审计日志",
        "officer_locked_out": "控制台账号因多次输错被锁定",
        "call_check_failed": "提出不接电话的约谈建议时出错",
        "perfunctory_failed": "查找疑似应付的答复时出错",
        "report_failed": "有报告没能生成",
        "scanned_invitation_refused": "有人扫了无效的邀请码",
        "setting_unreadable": "有一项设置无法读取，沿用之前的值",
        "sweep_failed": "有诉求的到期检查没能完成",
        "template_not_delivered": "微信没有送达一条模板消息",
        "wechat_content_check_broken": "微信内容检查不可用，诉求转人工审核",
        "wechat_refused_message": "微信拒收一条消息",
    }
)


FACTS: Mapping[str, str] = MappingProxyType(
    {
        "appeal": "诉求",
        "day": "日期",
        "errcode": "微信错误码",
        "error": "错误",
        "job": "任务",
        "kind": "种类",
        "msgid": "消息编号",
        "number": "第几次修改",
        "officer": "账号",
        "official": "负责同志",
        "parcel": "合并的消息",
        "reason": "原因",
        "roster": "名册",
        "setting": "设置",
        "status": "微信返回",
        "template": "模板",
        "why": "微信的说明",
        "year": "年份",
    }
)
"""What an alert tells beside its sentence."""


def fact_words(facts: str) -> str:
    """The facts of an alert, kept as JSON (CountedAlerts), in words; what is cut off or unknown stays as it is."""
    try:
        found = json.loads(facts)
    except ValueError:
        return facts
    if not isinstance(found, dict):
        return facts
    return "；".join(f"{FACTS.get(name, name)}：{_fact(name, str(value))}" for name, value in found.items())


def _fact(name: str, value: str) -> str:
    if name == "setting" and value in list(SettingName):
        return SETTINGS[SettingName(value)].title
    if name == "kind" and value in list(ReportKind):
        return REPORT_KINDS[ReportKind(value)]
    return JOBS.get(value, value) if name == "job" else value


def reason_words(error: str) -> str:
    """Why a message did not get through, in Chinese; what is not known by its words is a connection that failed."""
    if not error:
        return ""
    return REASONS.get(error) or REASONS.get(error.split(" ")[0]) or f"与微信的连接出错（{error}）"
