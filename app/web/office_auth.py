"""Who is asking at the supervision office: an opaque token, of another kind than a resident's."""

from __future__ import annotations

from typing import cast

from apiflask import HTTPTokenAuth

from app.domain.officer import Officer
from app.services.officers.access import authenticate_officer
from app.web.auth import token_auth

office_auth = token_auth(
    authenticate_officer,
    HTTPTokenAuth(description="`POST /api/office/session` gives the token.", security_scheme_name="Office"),
)


def officer() -> Officer:
    """Who asks."""
    return cast(Officer, office_auth.current_user)
