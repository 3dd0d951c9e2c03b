"""Who is asking at the supervision office: an opaque token, of another kind than a resident's."""

from __future__ import annotations

from typing import cast

from apiflask import HTTPTokenAuth
from flask import Response, current_app

from app.domain.errors import Reason
from app.domain.officer import Officer
from app.services.officers import authenticate_officer
from app.web.errors import problem
from app.web.http import world
from app.web.limits import ProvenTokens

office_auth = HTTPTokenAuth(description="`POST /api/office/session` gives the token.", security_scheme_name="Office")


@office_auth.verify_token  # type: ignore[untyped-decorator]  # Flask-HTTPAuth ships no types
def _verify(token: str) -> Officer:
    """The officer of the token. Raises NotLoggedIn."""
    officer = authenticate_officer(world(), token)
    proven: ProvenTokens = current_app.extensions["proven_tokens"]
    proven.remember(token)
    return officer


@office_auth.error_handler  # type: ignore[untyped-decorator]  # the same
def _refuse(status: int) -> Response:
    return problem(status, Reason.NOT_LOGGED_IN)


def officer() -> Officer:
    """Who asks."""
    return cast(Officer, office_auth.current_user)
