"""From an error to its answer: one table of statuses, one of sentences. Every answer of an error has this shape:
`{"code": ..., "message": 中文, "detail": {...}}`, and says what happened and what to do."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any, cast

from apiflask import APIFlask, HTTPError
from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from app.domain.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    NotLoggedIn,
    NotNow,
    NotPermitted,
    Reason,
    Refusal,
    RuleBroken,
)
from app.services.ports.basics import StoreAway
from app.web.http import reply
from app.web.presenters.hours import closed_sentence

log = logging.getLogger(__name__)

STATUSES: dict[type[Refusal], int] = {
    InvalidInput: 422,
    NotLoggedIn: 401,
    NotPermitted: 403,
    NotFound: 404,
    RuleBroken: 409,
    Conflict: 409,
    NotNow: 503,
}
TOO_MANY = {Reason.LOCKED_OUT, Reason.TOO_MANY_REQUESTS}
RETRY_AFTER = 5
"""Seconds, where nothing better is known."""

MESSAGES: dict[Reason, str] = {
    Reason.TEXT_MISSING: "这里还没有填写，请写几句再提交",
    Reason.TEXT_TOO_LONG: "内容太长了，请精简后再提交",
    Reason.BAD_CURSOR: "列表位置已失效，请刷新列表",
    Reason.BAD_PHOTO: "这张图片无法使用，请换一张 10MB 以内的照片",
    Reason.UNKNOWN_PHOTO: "有图片没有上传成功，请重新上传后再提交",
    Reason.BAD_CREDIT_CODE: "统一社会信用代码不正确，请对照营业执照填写 18 位代码",
    Reason.BAD_IDEMPOTENCY_KEY: "请求标识太长，请更新小程序后重试",
    Reason.PROMISE_OUT_OF_RANGE: "承诺联系的时间要在 3 天以内，且晚于现在",
    Reason.EXTENSION_OUT_OF_RANGE: "延期的工作日太多，请减少后再提交",
    Reason.RECTIFY_BY_PAST: "整改限期要从明天起，请改一个日期",
    Reason.RECTIFY_WITHOUT_INTERVIEW: "不予约谈就没有整改限期：请清空日期，或把决定改为已约谈",
    Reason.RATED_UNREACHED: "没有联系上就没有评价：请改为联系上了，或在两项评价里都选“没有说”再登记",
    Reason.NOTHING_TO_CHANGE: "没有需要修改的内容",
    Reason.NOTHING_TO_MERGE: "至少勾选两件诉求，才能并成一件",
    Reason.TOO_MANY_AT_ONCE: "一次最多办 50 件，请分几次办",
    Reason.NUMBER_AMONG_WORDS: "电话号码请单独填写，不和别的词一起查找",
    Reason.BAD_PHONE: "请输入完整的电话号码，固定电话要带区号",
    Reason.BAD_DUTY: "值班安排有误：只能安排已绑定的工作人员，起止日期不能颠倒或重叠",
    Reason.BAD_TENURE: "到任日期要晚于前一任的到任日期，请核对后再填",
    Reason.BAD_TABLE: "表格里还有需要改正的地方，没有导入，请按每一行的提示修改后再试",
    Reason.BAD_REQUEST: "填写的内容有误，请按提示修改",
    Reason.LOGIN_CODE_INVALID: "微信登录已过期，请重新进入小程序",
    Reason.PHONE_CODE_INVALID: "这次手机号授权已经用过或超过五分钟，请再点一次获取，也可以自己填写",
    Reason.NO_SUCH_APPEAL: "没有找到这件诉求，请核对后再试",
    Reason.NO_SUCH_OFFICIAL: "这位负责同志的联系方式已不再公布，请返回名录重新选择",
    Reason.NO_SUCH_ROSTER: "这份名录不存在或已停止公布",
    Reason.NO_SUCH_PHOTO: "没有找到这张图片",
    Reason.NO_SUCH_CALL: "没有找到这次通话，请返回通话记录重新选择",
    Reason.NO_SUCH_INVITATION: "邀请码无效或已过期，请向管理员索取新的邀请码",
    Reason.NO_SUCH_SOURCE: "这张二维码已停用，请直接在名录里查找负责同志",
    Reason.NO_SUCH_CHANGE: "没有找到这条修改记录，请刷新后再试",
    Reason.NO_SUCH_IMPORT: "这次上传的表格已经失效，请重新上传",
    Reason.NO_SUCH_DRAW: "没有找到这次抽查，请返回列表重新选择",
    Reason.NO_SUCH_RESULT: "没有找到要更正的核查结果，请刷新后再试",
    Reason.NOT_IN_THE_SAMPLE: "这件诉求不在本次抽查的样本里",
    Reason.NO_SUCH_FLAG: "没有找到这条疑似应付了事的提示，请刷新列表",
    Reason.NO_SUCH_OFFICER: "没有这个账号，请刷新后再试",
    Reason.NO_SUCH_SESSION: "这处登录已经结束",
    Reason.NO_SUCH_SETTING: "没有这项设置",
    Reason.NO_SUCH_MESSAGE: "没有找到这条消息，请刷新后再试",
    Reason.NO_SUCH_REPORT: "没有找到这一期，请返回列表重新选择",
    Reason.NO_SUCH_LINE: "这一行不在这份月通报里，或已经恢复，请刷新后查看",
    Reason.NO_SUCH_PAGE: "没有这个地址",
    Reason.WRONG_METHOD: "这个地址不支持这种操作",
    Reason.TOO_LARGE: "上传的内容太大，请压缩到 10MB 以内",
    Reason.NOT_LOGGED_IN: "登录已失效，请重新登录",
    Reason.NOT_YOUR_ROLE: "您的身份不能进行这项操作",
    Reason.WRONG_PASSWORD: "账号或密码不正确，请重试",
    Reason.ONE_TIME_OVER: "初始密码已过期，请管理员重置",
    Reason.TOTP_NEEDED: "请输入手机上的 6 位动态码",
    Reason.WRONG_CODE: "动态码不正确或已经用过，请等下一个出现后再输入",
    Reason.PASSWORD_TO_CHANGE: "请先在控制台修改初始密码",
    Reason.TOTP_TO_ENROL: "您的角色必须启用动态码，请先在控制台的“我的账号”里启用",
    Reason.OWN_ACCOUNT: "不能对自己的账号这样操作，请在“我的账号”里修改，或请另一位管理员办理",
    Reason.LOGIN_REFUSED: "微信提示该账号存在风险，暂时无法登录，请联系微信客服",
    Reason.WRONG_STATE: "诉求的状态已经变化，不能这样操作，请刷新后查看",
    Reason.NOT_LATE_YET: "还在承诺的期限内，逾期后可以催办",
    Reason.REFUSED_BEFORE: "群众所选的负责同志已经退回过，请打开这一件另选承办人",
    Reason.URGED_TODAY: "24 小时内已经催办过了，请稍后再催",
    Reason.TRANSFER_USED: "每件诉求只能转办一次，请直接办理或申请延期",
    Reason.TRANSFER_TO_SELF: "这件诉求已经由该负责同志办理",
    Reason.CONFLICT_OF_INTEREST: "不能把诉求交给它所反映的人",
    Reason.DONE_TOO_OFTEN: "这件诉求上已经登记过很多次，不能再登记；请答复，或请督查部门处理",
    Reason.OWN_POST: "这是您自己的岗位或您代办的岗位，不能给它写诉求、记录通话；请选择其他负责同志",
    Reason.SUPPLEMENT_USED: "已经请群众补充过一次，不能再次要求",
    Reason.EXTENSION_USED: "每件诉求只能申请一次延期，无论同意与否",
    Reason.EXTENSION_NOT_ASKED: "没有待决定的延期申请，可能已有人作出决定，请刷新后查看",
    Reason.HAND_BACK_USED: "您已退回过一次，督查部门核实后仍交给您，不能再退回；请办理，或写明理由转办",
    Reason.HAND_BACK_TOO_LATE: "超过一个工作日不能退回，请办理或转办",
    Reason.REOPEN_USED: "已经重办过一次；如仍不满意，请评价，督查部门会复核",
    Reason.REOPEN_TOO_LATE: "办结已超过 30 天，不能重办，请提交新的诉求",
    Reason.ALREADY_RATED: "您已经评价过这次答复",
    Reason.OTHERS_MERGED: "还有其他群众的同一诉求并入此件，暂不能撤回或不予受理",
    Reason.MERGE_INTO_ITSELF: "只能并入同一名册里另一件未并单的诉求",
    Reason.ORDER_SIGNED: "督办单已经签发，不能重复签发",
    Reason.NOT_ON_THE_LIST: "这件诉求不在督办清单上",
    Reason.INTERVIEW_DECIDED: "这条约谈建议已经有人作出决定",
    Reason.NO_SUCH_INTERVIEW: "没有这条约谈记录",
    Reason.INTERVIEW_SUGGESTED: "这个原因已经提出过约谈建议，不能重复提出，请在约谈记录里查看",
    Reason.ORDER_NOT_OVERDUE: "这件诉求没有逾期未办的督办单，请先签发督办单，到期未办再提出",
    Reason.NOTHING_TO_JUDGE: "还没有答复，不能认定应付了事；可以督办，或换一个原因",
    Reason.NOTHING_TO_RECTIFY: "这条约谈没有整改限期，或已经确认过整改完成",
    Reason.NOTHING_TO_DRAW: "这段时间没有已答复的诉求可供抽查，请换一段时间",
    Reason.ALREADY_CHECKED: "这件诉求已有核查结果，如需更正请注明更正哪一条",
    Reason.CALLS_JUDGED: "这些电话已经有人核实，或者之后已经接听、回电，请重新查看清单",
    Reason.NO_APPEAL_FOR_CALLS: "请选择这位负责同志名下的一件诉求，约谈建议记在它上面",
    Reason.FLAG_DECIDED: "这条提示已经有人作出认定，请刷新后查看",
    Reason.OWN_UNIT: "回访不能由承办单位自己进行，请换一位其他单位的同志",
    Reason.UNIT_UNKNOWN: "您的账号没有登记单位，不能回访；请管理员在“账号”里补填您的单位",
    Reason.NO_CONSENT: "群众没有同意公开，不能发布",
    Reason.NUMBERS_LEFT: "里面还有像电话或证件的号码。请隐去；确实要公开的（如服务热线），勾选“号码可以公开”再发布",
    Reason.NOT_PUBLISHED: "这件诉求没有公开，不用撤下",
    Reason.NOT_ANSWERED_YET: "还没有答复，不能发布",
    Reason.REPORT_FINAL: "这一版已经定稿，不能再改；需要更正的，请重新统计，作为新的一版签发",
    Reason.PERIOD_NOT_OVER: "这一期还没有结束，请在结束后的次日生成",
    Reason.CALL_NOT_MISSED: "这次通话已经接通，不能由它转成诉求，请直接提交诉求",
    Reason.CALL_HAS_APPEAL: "这次未接通的电话已经转成诉求，请在“我的”里查看",
    Reason.ROSTER_CLOSED: "这条专线不在开放期内，请通过其他名录反映",
    Reason.ENTERPRISES_ONLY: "这条专线面向企业，请先在“我的”里填写企业名称和统一社会信用代码",
    Reason.LAST_ADMIN: "这是最后一位可以登录的管理员，不能停用，也不能取消管理员角色",
    Reason.TOTP_NOT_OFFERED: "二维码已过期，请重新开始启用动态码",
    Reason.NOTHING_TO_RETRY: "这条消息不需要重发，或已经重发过，请刷新后查看",
    Reason.MAYBE_SENT: "这条消息可能已经送达，重发会让对方收到两次；请电话告知后登记",
    Reason.ALREADY_TOLD: "这条消息已经登记为电话告知",
    Reason.CHANGED_MEANWHILE: "刚刚有人更新了这件诉求，您的操作没有生效，请刷新后再试",
    Reason.SETTING_CHANGED: "这项设置刚被别人改过，您的修改没有生效，请刷新后再改",
    Reason.REPORT_CHANGED: "刚刚有人改过这份草稿，您的操作没有生效；请看过现在的内容再试",
    Reason.REPORT_REPLACED: "这一期已经有更新的一版，请打开最新一版办理",
    Reason.BUSY: "另一位管理员正在修改账号，请稍后再试",
    Reason.ROSTER_CHANGED: "刚刚有人修改了名册里的同一处，您的修改没有保存，请刷新后核对再改",
    Reason.KEY_REUSED: "请求标识已用于另一次提交，请重新提交",
    Reason.INVITATION_USED: "这个邀请码已被使用，请向管理员索取新的邀请码",
    Reason.STILL_BOUND: "您还在以办理人员身份使用，请先请管理员解除绑定",
    Reason.OPEN_APPEALS: "您还有未办结的诉求，请先撤回或等待办结后再注销",
    Reason.LOCKED_OUT: "输错次数过多，请 15 分钟后再试",
    Reason.TOO_MANY_REQUESTS: "操作太频繁，请稍等片刻再试",
    Reason.REPORT_TOO_LARGE: "这一期诉求较多，当场生成需要很久；列入定期生成的种类后，由系统自动生成",
    Reason.WECHAT_AWAY: "微信服务暂时没有响应，请稍后再试",
    Reason.DATABASE_AWAY: "系统暂时繁忙，您的内容没有丢失，请稍后重试",
    Reason.FAILED: "没能完成这次操作，请稍后重试；如反复出现，请联系管理员",
}

HTTP_REASONS = {
    400: (422, Reason.BAD_REQUEST),
    401: (401, Reason.NOT_LOGGED_IN),
    403: (403, Reason.NOT_YOUR_ROLE),
    404: (404, Reason.NO_SUCH_PAGE),
    405: (405, Reason.WRONG_METHOD),
    413: (413, Reason.TOO_LARGE),
    415: (422, Reason.BAD_REQUEST),
    422: (422, Reason.BAD_REQUEST),
    429: (429, Reason.TOO_MANY_REQUESTS),
}

FIELD_WORDS: tuple[tuple[str, str], ...] = (
    (r"Field required", "必须填写"),
    (r"String should have at least (\d+) characters?", r"至少 \1 个字"),
    (r"String should have at most (\d+) characters?", r"最多 \1 个字"),
    (r"(?:List|Tuple|Dictionary) should have at most (\d+) items?,? .*", r"最多 \1 项"),
    (r"Dictionary should have at least (\d+) items? .*", r"至少 \1 项"),
    (r"Value error, Not a valid file\.", "必须填写"),
    (r"Input should be greater than or equal to (\d+)", r"不能小于 \1"),
    (r"Input should be less than or equal to (\d+)", r"不能大于 \1"),
    (r"Input should be (?:greater|less) than or equal to \d{4}-.*", "日期超出范围"),
    (r"Input should be '.*", "请从给出的选项中选择"),
    (r"Extra inputs are not permitted", "不认识的字段"),
    (r"String should match pattern '\^\[0-9\]\{4\}\$'", "请填写 4 位数字"),
    (r"String should match pattern '(?:\^\$\|)?\^\\\+\?\[0-9\].*", "请填写电话号码，只用数字、空格和短横线"),
    (r"String should match pattern .*", "请重新选择"),
    (r"Input should be a valid string", "请填写文字"),
    (r"Input should be a valid (?:integer|number|decimal).*", "请填写数字"),
    (r"Input should be a valid (?:date|datetime).*", "请填写日期"),
    (r"Input should be a valid boolean.*", "请选择是或否"),
    (r"Input should be a valid (?:list|tuple|dictionary|array).*", "请重新选择"),
    (r"Input should have timezone info", "时间要带时区，例如 2026-11-20T18:00:00+08:00"),
)


def register_errors(app: APIFlask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(StoreAway, _store_away)
    app.register_error_handler(Exception, _failed)
    app.error_processor(_http_error)


def status_of(refusal: Refusal) -> int:
    if refusal.reason in TOO_MANY:
        return 429
    return next(STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES)


def _refused(refusal: Refusal) -> Response:
    return problem(status_of(refusal), refusal.reason, dict(refusal.detail))


def _store_away(_: StoreAway) -> Response:
    return problem(503, Reason.DATABASE_AWAY)


def _failed(error: Exception) -> Response:
    """What nobody foresaw: logged with its place, never with its words, which may hold what a resident wrote."""
    if isinstance(error, HTTPException):
        return _by_status(error.code or 500)
    if isinstance(error, RecursionError):  # JSON nested thousands deep
        return _by_status(422)
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    log.error("request failed", extra={"error": type(error).__name__, "where": where})
    return problem(500, Reason.FAILED)


def shows_unknown_addresses(app: Flask, below: str, page: Callable[[int], Response]) -> None:
    """Addresses below that one which lead nowhere are answered by this page, which is given the status, instead of
    JSON."""
    app.extensions["unknown_addresses"] = (below, page)


def _http_error(error: HTTPError) -> Response:
    """What Flask or the parsing of the input refused, in our shape; in pages for people who read pages."""
    below, page = current_app.extensions.get("unknown_addresses", ("", None))
    if page and request.endpoint is None and request.path.startswith(below):
        return cast(Response, page(error.status_code))
    fields: dict[str, Any] = {}
    for place in (error.detail or {}).values() if isinstance(error.detail, dict) else ():
        if isinstance(place, dict):
            fields |= {name: [in_chinese(word) for word in words] for name, words in place.items()}
    response = _by_status(error.status_code, {"fields": fields} if fields else None)
    if allowed := dict(error.headers).get("Allow"):
        response.headers["Allow"] = allowed
    return response


def _by_status(status: int, detail: dict[str, Any] | None = None) -> Response:
    answer, reason = HTTP_REASONS.get(status, (500, Reason.FAILED))
    return problem(answer, reason, detail)


def problem(status: int, reason: Reason, detail: dict[str, Any] | None = None) -> Response:
    """The answer for a refusal, with Retry-After where waiting helps."""
    detail = detail or {}
    response = reply(status, {"code": reason.value, "message": sentence(reason, detail), "detail": detail})
    if status in (429, 503):
        response.headers["Retry-After"] = str(detail.get("retry_after", RETRY_AFTER))
    return response


def sentence(reason: Reason, detail: dict[str, Any]) -> str:
    """The reason in words, with the dates and numbers where the refusal knows them."""
    if reason is Reason.ROSTER_CLOSED and "ends_on" in detail:
        return closed_sentence(detail)
    if reason is Reason.EXTENSION_OUT_OF_RANGE and "most" in detail:
        return f"这里最多延期 {detail['most']} 个工作日，至少 1 个"
    return MESSAGES[reason]


def in_chinese(words: str) -> str:
    for pattern, chinese in FIELD_WORDS:
        if re.fullmatch(pattern, words):
            return re.sub(pattern, chinese, words)
    return "请检查这一项，改正后再提交"
