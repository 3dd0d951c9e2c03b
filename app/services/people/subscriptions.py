"""The consent ledger's use cases: what a tap reported, from the mini-program and from WeChat's event."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.consent import Consent, Report, accept
from app.services.saving import change_or_add
from app.services.world import World


def consent_id(openid: str, template_id: str) -> str:
    return f"{openid}:{template_id}"


def report_accepted(world: World, openid: str, template_ids: Iterable[str], report: Report) -> dict[str, int]:
    """Counts one accept for each template; how many messages each now allows. A repeated report changes nothing."""
    left = {}
    for template_id in template_ids:
        id = consent_id(openid, template_id)
        new = Consent(id, openid, template_id)
        left[template_id] = change_or_add(world.stores.consents, id, new, lambda known: accept(known, report)).left
    return left
