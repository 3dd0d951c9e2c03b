"""Who is asking: an opaque token in the Authorization header."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from apiflask import HTTPTokenAuth
from flask import Response, current_app

from app.domain.account import Account
from app.domain.errors import NotPermitted, Reason
from app.domain.notification import Role
from app.services.people.sessions import authenticate
from app.services.world import World
from app.web.errors import problem
from app.web.http import world
from app.web.limits import ProvenTokens

Who = TypeVar("Who")


def token_auth(authenticate: Callable[[World, str], Who], scheme: HTTPTokenAuth) -> HTTPTokenAuth:
    """`scheme` with `authenticate`, which gives whose token it is or raises NotLoggedIn. A token that proved to be
    somebody's counts as a caller of its own from then on (limits.py)."""

    def verify(token: str) -> Who:
        who = authenticate(world(), token)
        proven: ProvenTokens = current_app.extensions["proven_tokens"]
        proven.remember(token)
        return who

    def refuse(status: int) -> Response:
        return problem(status, Reason.NOT_LOGGED_IN)

    scheme.verify_token(verify)
    scheme.error_handler(refuse)
    return scheme


auth = token_auth(authenticate, HTTPTokenAuth(description="`POST /api/session` gives the token."))


def asking() -> Account:
    """The account of this request."""
    return cast(Account, auth.current_user)


def asking_handler() -> Account:
    """The same, when it acts for an official. Raises NotPermitted for everybody else."""
    account = asking()
    if not {Role.OFFICIAL, Role.STAFF} & set(account.roles):
        raise NotPermitted(Reason.NOT_YOUR_ROLE)
    return account
