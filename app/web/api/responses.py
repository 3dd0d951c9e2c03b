"""Which problems a route can answer with; app/web/openapi.py gives them their shape in the document."""

from __future__ import annotations

MEANINGS = {
    401: "没有登录",
    403: "身份不符",
    404: "不存在，或您无从知道它存在",
    409: "规则不允许，或别人更快一步",
    413: "内容太大",
    422: "填写有误",
    429: "太频繁，见 Retry-After",
    503: "暂时不可用，见 Retry-After",
}


def problems(*statuses: int) -> dict[int, str]:
    """The given statuses beside those that every route can give."""
    return {status: MEANINGS[status] for status in sorted({*statuses, 429, 503})}
