"""What APIFlask leaves out of the OpenAPI document: the shape of problems, and the Idempotency-Key of every write."""

from __future__ import annotations

from typing import Any

from app.services.answered import LONGEST_KEY
from app.web.api.responses import MEANINGS
from app.web.schemas.common import Problem

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "同一个键只生效一次，重复请求得到同样的回答。",
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
}
WITHOUT_KEY = {"/api/session", "/api/appeals/lookup", "/api/officials/suggest"}
SHAPE = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def complete_document(document: dict[str, Any]) -> dict[str, Any]:
    """The document with both added."""
    document.setdefault("components", {}).setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method in {"post", "patch"} and path not in WITHOUT_KEY:
                operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
            if "requestBody" in operation:
                operation["responses"].setdefault("413", {"description": MEANINGS[413]})
            for status, response in operation["responses"].items():
                if int(status) >= 400 and path.startswith("/api/"):
                    response["content"] = SHAPE
    return document
