"""What is taken from an appeal when its time to be kept is over. The appeal itself is a record and stays."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import datetime

from app.domain.appeal import Appeal
from app.domain.workday import BEIJING


def pictures_of(appeal: Appeal) -> tuple[str, ...]:
    """Ids of all pictures in it: the resident's, those of answers and of other deeds; each once, sorted."""
    answers = (photo for answer in appeal.answers for photo in answer.photos)
    entries = (photo for entry in appeal.timeline for photo in entry.photos)
    return tuple(sorted({*appeal.photos, *answers, *entries}))


def has_contacts(appeal: Appeal) -> bool:
    return bool(appeal.phone or appeal.place or appeal.organisation)


def without_pictures(appeal: Appeal) -> Appeal:
    if not pictures_of(appeal):
        return appeal
    return replace(
        appeal,
        photos=(),
        answers=tuple(replace(answer, photos=()) for answer in appeal.answers),
        timeline=tuple(replace(entry, photos=()) for entry in appeal.timeline),
    )


def without_contacts(appeal: Appeal) -> Appeal:
    """Without phone, place and enterprise: nobody can be recognised by them any more."""
    return replace(appeal, phone="", phone_key="", place="", organisation=None) if has_contacts(appeal) else appeal


def months_before(moment: datetime, months: int) -> datetime:
    """The same time of day in China so many months earlier; the month's last day where it has no such day."""
    local = moment.astimezone(BEIJING)
    year, month = divmod(local.year * 12 + local.month - 1 - months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day).astimezone(moment.tzinfo)
