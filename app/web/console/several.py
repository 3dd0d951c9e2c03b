"""Acts on several appeals at once: ticked in the list, looked over on a page that says what will happen, done one by
one. It asks on a page of its own and not in a script's dialogue, so that it asks everybody."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.appeal import Appeal
from app.domain.at_once import DEED_OF, AtOnce
from app.domain.errors import InvalidInput, Reason, Refusal, RuleBroken
from app.domain.labels import STATES
from app.domain.officer import OfficeRole
from app.domain.redaction import with_masked_numbers
from app.domain.returning import has_handed_back
from app.domain.routing import suggested
from app.domain.supervision import ORDER_SPAN
from app.services.answered import answer_once
from app.services.office.casework import reading_of
from app.services.office.several import Outcome, act_on_several, chosen, merge_several
from app.web.console.access import officer, page
from app.web.console.casework import Officials, form_key, officials_for, presenter_over, problems_of, read_form
from app.web.console.deed_forms import channels, given_for
from app.web.console.place import came_from, place_of
from app.web.errors import sentence, status_of
from app.web.http import world
from app.web.office_deeds import DEFINITIONS, Asker, act
from app.web.presenters.casework import present_row
from app.web.schemas.common import ActionBody
from app.web.schemas.office import AssignRequest


@dataclass(frozen=True)
class Words:
    """How an act is offered, what its page says will happen, its button there, and what is said afterwards."""

    offer: str
    heading: str
    about: str
    button: str
    done: str
    grave: bool = False
    """It cannot be taken back, and somebody will not like it."""


WORDS: Mapping[AtOnce, Words] = {
    AtOnce.ASSIGN_AS_ADDRESSED: Words(
        "交给群众所选的人",
        "交给群众所选的负责同志",
        "每件分别交给群众所选的负责同志；联系和答复的期限从现在起算，承办人和群众都会收到通知。"
        "反映负责同志的和被所选的人退回过的没有勾选，请逐件另行交办。",
        "交办",
        "已交办 {} 件。",
    ),
    AtOnce.ASSIGN: Words(
        "交给同一位…",
        "交给同一位负责同志",
        "都交给下面这一位；联系和答复的期限从现在起算，承办人和群众都会收到通知。",
        "交办",
        "已交办 {} 件。",
    ),
    AtOnce.REJECT: Words(
        "不予受理…",
        "不予受理",
        "每位群众都会收到下面的理由和渠道。不予受理以后不能恢复，群众要另行提交。",
        "不予受理",
        "已不予受理 {} 件，理由和渠道已告知群众。",
        grave=True,
    ),
    AtOnce.MERGE: Words(
        "并成一件…",
        "并成一件",
        "只办保留的那一件，其余并入；每位群众仍各自被告知、各自评价。并单不能撤销。",
        "并单",
        "已并入 {} 件，群众会收到通知。",
        grave=True,
    ),
    AtOnce.EXTEND: Words(
        "同意延期",
        "按申请同意延期",
        "每件按申请的天数顺延答复期限，天数和申请理由会告知群众。要少给几天的，请打开那一件单独决定。",
        "同意延期",
        "已同意延期 {} 件。",
    ),
    AtOnce.REFUSE_EXTENSION: Words(
        "不同意延期…",
        "不同意延期",
        "每位承办人都会收到下面的理由，原期限照常计算，不能再申请；群众不会收到消息。",
        "不同意延期",
        "未同意延期 {} 件，理由已告知承办人。",
        grave=True,
    ),
    AtOnce.SIGN_ORDER: Words(
        "签发督办单…",
        "签发督办单",
        "每件一张督办单，各自编号，签发人是您；督办单有自己的时限，不改变诉求原来的期限。",
        "签发",
        "已签发督办单 {} 张，可以在每件诉求的页面打印。",
    ),
    AtOnce.URGE: Words(
        "催办…",
        "催办",
        "每件的承办人、代办的工作人员和上级都会收到催办消息，不改变期限；办理过程里记下由您催办，群众也看得到。"
        "24 小时内催办过的会留下不办。",
        "催办",
        "已催办 {} 件。",
    ),
}


@page("/appeals/several", OfficeRole.SUPERVISOR, methods=("POST",))
def act_at_once() -> ResponseReturnValue:
    """Shows what was ticked and asks what the act needs, or (`step` do) does it."""
    place = came_from() or place_of({})
    named = request.form.get("act", "")
    try:
        appeals = chosen(world(), officer(), request.form.getlist("appeal"))
    except InvalidInput as refusal:
        flash(sentence(refusal.reason, dict(refusal.detail)), "error")
        return redirect(place.address, 303)
    if not appeals or named not in list(AtOnce):
        flash("还没有选择诉求。" if not appeals else "请选择要做什么。", "error")
        return redirect(place.address, 303)
    name = AtOnce(named)
    if request.form.get("step") != "do":
        return _ask(name, appeals)
    try:
        problems = _do_once(name, appeals)
    except InvalidInput as refusal:
        return _ask(name, appeals, *problems_of(refusal)), status_of(refusal)
    done = len(problems) - sum(map(bool, problems.values()))
    if done == len(problems):
        flash(WORDS[name].done.format(done))
        return redirect(place.address, 303)
    return _tell(name, appeals, problems, done), 200 if done else 409


def _do_once(name: AtOnce, appeals: Sequence[Appeal]) -> dict[str, str]:
    """What became of each appeal by id: empty for done, else why not. The same for a form that is sent twice."""

    def answer() -> tuple[int, str]:
        outcomes = _outcomes(name, appeals)
        return 200, json.dumps({one.appeal.id: _problem(one.refusal) for one in outcomes}, ensure_ascii=False)

    fields = request.form.items(multi=True)
    asked = [request.path, *(f"{field}={value}" for field, value in fields if field != "csrf_token")]
    _, told = answer_once(world(), form_key(), "\n".join(asked).encode(), answer)
    problems: dict[str, str] = json.loads(told)
    return problems


def _outcomes(name: AtOnce, appeals: Sequence[Appeal]) -> list[Outcome]:
    key = form_key()
    if name is AtOnce.MERGE:
        return merge_several(world(), officer(), appeals, request.form.get("parent_id", ""), key)
    asker, deed, body_for = Asker(world(), officer()), DEED_OF[name], _bodies(name)
    return act_on_several(officer(), appeals, lambda one: act(asker, deed, one.id, key, body_for(one)))


def _bodies(name: AtOnce) -> Callable[[Appeal], ActionBody]:
    """The body of the deed for each appeal: what the form says, or whom each resident chose. Raises InvalidInput."""
    if name is AtOnce.ASSIGN_AS_ADDRESSED:
        return _as_addressed
    deed = DEED_OF[name]
    body = read_form(DEFINITIONS[deed].body, given_for(deed, request.form))
    return lambda _: body


def _as_addressed(appeal: Appeal) -> ActionBody:
    """Raises RuleBroken when whoever the resident chose has handed it back: that one is asked by name, if again."""
    if has_handed_back(appeal, appeal.addressed_to):
        raise RuleBroken(Reason.REFUSED_BEFORE)
    return AssignRequest(official_id=appeal.addressed_to, urgent=True if request.form.get("urgent") else None)


def _problem(refusal: Refusal | None) -> str:
    return sentence(refusal.reason, dict(refusal.detail)) if refusal else ""


def _ask(name: AtOnce, appeals: Sequence[Appeal], problem: str = "", problems: Mapping[str, str] | None = None) -> str:
    officials = officials_for(appeals)
    presenter = presenter_over(officials)
    place = came_from() or place_of({})
    oldest_first = sorted(appeals, key=lambda one: (one.submitted_at, one.code))
    return render_template(
        "console/several.html",
        current="console.list_appeals",
        act=name.value,
        words=WORDS[name],
        place=place,
        rows=[present_row(presenter, reading_of(world(), one), place.list) for one in appeals],
        refused=name is AtOnce.ASSIGN_AS_ADDRESSED and sum(has_handed_back(one, one.addressed_to) for one in appeals),
        ticked=sum(name is not AtOnce.ASSIGN_AS_ADDRESSED or bool(suggested(one)) for one in appeals),
        conflicts=name is AtOnce.ASSIGN_AS_ADDRESSED and sum(bool(one.about) for one in appeals),
        officials=_choices(officials),
        channels=channels(world()),
        parents=[(one.id, f"{one.code} {with_masked_numbers(one.title)}") for one in oldest_first],
        order_workdays=ORDER_SPAN.amount,
        opened=name.value,
        typed=request.form,
        problem=problem,
        problems=problems or {},
    )


def _tell(name: AtOnce, appeals: Sequence[Appeal], problems: Mapping[str, str], done: int) -> str:
    fresh = world().stores.worklist.some([one.id for one in appeals if problems.get(one.id)])
    return render_template(
        "console/several_done.html",
        current="console.list_appeals",
        words=WORDS[name],
        done=WORDS[name].done.format(done) if done else "",
        place=came_from() or place_of({}),
        left=[(one, STATES[one.state], problems[one.id]) for one in fresh],
    )


def _choices(officials: Officials) -> list[tuple[str, str]]:
    ordered = sorted(officials.values(), key=lambda one: (one.roster, one.position))
    return [(one.id, f"{one.name} · {one.unit}{one.post}") for one in ordered if one.is_published]
