"""Acts that cannot be taken back are asked about first, with scripts and without.

The form holds its question (`asks`). With scripts console.js asks it in a dialogue and says so (`sure`); a form that
comes without that is answered by a page that asks, holds everything that was filled in, and sends it once more.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from flask import render_template, request

LEFT_OUT = frozenset({"csrf_token", "asks", "sure"})
USUAL = "这一步不能撤销。要继续吗？"


def always() -> bool:
    """For a page whose every form is asked about."""
    return True


def is_sure() -> bool:
    return request.form.get("sure") == "1"


def ask() -> str:
    """The page that asks; its question may name what was typed, as in console.js."""
    question = re.sub(r"\{(\w+)\}", _typed, request.form.get("asks", "") or USUAL)
    came_from = urlsplit(request.referrer or "")
    return render_template(
        "console/sure.html",
        question=question,
        fields=[(name, value) for name, value in request.form.items(multi=True) if name not in LEFT_OUT],
        back=came_from.path if came_from.path.startswith("/console/") else "",
        back_query=came_from.query,
    )


def _typed(found: re.Match[str]) -> str:
    return request.form.get(found[1], "") or "没有填写"
