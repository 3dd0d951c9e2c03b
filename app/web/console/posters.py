"""Posters to print: which roster, which places, and which kind of code."""

from __future__ import annotations

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import NotNow
from app.services.posters.sheets import chosen_posters
from app.services.rosters.forms import KEEPERS
from app.web.console.access import page
from app.web.console.asking import asked_roster
from app.web.http import world
from app.web.pages.posters import render_posters

SHEETS = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"
"""The sheets are one file that brings its own style; they have no script, and no way to load anything."""


@page("/posters", *KEEPERS)
def show_posters() -> ResponseReturnValue:
    choice = asked_roster()
    roster = next((one for one in choice.all if one.slug == choice.slug), None)
    return render_template("console/posters.html", choice=choice, roster=roster)


@page("/posters/print", *KEEPERS)
def print_posters() -> ResponseReturnValue:
    """`place` as often as wanted; empty for the roster as a whole. `code` is plain for an ordinary QR code."""
    slug, places = request.args.get("roster", ""), request.args.getlist("place")
    if not places:
        flash("请先勾选要打印的海报。", "error")
        return redirect(url_for("console.show_posters", roster=slug), 303)
    try:
        sheets = chosen_posters(world(), slug, places, plain=request.args.get("code") == "plain")
    except NotNow:
        flash("微信服务暂时没有响应，没能取得小程序码。请稍后再试，或先选“普通二维码”。", "error")
        return redirect(url_for("console.show_posters", roster=slug), 303)
    answer: Response = make_response(render_posters(sheets))
    answer.headers["Content-Security-Policy"] = SHEETS
    return answer
