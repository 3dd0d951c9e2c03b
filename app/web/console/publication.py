"""Publication: the original, the redaction, and how residents will see it, side by side."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.domain.errors import NotFound, NotPermitted, Reason, Refusal
from app.domain.intake import LONGEST_TITLE
from app.domain.labels import KINDS
from app.domain.office_deeds import OfficeDeed
from app.domain.officer import OfficeRole
from app.domain.redaction import NUMBER, has_numbers
from app.services.office import casework
from app.web.console.access import officer, page
from app.web.console.appeal import deeds_for, do_once, gone_on
from app.web.console.appeal_acts import DONE
from app.web.console.casework import problems_of
from app.web.console.place import came_from
from app.web.errors import status_of
from app.web.http import world
from app.web.presenters.casework import suggested_redaction

FIELDS = ("title", "body", "answer")


@page("/appeals/<appeal_id>/publication", OfficeRole.SUPERVISOR)
def show_publication(appeal_id: str) -> ResponseReturnValue:
    return _render(appeal_id)


@page(
    "/appeals/<appeal_id>/publication",
    OfficeRole.SUPERVISOR,
    methods=("POST",),
    asks=lambda: request.form.get("step") == "publish",
)
def publish_redacted(appeal_id: str) -> ResponseReturnValue:
    """Shows the redaction as residents will see it, or publishes it."""
    if request.form.get("step") != "publish":
        return _render(appeal_id)
    try:
        do_once(appeal_id, OfficeDeed.PUBLISH)
    except NotPermitted:
        raise
    except Refusal as refusal:
        problem, problems = problems_of(refusal)
        return _render(appeal_id, problem, problems), status_of(refusal)
    return gone_on(appeal_id, DONE[OfficeDeed.PUBLISH])


def _render(appeal_id: str, problem: str = "", problems: dict[str, str] | None = None) -> str:
    appeal = casework.read_as_officer(world(), officer(), appeal_id).appeal
    if OfficeDeed.PUBLISH not in deeds_for(appeal, world().terms_for(appeal)):
        raise NotFound(Reason.NO_SUCH_APPEAL)
    typed = dict(request.form.items()) if request.form else suggested_redaction(appeal)
    return render_template(
        "console/publication.html",
        current="console.list_appeals",
        appeal=appeal,
        place=came_from(),
        onward=bool(request.values.get("onward")),
        kind=KINDS[appeal.kind],
        official=world().stores.officials.get(appeal.assignee_id),
        typed=typed,
        warns={name: has_numbers(typed.get(name, "")) for name in FIELDS},
        number_pattern=NUMBER,
        longest_title=LONGEST_TITLE,
        problem=problem,
        problems=problems or {},
    )
