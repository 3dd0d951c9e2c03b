"""Who is asking: an opaque token in the Authorization header."""

from __future__ import annotations

from typing import cast

from apiflask import HTTPTokenAuth
from flask import Response, current_app

from app.domain.account import Account
from app.domain.errors import NotPermitted, Reason
from app.domain.notification import Role
from app.services.sessions import authenticate
from app.web.errors import problem
from app.web.http import world
from app.web.limits import ProvenTokens

auth = HTTPTokenAuth(description="`POST /api/session` gives the token.")


@auth.verify_token  # type: ignore[untyped-decorator]  # Flask-HTTPAuth ships no types
def _verify(token: str) -> Account:
    """The account of the token. Raises NotLoggedIn."""
    account = authenticate(world(), token)
    proven: ProvenTokens = current_app.extensions["proven_tokens"]
    proven.remember(token)
    return account


@auth.error_handler  # type: ignore[untyped-decorator]  # the same
def _refuse(status: int) -> Response:
    return problem(status, Reason.NOT_LOGGED_IN)


def asking() -> Account:
    """The account of this request."""
    return cast(Account, auth.current_user)


def asking_handler() -> Account:
    """The same, when it acts for an official. Raises NotPermitted for everybody else."""
    account = asking()
    if not {Role.OFFICIAL, Role.STAFF} & set(account.roles):
        raise NotPermitted(Reason.NOT_YOUR_ROLE)
    return account
