"""The ready-made quick replies (快捷回复) by name; each only promises, none is an answer."""

from __future__ import annotations

from app.domain.errors import InvalidInput, Reason

QUICK_REPLIES = {
    "meeting": "正在开会，会后联系您；急事请拨值班电话",
    "travelling": "正在外出途中，到达后联系您；急事请拨值班电话",
    "looking_into_it": "已看到您的诉求，正在了解情况，会尽快联系您",
}


def quick_reply_text(template: str, text: str) -> str:
    """The words of a quick reply: the template's, with the official's own behind them when both are given."""
    if template and template not in QUICK_REPLIES:
        raise InvalidInput(Reason.BAD_REQUEST, field="template", choices=sorted(QUICK_REPLIES))
    return "\n".join(part for part in (QUICK_REPLIES.get(template, ""), text) if part)
