"""What the supervision office can do with an appeal as it stands: which tools its page offers.

Only an offer. Each deed's own rule decides again when it is done (intake, handling, closing, oversight, merging).
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from app.domain.appeal import Appeal, State, Visibility
from app.domain.escalation import office_may_urge
from app.domain.lifecycle import leads_on
from app.domain.oversight import MOST_FOLLOW_UPS, interview_reasons
from app.domain.supervision import awaits_rectification
from app.domain.terms import Terms
from app.domain.timeline import Deed


class OfficeDeed(StrEnum):
    """The names are the API's (POST /api/office/appeals/<id>/<name>)."""

    ASSIGN = "assign"
    TRANSFER = "transfer"
    REJECT = "reject"
    MERGE = "merge"
    SET_ABOUT = "set_about"
    EXTEND = "extend"
    REFUSE_EXTENSION = "refuse_extension"
    URGE = "urge"
    CONCLUDE = "conclude"
    REOPEN = "reopen"
    SIGN_ORDER = "sign_order"
    SUGGEST_INTERVIEW = "suggest_interview"
    DECIDE_INTERVIEW = "decide_interview"
    CONFIRM_RECTIFIED = "confirm_rectified"
    FOLLOW_UP = "follow_up"
    PUBLISH = "publish"
    UNPUBLISH = "unpublish"


CALLERS_DEEDS = frozenset({OfficeDeed.FOLLOW_UP})
"""Operators do these too; everything else is a supervisor's."""


def office_deeds(appeal: Appeal, terms: Terms, now: datetime, *, vacant: bool = False) -> tuple[OfficeDeed, ...]:
    """Those that the state allows and that are not used up, in the order of OfficeDeed. `vacant`: the post that has it
    is published no longer."""
    transferable = vacant or appeal.transfers < terms.deadlines.max_transfers
    number = appeal.assignment.number if appeal.assignment else 0
    order = appeal.supervisions[-1] if appeal.supervisions else None
    consented = appeal.visibility is Visibility.PUBLIC and not appeal.about
    possible = {
        OfficeDeed.ASSIGN: leads_on(appeal, Deed.ASSIGN),
        OfficeDeed.TRANSFER: leads_on(appeal, Deed.TRANSFER) and transferable,
        OfficeDeed.REJECT: leads_on(appeal, Deed.REJECT) and not appeal.children,
        OfficeDeed.MERGE: leads_on(appeal, Deed.MERGE) and not appeal.children,
        OfficeDeed.SET_ABOUT: True,
        OfficeDeed.EXTEND: leads_on(appeal, Deed.EXTEND) and appeal.extension_waits,
        OfficeDeed.REFUSE_EXTENSION: leads_on(appeal, Deed.REFUSE_EXTENSION) and appeal.extension_waits,
        OfficeDeed.URGE: office_may_urge(appeal, now),
        OfficeDeed.CONCLUDE: appeal.state is State.UNDER_REVIEW,
        OfficeDeed.REOPEN: appeal.state is State.UNDER_REVIEW or _may_reopen(appeal, terms, now),
        OfficeDeed.SIGN_ORDER: order is not None
        and appeal.is_open
        and order.assignment == number
        and order.signed_at is None,
        OfficeDeed.SUGGEST_INTERVIEW: bool(interview_reasons(appeal, now)),
        OfficeDeed.DECIDE_INTERVIEW: any(interview.decision is None for interview in appeal.interviews),
        OfficeDeed.CONFIRM_RECTIFIED: any(awaits_rectification(interview) for interview in appeal.interviews),
        OfficeDeed.FOLLOW_UP: leads_on(appeal, Deed.FOLLOW_UP)
        and appeal.follow_ups < MOST_FOLLOW_UPS
        and not appeal.rated(number),
        OfficeDeed.PUBLISH: consented and bool(appeal.answers) and appeal.state in {State.ANSWERED, State.CONCLUDED},
        OfficeDeed.UNPUBLISH: appeal.publication is not None,
    }
    return tuple(deed for deed, may in possible.items() if may)


def _may_reopen(appeal: Appeal, terms: Terms, now: datetime) -> bool:
    if appeal.state is not State.CONCLUDED or appeal.assignment is None or appeal.closed_at is None:
        return False
    return now <= terms.deadlines.reopen_by_supervisor.after(appeal.closed_at, terms.calendar)
