"""What APIFlask leaves out of the OpenAPI document: the shape of problems, the Idempotency-Key of every write, and the
Server-Time of every answer."""

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
WITHOUT_KEY = {
    "/api/session",
    "/api/appeals/lookup",
    "/api/appeals/similar",
    "/api/me/phone",
    "/api/officials/suggest",
}
"""Which store nothing, or give out what must not be kept."""
SERVER_TIME = {
    "description": "服务器时间（UTC，精确到毫秒）。倒计时请以它为准：手机的时钟未必准，演示环境的时间可以快进。",
    "required": True,
    "schema": {"type": "string", "format": "date-time"},
}
SHAPE = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def complete_document(document: dict[str, Any]) -> dict[str, Any]:
    """The document with all of them added."""
    components = document.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
    components["headers"] = {"Server-Time": SERVER_TIME}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if method in {"post", "patch"} and path not in WITHOUT_KEY:
                operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)
            if "requestBody" in operation:
                operation["responses"].setdefault("413", {"description": MEANINGS[413]})
            for status, response in operation["responses"].items():
                if not path.startswith("/api/"):
                    continue
                response.setdefault("headers", {})["Server-Time"] = {"$ref": "#/components/headers/Server-Time"}
                if int(status) >= 400:
                    response["content"] = SHAPE
    return document
