"""Stands in for the program behind nginx: tells what it was sent."""

from __future__ import annotations

from flask import Flask, Response, request

app = Flask("stand-in", static_folder=None)


@app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
@app.route("/<path:path>", methods=["GET", "POST"])
def tell(path: str) -> Response:
    told = {"address": request.headers.get("X-Forwarded-For"), "proto": request.headers.get("X-Forwarded-Proto")}
    got = {"host": request.host, "length": len(request.get_data()), "peer": request.environ["REMOTE_PORT"]}
    answer = app.json.response({**told, **got, "filler": "x" * 2000})
    if request.path.endswith("/directory"):
        answer.set_etag("same")
    answer.headers["Cache-Control"] = "no-cache"
    return answer.make_conditional(request)
