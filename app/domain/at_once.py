"""Which acts make sense for several appeals at once, and on which desk of the work list they are offered.

待公开 and 约谈建议 have none: each redaction and each interview is a person's own decision (product.md, rule 3 and 4).
Each act is one of OfficeDeed, done appeal by appeal under its own rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.domain.office_deeds import OfficeDeed
from app.domain.worklist import Desk, Lists, WorkList

MOST_AT_ONCE = 50


class AtOnce(StrEnum):
    ASSIGN_AS_ADDRESSED = "assign_as_addressed"
    """Each to the official whom its resident chose."""
    ASSIGN = "assign"
    """All to one official."""
    REJECT = "reject"
    MERGE = "merge"
    """Into one of them."""
    EXTEND = "extend"
    """As many workdays as were asked for."""
    REFUSE_EXTENSION = "refuse_extension"
    SIGN_ORDER = "sign_order"
    URGE = "urge"


DEED_OF: Mapping[AtOnce, OfficeDeed] = MappingProxyType(
    {
        AtOnce.ASSIGN_AS_ADDRESSED: OfficeDeed.ASSIGN,
        AtOnce.ASSIGN: OfficeDeed.ASSIGN,
        AtOnce.REJECT: OfficeDeed.REJECT,
        AtOnce.MERGE: OfficeDeed.MERGE,
        AtOnce.EXTEND: OfficeDeed.EXTEND,
        AtOnce.REFUSE_EXTENSION: OfficeDeed.REFUSE_EXTENSION,
        AtOnce.SIGN_ORDER: OfficeDeed.SIGN_ORDER,
        AtOnce.URGE: OfficeDeed.URGE,
    }
)
OFFERED: Mapping[WorkList, tuple[AtOnce, ...]] = MappingProxyType(
    {
        Desk.REVIEW: (AtOnce.ASSIGN_AS_ADDRESSED, AtOnce.ASSIGN, AtOnce.MERGE, AtOnce.REJECT),
        Desk.EXTENSION: (AtOnce.EXTEND, AtOnce.REFUSE_EXTENSION),
        Desk.SUPERVISION: (AtOnce.SIGN_ORDER, AtOnce.URGE),
        Lists.LATE: (AtOnce.URGE,),
    }
)
"""The usual one first. On every other list appeals are opened one by one."""
