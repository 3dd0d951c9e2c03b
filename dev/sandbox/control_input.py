"""Reading what is asked of the control endpoints."""

from __future__ import annotations

import sqlite3
from typing import Any

from flask import request

from dev.sandbox import personas
from dev.sandbox.personas import Persona

MISSING = object()


class ControlError(Exception):
    """A control request that cannot be done; becomes ``{code, message}`` with that HTTP status."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status
        self.code = "not_found" if status == 404 else "bad_request"


def control_body() -> dict[str, Any]:
    """The JSON object of the request, empty when nothing was sent; raises ControlError for anything else."""
    if not request.get_data():
        return {}
    body = request.get_json(force=True, silent=True)
    if not isinstance(body, dict):
        raise ControlError("the body must be a JSON object")
    return body


def text_of(body: dict[str, Any], key: str, default: object = MISSING) -> Any:
    """A non-empty text; ``default`` when the key is absent, else ControlError."""
    value = body.get(key)
    if value is None and default is not MISSING:
        return default
    if not isinstance(value, str) or not value.strip() or len(value) > 600:
        raise ControlError(f"{key} must be a non-empty text")
    return value


def flag_of(body: dict[str, Any], key: str, default: bool | None) -> bool | None:
    """true or false; ``default`` when the key is absent, else ControlError."""
    value = body.get(key, default)
    if value is not default and not isinstance(value, bool):
        raise ControlError(f"{key} must be true or false")
    return value


def count_of(body: dict[str, Any], key: str, default: int, highest: int) -> int:
    """A whole number from 0 to ``highest``; ``default`` when the key is absent, else ControlError."""
    value = body.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= highest:
        raise ControlError(f"{key} must be a whole number from 0 to {highest}")
    return value


def persona_of(db: sqlite3.Connection, body: dict[str, Any]) -> Persona:
    """The existing persona named in the body; raises ControlError 404."""
    person = personas.by_name(db, text_of(body, "persona"))
    if person is None:
        raise ControlError("no such persona; create it with POST /__sandbox__/personas", 404)
    return person
