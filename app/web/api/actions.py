"""What every action on an appeal shares: its route, its documents, and that it happens once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from apiflask import APIBlueprint
from flask import Response

from app.domain.account import Account
from app.domain.appeal import Appeal
from app.services.acting import Act, Scene
from app.services.submission import owned_photos
from app.services.world import World
from app.web.api.responses import problems
from app.web.auth import asking, auth
from app.web.http import answer_write, world
from app.web.present import show_appeal
from app.web.schemas.appeals import AppealView
from app.web.schemas.common import ActionBody

Body = TypeVar("Body", bound=ActionBody)
Deed = Callable[[Appeal, Scene, Body], Appeal]
Actor = Callable[[World, Account, str, str, Act], Appeal]


class Actions:
    """Registers actions of one kind of actor: `path` holds the appeal's id and the action's name is put behind it;
    `asker` gives the account or refuses it, `act_as` is the use case."""

    def __init__(
        self, bp: APIBlueprint, path: str, asker: Callable[[], Account], act_as: Actor, *statuses: int
    ) -> None:
        self._bp = bp
        self._path = path
        self._asker = asker
        self._act_as = act_as
        self._problems = problems(401, 404, 409, 422, *statuses)

    def add(self, body_type: type[Body], summary: str) -> Callable[[Deed[Body]], Deed[Body]]:
        """Makes a route of a function that takes the appeal, who does it when, and the parsed body."""

        def register(deed: Deed[Body]) -> Deed[Body]:
            name = deed.__name__

            def view(appeal_id: str, body: Body) -> Response:
                account = self._asker()

                def once(key: str) -> tuple[int, dict[str, Any]]:
                    appeal = self._act_as(world(), account, appeal_id, key, lambda a, scene: deed(a, scene, body))
                    return 200, show_appeal(account, appeal)

                return answer_write(account, once)

            view.__name__ = name
            view = self._bp.doc(summary=summary, responses=self._problems)(view)
            view = self._bp.output(AppealView)(view)
            view = self._bp.input(body_type, arg_name="body")(view)
            view = self._bp.auth_required(auth)(view)
            self._bp.post(f"{self._path}/{name}")(view)
            return deed

        return register


def own_photos(ids: list[str]) -> tuple[str, ...]:
    """The ids, once it is certain that the one who asks uploaded them. Raises InvalidInput(UNKNOWN_PHOTO)."""
    return tuple(photo.id for photo in owned_photos(world(), asking(), tuple(ids)))
