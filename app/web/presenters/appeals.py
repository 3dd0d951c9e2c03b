"""An appeal as the person asking may see it: the resident, those who handle it, a superior who was told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from app.domain.appeal import Appeal, Wish
from app.domain.escalation import caused_by, is_unsaid, last_urging, urge_again_at
from app.domain.labels import DEEDS, KINDS, STATES
from app.domain.notification import Role, Status
from app.domain.redaction import masked, with_masked_numbers
from app.domain.roster import Official
from app.domain.timeline import RESTARTS, Deed, Entry
from app.domain.workday import WorkdayCalendar
from app.services.appeals.reading import Reading
from app.web.presenters.deadlines import left_of, present_deadlines, present_promise, urgency_of
from app.web.presenters.rosters import refer

ACTION_NAMES = {Deed.CONTACT: "log_contact"}
"""Where the API's name of an action differs from the deed's."""

FindOfficial = Callable[[str], Official | None]
PhotoAddress = Callable[[str], str]


class AppealPresenter:
    """`find` looks up an official by id, `address` gives the URL of a picture."""

    def __init__(self, calendar: WorkdayCalendar, find: FindOfficial, address: PhotoAddress) -> None:
        self.calendar = calendar
        self._find = find
        self._address = address

    def summary(self, reading: Reading) -> dict[str, Any]:
        appeal, now = reading.appeal, reading.now
        shown, said = _shown(reading), _teller(reading)
        return {
            "id": appeal.id,
            "code": appeal.code,
            "state": appeal.state.value,
            "state_label": STATES[appeal.state],
            "kind": appeal.kind.value,
            "kind_label": KINDS[appeal.kind],
            "title": said(appeal.title),
            "body": said(appeal.body),
            "official": refer(self._find(appeal.assignee_id or appeal.addressed_to)),
            "submitted_at": appeal.submitted_at,
            "urgent": appeal.urgent,
            "due_at": appeal.due_at,
            "overdue": appeal.is_overdue(now),
            "urgency": urgency_of(appeal, now, self.calendar),
            "left": left_of(appeal, now, self.calendar),
            "last": DEEDS[shown[-1].deed],
            "supervised": appeal.listed_at is not None,
            "promise": present_promise(appeal, now, self.calendar),
            "course": _course(appeal),
            "actions": [ACTION_NAMES.get(deed, deed.value) for deed in reading.deeds],
        }

    def detail(self, reading: Reading) -> dict[str, Any]:
        appeal = reading.appeal
        shown, said = _shown(reading), _teller(reading)
        return self.summary(reading) | {
            "part": reading.part.value,
            "roster": appeal.roster,
            "photos": self._photos(appeal.photos),
            "place": said(appeal.place),
            "phone": appeal.phone if reading.in_person else masked(appeal.phone),
            "about_official": bool(appeal.about),
            "visibility": appeal.visibility.value,
            "organisation": _organisation(reading),
            "source": appeal.source,
            "call_id": appeal.call_id or None,
            "extension": _extension(reading),
            "deadlines": present_deadlines(appeal, reading.now, self.calendar),
            "timeline": [self._entry(entry, said) for entry in reversed(shown)],
            "answers": [
                {
                    "text": said(answer.text),
                    "outcome": answer.outcome.value,
                    "name": answer.by.name,
                    "on_behalf": answer.by.on_behalf,
                    "at": answer.at,
                    "photos": self._photos(answer.photos),
                }
                for answer in appeal.answers
            ],
            "ratings": [
                {
                    "resolution": rating.resolution.value,
                    "satisfaction": rating.satisfaction.value,
                    "comment": said(rating.comment),
                    "at": rating.at,
                }
                for rating in appeal.ratings
            ],
            "reminders": _sent(appeal, Deed.REMIND),
            "urgings": _sent(appeal, Deed.URGE),
            "urging": _urging(reading),
        }

    def refer_all(self, official_ids: Iterable[str]) -> list[dict[str, Any]]:
        """Those of them who are still on a roster."""
        return [found for id in official_ids if (found := refer(self._find(id))) is not None]

    def _entry(self, entry: Entry, said: Callable[[str], str]) -> dict[str, Any]:
        return {
            "number": entry.number,
            "at": entry.at,
            "deed": entry.deed.value,
            "label": DEEDS[entry.deed],
            "by": entry.actor.role.value,
            "name": entry.actor.name,
            "on_behalf": entry.actor.on_behalf,
            "text": said(entry.text),
            "outcome": entry.outcome,
            "official": refer(self._find(entry.official_id)) if entry.official_id else None,
            "photos": self._photos(entry.photos),
            "due_at": entry.due_at,
        }

    def _photos(self, ids: Iterable[str]) -> list[dict[str, str]]:
        return [{"id": id, "url": self._address(id)} for id in ids]


def _teller(reading: Reading) -> Callable[[str], str]:
    """How texts are told: as they are to the resident and to who handles it, with masked numbers to everybody else."""
    return str if reading.in_person or reading.part is Role.RESIDENT else with_masked_numbers


def _organisation(reading: Reading) -> dict[str, str] | None:
    """Which enterprise wrote it: for whoever handles it and for itself, not for a look-up without login."""
    organisation = reading.appeal.organisation
    if organisation is None or (reading.part is Role.RESIDENT and not reading.in_person):
        return None
    return {"name": organisation.name, "credit_code": organisation.credit_code}


def _extension(reading: Reading) -> dict[str, Any] | None:
    """The request for more time and what became of it; the resident hears of what was granted and of nothing else."""
    extension, said = reading.appeal.extension, _teller(reading)
    told = extension is not None and (extension.wish is Wish.GRANTED or reading.part is not Role.RESIDENT)
    if extension is None or not told or (extension.wish is Wish.ASKED and not reading.appeal.extension_waits):
        return None
    return {
        "wish": extension.wish.value,
        "workdays": extension.workdays,
        "reason": said(extension.reason),
        "refusal": said(extension.refusal),
        "asked_at": extension.asked_at,
        "decided_at": extension.granted_at or extension.refused_at,
    }


def present_published(appeal: Appeal, official: Official | None) -> dict[str, Any]:
    """What the public reads: the redaction and who answered, never the resident's own words."""
    assert appeal.publication is not None
    return {
        "id": appeal.public_id,
        "kind": appeal.kind.value,
        "kind_label": KINDS[appeal.kind],
        "title": appeal.publication.title,
        "body": appeal.publication.body,
        "answer": appeal.publication.answer,
        "official": refer(official),
        "published_at": appeal.publication.at,
    }


def _shown(reading: Reading) -> list[Entry]:
    """The resident does not see what is internal, and only the supervision office what is confidential and which
    reminders were never sent."""
    appeal = reading.appeal
    if reading.part is Role.SUPERVISOR:
        return list(appeal.timeline)
    entries = [entry for entry in appeal.timeline if not entry.confidential and not is_unsaid(appeal, entry)]
    if reading.part is Role.RESIDENT:
        return [entry for entry in entries if not entry.internal]
    return entries


def _sent(appeal: Appeal, deed: Deed) -> int:
    """How often the system has really written to those who handle it, with what the resident urged."""
    return sum(
        entry.actor.role is Role.RESIDENT or any(one.status in SENT for one in caused_by(appeal, entry))
        for entry in appeal.timeline
        if entry.deed is deed and not entry.internal
    )


def _course(appeal: Appeal) -> dict[str, Any]:
    """How the running assignment came about and what the resident has done since."""
    course: dict[str, Any] = {"reopened": False, "transferred": False, "supplemented": False, "urged": 0}
    for entry in reversed(appeal.timeline):
        course["supplemented"] |= entry.deed is Deed.SUPPLEMENT
        course["urged"] += entry.deed is Deed.URGE and entry.actor.role is Role.RESIDENT
        if entry.deed in RESTARTS:
            return course | {"reopened": entry.deed is Deed.REOPEN, "transferred": entry.deed is Deed.TRANSFER}
    return course


def _urging(reading: Reading) -> dict[str, Any] | None:
    """What became of the resident's newest urging, for the resident; None before the first."""
    entry = last_urging(reading.appeal)
    if entry is None or reading.part is not Role.RESIDENT:
        return None
    caused = caused_by(reading.appeal, entry)
    return {
        "at": entry.at,
        "again_at": urge_again_at(reading.appeal),
        "messages": len(caused),
        "heard_from": min((one.not_before for one in caused if one.is_waiting), default=None),
    }


SENT = frozenset({Status.SENT, Status.UNCONFIRMED})
"""Handed to WeChat, even where it is not certain that it arrived."""
