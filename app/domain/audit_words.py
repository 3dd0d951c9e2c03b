"""What the acts on the audit log are called in Chinese: the one table. An act without a name here fails a test."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.domain.audit import AuditEntry
from app.domain.labels import OFFICE_ROLES
from app.domain.notification import Role
from app.domain.office_words import CALL_VERDICTS, CALLS, REPORT_KINDS
from app.domain.operation_words import OCCASIONS, RECIPIENTS
from app.domain.reporting import ReportKind
from app.domain.settings import SETTINGS, SettingName

ACTS: Mapping[str, str] = MappingProxyType(
    {
        # appeals
        "register": "登记来电",
        "register_call": "登记通话结果",
        "assign": "审核并交办",
        "transfer": "转办",
        "reject": "不予受理",
        "extend": "同意延期",
        "refuse_extension": "不同意延期",
        "merge": "并单",
        "set_about": "登记反映对象",
        "urge": "催办",
        "conclude": "复核办结",
        "reopen": "责令重办",
        "sign_order": "签发督办单",
        "suggest_interview": "提出约谈建议",
        "decide_interview": "决定约谈建议",
        "confirm_rectified": "确认整改完成",
        "publish": "公开诉求",
        "unpublish": "撤下公开内容",
        "follow_up": "回访",
        "unmask": "查看完整号码",
        "find_by_phone": "按电话查找诉求",
        "told_by_phone": "登记电话告知",
        "retry_message": "重发消息",
        # analysis
        "draw": "抽取抽查样本",
        "spot_check_result": "登记抽查结果",
        "decide_flag": "认定疑似应付的答复",
        "judge_calls": "核实疑似不接电话",
        "make_report": "生成报告",
        "recount_report": "重新统计报告",
        "edit_bulletin": "修改月通报的导语、备注",
        "leave_out_line": "略去月通报的一行",
        "put_back_line": "恢复月通报的一行",
        "issue_bulletin": "签发月通报",
        "export_orders": "导出督办单台账",
        "export_interviews": "导出约谈台账",
        # rosters
        "create_roster": "新建名册",
        "edit_roster": "修改名册",
        "edit_groups": "调整分组",
        "publish_roster": "公布名册",
        "unpublish_roster": "停止公布名册",
        "create_official": "新增负责同志",
        "edit_official": "修改负责同志",
        "order_officials": "调整顺序",
        "regroup_official": "调整所在分组",
        "publish_official": "公布负责同志",
        "unpublish_official": "停止公布负责同志",
        "replace_holder": "更换负责人",
        "import_roster": "导入名册",
        "export_roster": "导出名册",
        "undo_roster_change": "撤销名册修改",
        "invite": "发出邀请码",
        "end_invitations": "作废邀请码",
        "end_binding": "结束微信绑定",
        # accounts
        "create_officer": "新建账号",
        "edit_officer": "修改账号",
        "disable_officer": "停用账号",
        "enable_officer": "启用账号",
        "unlock_officer": "解除锁定",
        "reset_password": "重置密码",
        "reset_totp": "重置动态码",
        "change_password": "修改自己的密码",
        "enrol_totp": "启用动态码",
        "drop_totp": "停用动态码",
        "renew_recovery_codes": "更换备用码",
        "use_recovery_code": "用备用码登录",
        "log_in": "登录",
        "log_in_failed": "登录失败",
        "locked_out": "账号锁定",
        "end_session": "结束登录",
        # settings and the log itself
        "change_setting": "修改设置",
        "check_audit_log": "检查审计日志",
        "export_audit_log": "导出审计日志",
    }
)

REPORT_ACTS = frozenset(
    {"make_report", "recount_report", "edit_bulletin", "leave_out_line", "put_back_line", "issue_bulletin"}
)
_CODES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "roles": {role.value: words for role, words in OFFICE_ROLES.items()},
        "occasions": {occasion.value: words for occasion, words in OCCASIONS.items()},
        "posts": {role.value: RECIPIENTS[role] for role in (Role.OFFICIAL, Role.STAFF)},
        "calls": {outcome.value: words for outcome, words in CALLS.items()},
        "decisions": {"confirmed": "属实", "dismissed": "排除"},
        "verdicts": {verdict.value: words for verdict, words in CALL_VERDICTS.items()},
    }
)
_CODED: Mapping[str, str] = MappingProxyType(
    {
        "create_officer": "roles",
        "edit_officer": "roles",
        "retry_message": "occasions",
        "told_by_phone": "occasions",
        "register_call": "calls",
        "invite": "posts",
        "end_invitations": "posts",
        "end_binding": "posts",
        "decide_flag": "decisions",
        "judge_calls": "verdicts",
    }
)
"""Acts whose detail holds codes of ours, and of which kind."""


def act_words(act: str) -> str:
    return ACTS.get(act, act)


def subject_words(entry: AuditEntry, names: Mapping[str, str]) -> str:
    """What was acted on: a setting by its title, a roster or official by the name in `names`, else as it is written
    (the code of an appeal, the name of an account)."""
    if entry.act == "change_setting" and entry.subject in list(SettingName):
        return SETTINGS[SettingName(entry.subject)].title
    if entry.act in REPORT_ACTS:
        return _report_words(entry.subject, names)
    return names.get(entry.subject, entry.subject)


def _report_words(report_id: str, names: Mapping[str, str]) -> str:
    """`city:monthly:2026-03-01:2` as 市领导公开电话 月通报 2026-03-01 第2版."""
    roster, *parts = report_id.split(":")
    if len(parts) < 2 or parts[0] not in list(ReportKind):
        return report_id
    kind, first, *revision = parts
    words = (names.get(roster, roster), REPORT_KINDS[ReportKind(kind)], first)
    return " ".join((*words, *(f"第{number}版" for number in revision)))


def detail_words(entry: AuditEntry, names: Mapping[str, str]) -> str:
    """The detail with our own codes in it told in Chinese; words that somebody wrote stay as they are."""
    if entry.act == "register":
        return names.get(entry.detail, entry.detail)
    if entry.act not in _CODED:
        return entry.detail
    words = _CODES[_CODED[entry.act]]
    parts = (_part(part, words, names) for part in entry.detail.split(" "))
    return " ".join(parts)


def _part(part: str, words: Mapping[str, str], names: Mapping[str, str]) -> str:
    if part in names:
        return names[part]
    return "、".join(words.get(word, word) for word in part.split("、"))
