"""What the supervision office does with an appeal: a route for each deed of app/web/office_deeds.py."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from apiflask import APIBlueprint

from app.domain.appeal import Appeal
from app.domain.officer import Officer
from app.services.appeals.acting import Act, Scene
from app.services.office import casework
from app.services.world import World
from app.web.api.actions import Actions
from app.web.http import world
from app.web.office_auth import office_auth, officer
from app.web.office_deeds import DEFINITIONS, Asker, Definition
from app.web.present import show_to_office
from app.web.schemas.office import OfficeAppealView

bp = APIBlueprint("office_actions", __name__, url_prefix="/api/office", tag="督查")


def _as_supervisor(name: str) -> Callable[[World, Officer, str, str, Act], Appeal]:
    return partial(casework.act_as_supervisor, name=name)


def _as_caller(name: str) -> Callable[[World, Officer, str, str, Act], Appeal]:
    return partial(casework.act_as_caller, name=name)


APPEAL = "/appeals/<string:appeal_id>"
supervisor = Actions(bp, APPEAL, office_auth, officer, _as_supervisor, show_to_office, OfficeAppealView, 403)
caller = Actions(bp, APPEAL, office_auth, officer, _as_caller, show_to_office, OfficeAppealView, 403)


def _deed(definition: Definition) -> Callable[[Appeal, Scene, Any], Appeal]:
    def deed(appeal: Appeal, scene: Scene, body: Any) -> Appeal:
        return definition.do(appeal, scene, body, Asker(world(), officer()))

    deed.__name__ = definition.name.value
    return deed


for _definition in DEFINITIONS.values():
    (caller if _definition.by_callers else supervisor).add(_definition.body, _definition.summary)(_deed(_definition))
