"""What every action on an appeal shares: its route, its documents, and that it happens once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

from apiflask import APIBlueprint, HTTPTokenAuth
from flask import Response
from pydantic import BaseModel

from app.domain.appeal import Appeal
from app.services.appeals.acting import Act, Scene
from app.services.appeals.submission import owned_photos
from app.services.world import World
from app.web.api.responses import problems
from app.web.auth import asking
from app.web.http import answer_write, world
from app.web.schemas.common import ActionBody


class Somebody(Protocol):
    @property
    def id(self) -> str: ...


Body = TypeVar("Body", bound=ActionBody)
Who = TypeVar("Who", bound=Somebody)
Deed = Callable[[Appeal, Scene, Body], Appeal]
ActAs = Callable[[World, Who, str, str, Act], Appeal]


class Actions(Generic[Who]):
    """Registers the actions of one kind of people.

    `path` holds the appeal's id, and the action's name is put behind it; `asker` gives the one who asks or refuses;
    `act_as` gives the use case for an action's name; `show` is what the one who acted sees, in the shape of `view`.
    """

    def __init__(
        self,
        bp: APIBlueprint,
        path: str,
        auth: HTTPTokenAuth,
        asker: Callable[[], Who],
        act_as: Callable[[str], ActAs[Who]],
        show: Callable[[Who, Appeal], dict[str, Any]],
        view: type[BaseModel],
        *statuses: int,
    ) -> None:
        self._bp = bp
        self._path = path
        self._auth = auth
        self._asker = asker
        self._act_as = act_as
        self._show = show
        self._view = view
        self._problems = problems(401, 404, 409, 422, *statuses)

    def add(self, body_type: type[Body], summary: str) -> Callable[[Deed[Body]], Deed[Body]]:
        """Makes a route of a function that takes the appeal, who does it when, and the parsed body."""

        def register(deed: Deed[Body]) -> Deed[Body]:
            name = deed.__name__
            act_as = self._act_as(name)

            def view(appeal_id: str, body: Body) -> Response:
                who = self._asker()

                def once(key: str) -> tuple[int, dict[str, Any]]:
                    appeal = act_as(world(), who, appeal_id, key, lambda appeal, scene: deed(appeal, scene, body))
                    return 200, self._show(who, appeal)

                return answer_write(who.id, once)

            view.__name__ = name
            view = self._bp.doc(summary=summary, responses=self._problems)(view)
            view = self._bp.output(self._view)(view)
            view = self._bp.input(body_type, arg_name="body")(view)
            view = self._bp.auth_required(self._auth)(view)
            self._bp.post(f"{self._path}/{name}")(view)
            return deed

        return register


def own_photos(ids: list[str]) -> tuple[str, ...]:
    """The ids, once it is certain that the one who asks uploaded them. Raises InvalidInput(UNKNOWN_PHOTO)."""
    return tuple(photo.id for photo in owned_photos(world(), asking(), tuple(ids)))
