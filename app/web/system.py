"""Whether it lives, whether it is ready, and its numbers for Prometheus."""

from __future__ import annotations

import os

from apiflask import APIBlueprint
from flask import Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest, multiprocess

from app.services.running.health import look
from app.web.http import reply, world

bp = APIBlueprint("system", __name__, tag="系统")

SECONDS = Histogram(
    "zhitongche_request_seconds",
    "Time from request to answer",
    ["route", "method", "status"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS"})


def observe(route: str, method: str, status: int, seconds: float) -> None:
    SECONDS.labels(route, method if method in METHODS else "OTHER", str(status)).observe(seconds)


@bp.get("/healthz")
@bp.doc(summary="进程还活着")
def healthz() -> Response:
    return reply(200, {"status": "ok"})


@bp.get("/readyz")
@bp.doc(summary="数据库、定时任务、待发消息都正常", responses={200: "都正常", 503: "还没准备好"})
def readyz() -> Response:
    health = look(world())
    body = {"database": health.database, "scheduler": health.scheduler, "outbox": health.outbox}
    response = reply(200 if health.ready else 503, {"ready": health.ready} | body)
    if not health.ready:
        response.headers["Retry-After"] = "5"
    return response


@bp.get("/metrics")
@bp.doc(hide=True)
def metrics() -> Response:
    """Of all workers when PROMETHEUS_MULTIPROC_DIR is set, else of the one that answers."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
