"""One appeal on one screen: facts and people, the story, and the tools that its state and the officer's role permit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from app.domain.appeal import Appeal, Resolution, Satisfaction
from app.domain.errors import InvalidInput, NotFound, NotPermitted, Reason, Refusal
from app.domain.office_deeds import CALLERS_DEEDS, OfficeDeed, office_deeds
from app.domain.office_words import DECISIONS, INTERVIEW_REASONS, RESOLUTIONS, REVIEWS, SATISFACTIONS, URGENCY
from app.domain.officer import OfficeRole
from app.domain.oversight import interview_reasons
from app.domain.roster import Official
from app.domain.routing import handed_back, suggested
from app.domain.supervision import awaits_rectification
from app.domain.terms import Terms
from app.domain.workday import ONE_DAY, local_day
from app.services.answered import answer_once
from app.services.figures.categories import category_of
from app.services.messages import undelivered
from app.services.office import casework, worklists
from app.services.office.evidence import may_read_evidence
from app.services.world import load_hearers, posts_kept_away
from app.web.console.access import officer, page
from app.web.console.appeal_acts import DONE, GRAVE, URGENT
from app.web.console.appeals import READ_BY
from app.web.console.casework import form_key, officials_of, presenter_over, problems_of, read_form
from app.web.console.deed_forms import channels, given_for, officials_named
from app.web.console.place import appeal_address, came_from
from app.web.errors import status_of
from app.web.http import world
from app.web.office_deeds import DEFINITIONS, Asker, act
from app.web.presenters.casework import present_file
from app.web.presenters.deadlines import span_words
from app.web.presenters.interviews import decisions_about, interviews_of
from app.web.schemas.office import MergeRequest, PhoneReasonRequest


@page("/appeals/<appeal_id>", *READ_BY)
def show_appeal(appeal_id: str) -> ResponseReturnValue:
    return render_file(appeal_id)


@page(
    "/appeals/<appeal_id>/<any(" + ",".join(deed.value for deed in OfficeDeed) + "):deed>",
    OfficeRole.SUPERVISOR,
    OfficeRole.OPERATOR,
    methods=("POST",),
    asks=lambda: (request.view_args or {}).get("deed") in GRAVE,
)
def do_on_appeal(appeal_id: str, deed: str) -> ResponseReturnValue:
    name = OfficeDeed(deed)
    try:
        do_once(appeal_id, name)
    except NotPermitted:
        raise
    except Refusal as refusal:
        if isinstance(refusal, NotFound) and refusal.reason is Reason.NO_SUCH_APPEAL and name is not OfficeDeed.MERGE:
            raise
        return refused(appeal_id, name.value, refusal)
    return gone_on(appeal_id, DONE[name])


@page("/appeals/<appeal_id>/phone", OfficeRole.SUPERVISOR, OfficeRole.OPERATOR, methods=("POST",))
def show_phone(appeal_id: str) -> ResponseReturnValue:
    """The whole numbers, the phone's and those in the texts, on this answer only: they are in no address, no cookie and
    no other page."""
    try:
        body = read_form(PhoneReasonRequest, request.form)
    except InvalidInput as refusal:
        return refused(appeal_id, "phone", refusal)
    casework.unmask(world(), officer(), appeal_id, body.reason)
    return render_file(appeal_id, whole=True)


@page("/appeals/<appeal_id>/told", OfficeRole.SUPERVISOR, OfficeRole.OPERATOR, methods=("POST",))
def tell_by_phone(appeal_id: str) -> ResponseReturnValue:
    """Somebody was told by telephone what no message brought."""
    try:
        undelivered.mark_told(
            world(), officer(), appeal_id, request.form.get("message", ""), request.form.get("note", "")
        )
    except InvalidInput as refusal:
        return refused(appeal_id, "told", refusal)
    return gone_on(appeal_id, "已登记为电话告知。")


def gone_on(appeal_id: str, said: str) -> ResponseReturnValue:
    """Where an act leads that was done: to the same appeal; to the next one of the list where somebody came from and
    said so; back to that list at its end."""
    place, onward = came_from(), bool(request.form.get("onward"))
    if place is None or not onward:
        flash(said)
        return redirect(appeal_address(appeal_id, place), 303)
    appeal = casework.read_as_officer(world(), officer(), appeal_id).appeal
    after = worklists.following(world(), officer(), place.list, place.wanted, appeal)
    flash(f"{appeal.code} {said}")
    if after is None:
        flash("后面没有了，回到清单。")
        return redirect(place.address, 303)
    return redirect(appeal_address(after.id, place, onward=True), 303)


def do_once(appeal_id: str, name: OfficeDeed) -> None:
    """The deed of the form, once for its key. Raises what the rule does, InvalidInput with fields."""
    asker, key = Asker(world(), officer()), form_key()

    def answer() -> tuple[int, str]:
        if name is OfficeDeed.MERGE:
            body = read_form(MergeRequest, request.form)
            casework.merge_into(world(), officer(), appeal_id, body.parent_id, key)
        else:
            act(asker, name, appeal_id, key, read_form(DEFINITIONS[name].body, given_for(name, request.form)))
        return 303, ""

    given = request.form.items(multi=True)
    asked = [request.path, *(f"{field}={value}" for field, value in given if field != "csrf_token")]
    answer_once(world(), key, "\n".join(asked).encode(), answer)


def refused(appeal_id: str, opened: str, refusal: Refusal) -> ResponseReturnValue:
    """The page again with what was typed, and the sentence where it belongs."""
    problem, problems = problems_of(refusal)
    return render_file(appeal_id, opened=opened, problem=problem, problems=problems), status_of(refusal)


def render_file(
    appeal_id: str,
    opened: str = "",
    problem: str = "",
    problems: Mapping[str, str] | None = None,
    whole: bool = False,
) -> str:
    """The page; with `whole` no number on it is masked."""
    reading = casework.read_as_officer(world(), officer(), appeal_id)
    appeal = reading.appeal
    officials = officials_of([appeal.roster])
    terms = world().terms_for(appeal)
    vacant = casework.is_vacant(appeal, officials.get(appeal.assignee_id))
    deeds = deeds_for(appeal, terms, vacant)
    place = came_from()
    related = {one.id: one for one in world().stores.worklist.some([*appeal.children[:20], appeal.merged_into])}
    typed = request.form if opened else {}
    may_see_evidence = may_read_evidence(officer(), appeal)
    return render_template(
        "console/appeal.html",
        current="console.list_appeals",
        appeal=appeal,
        file=present_file(presenter_over(officials), replace(reading, in_person=whole)),
        review=REVIEWS[appeal.review],
        category=category_of(world(), appeal),
        addressed=officials.get(appeal.addressed_to),
        assigned=officials.get(appeal.assignee_id),
        published_by=officials,
        suggested=suggested(appeal),
        back=handed_back(appeal),
        urged=_urged(appeal, officials) if OfficeDeed.URGE in deeds else [],
        place=place,
        after=worklists.following(world(), officer(), place.list, place.wanted, appeal) if place else None,
        before=worklists.preceding(world(), officer(), place.list, place.wanted, appeal) if place else None,
        onward=bool(request.values.get("onward")),
        deeds=[deed.value for deed in deeds],
        opened=opened or next((deed.value for deed in URGENT if deed in deeds), ""),
        problem=problem,
        problems=problems or {},
        typed=typed,
        whole=whole,
        most_workdays=_most_workdays(appeal, terms),
        may_call=bool({OfficeRole.SUPERVISOR, OfficeRole.OPERATOR} & set(officer().roles)),
        children=[related[id] for id in appeal.children if id in related],
        parent=related.get(appeal.merged_into),
        candidate=_candidate(appeal) if OfficeDeed.MERGE in deeds else None,
        choices=_choices(appeal, officials.values()),
        about=[officials[id] for id in appeal.about if id in officials],
        named=officials_named(request.form) if opened == OfficeDeed.SET_ABOUT else list(appeal.about),
        everybody=_titles(officials.values()),
        vacant=vacant and appeal.is_open,
        held_by_barred=_held_by_barred(appeal),
        channels=channels(world()),
        urgencies=_urgencies(terms),
        interviews=interviews_of(appeal, officials, may_see_evidence),
        may_see_evidence=may_see_evidence,
        decisions_about=decisions_about,
        unrectified=[one for one in appeal.interviews if awaits_rectification(one)],
        tomorrow=local_day(reading.now) + ONE_DAY,
        reasons=[(one.value, INTERVIEW_REASONS[one]) for one in interview_reasons(appeal, reading.now)],
        words={
            "reasons": INTERVIEW_REASONS,
            "decisions": DECISIONS,
            "resolutions": [(one.value, RESOLUTIONS[one]) for one in Resolution],
            "satisfactions": [(one.value, SATISFACTIONS[one]) for one in Satisfaction],
        },
    )


def deeds_for(appeal: Appeal, terms: Terms, vacant: bool = False) -> tuple[OfficeDeed, ...]:
    """The tools that this officer gets; `vacant` says that the post that has it is published no longer."""
    possible = office_deeds(appeal, terms, world().clock.now(), vacant=vacant)
    if OfficeRole.SUPERVISOR in officer().roles:
        return possible
    return tuple(deed for deed in possible if OfficeRole.OPERATOR in officer().roles and deed in CALLERS_DEEDS)


def _most_workdays(appeal: Appeal, terms: Terms) -> int:
    """How many may be granted: never more than were asked for, nor than the setting says today."""
    return min(appeal.extension.workdays if appeal.extension else 0, terms.deadlines.max_extension_workdays)


def _candidate(appeal: Appeal) -> tuple[Appeal | None, str]:
    """What the search for an appeal to merge into found, and the code that was searched for."""
    code = request.values.get("parent", "").strip()
    if not code:
        return None, ""
    try:
        found = worklists.by_code(world(), officer(), code)
    except NotFound:
        return None, code
    return (None, code) if found.id == appeal.id else (found, code)


def _held_by_barred(appeal: Appeal) -> bool:
    """Whether whoever it is about has come to the post that has it: nobody there hears of it any more."""
    may_be = appeal.is_open and bool(appeal.kept_from)
    return may_be and load_hearers(world(), appeal.assignee_id, appeal).conflict


def _urgencies(terms: Terms) -> list[tuple[str, str]]:
    """The choice of urgency, with what the urgent one brings on this roster."""
    contact, answer = terms.deadlines.contact_urgent, terms.deadlines.answer_urgent
    return [
        ("false", URGENCY[False]),
        ("true", f"{URGENCY[True]}：{span_words(contact)}联系，{span_words(answer)}答复"),
    ]


def _urged(appeal: Appeal, officials: Mapping[str, Official]) -> list[str]:
    """Who hears when the office urges, as people are named."""
    hearers = load_hearers(world(), appeal.assignee_id, appeal)
    assigned, superior = officials.get(appeal.assignee_id), officials.get(hearers.superior_id)
    staff = [f"代办的工作人员 {len(hearers.staff)} 人"] if hearers.staff else []
    above = [f"上级{superior.name}"] if superior and superior.id not in appeal.barred_posts else []
    return [f"承办人{assigned.name if assigned else ''}", *staff, *above]


def _titles(officials: Iterable[Official]) -> list[tuple[str, str]]:
    """For a choice, in the roster's order."""
    return [(one.id, f"{one.name} · {one.unit}{one.post}") for one in sorted(officials, key=lambda o: o.position)]


def _choices(appeal: Appeal, officials: Iterable[Official]) -> list[tuple[str, str]]:
    """To whom it may go: those in office, nobody it is kept from."""
    away = posts_kept_away(world(), appeal)
    return _titles(one for one in officials if one.is_published and one.id not in away)
