"""A person's own account."""

from __future__ import annotations

from typing import Any

from app.domain.account import Account
from app.web.presenters.appeals import FindOfficial


def present_me(account: Account, find: FindOfficial) -> dict[str, Any]:
    posts = []
    for binding in account.bindings:
        official = find(binding.official_id)
        if official is not None:
            posts.append(
                {
                    "official_id": official.id,
                    "role": binding.role.value,
                    "name": official.name,
                    "post": official.post,
                    "unit": official.unit,
                }
            )
    organisation = account.organisation
    return {
        "id": account.id,
        "roles": [role.value for role in account.roles],
        "name": account.name,
        "phone": account.phone,
        "organisation": organisation and {"name": organisation.name, "credit_code": organisation.credit_code},
        "posts": posts,
        "follows_official_account": account.follows_oa,
    }
