"""What an account that is erased takes along from the appeals that stay as records of what the city did.

Pictures, contacts and places go altogether. In the words that stay the person's name and numbers are hidden: in the
person's own words every long number, in those of others the numbers that are known to be the person's. Evidence of an
interview stays as it was frozen: its hash would no longer match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.domain.account import Account
from app.domain.appeal import Appeal, Extension, Publication
from app.domain.forgetting import without_contacts, without_pictures
from app.domain.notification import Role
from app.domain.redaction import HIDDEN, NUMBER, without_numbers
from app.domain.timeline import Entry

SOMEBODY = "某某"
SHORTEST_NAME = 2
"""Characters of a name that is looked for: a single one would be found in half of all words."""
_NUMBER = re.compile(NUMBER)


@dataclass(frozen=True)
class Traces:
    """By what a person is recognised: names, and numbers as bare digits without the country's code."""

    names: tuple[str, ...]
    numbers: frozenset[str]

    def hidden_in(self, text: str) -> str:
        """The words of somebody else without them."""
        for name in self.names:
            text = text.replace(name, SOMEBODY)
        return _NUMBER.sub(lambda found: HIDDEN if _digits(found[0]) in self.numbers else found[0], text)

    def hidden_in_own(self, text: str) -> str:
        """The person's own words without them and without any long number."""
        return without_numbers(self.hidden_in(text))


def traces_of(account: Account, appeals: Iterable[Appeal]) -> Traces:
    """What the person has told us anywhere: in the profile, with appeals, in the own words."""
    appeals = tuple(appeals)
    enterprises = (one.name for one in (account.organisation, *(a.organisation for a in appeals)) if one)
    names = {name.strip() for name in (account.name, *enterprises)}
    written = (number for appeal in appeals for text in _own_words(appeal) for number in _NUMBER.findall(text))
    numbers = {_digits(number) for number in (account.phone, *(appeal.phone for appeal in appeals), *written)}
    longest_first = sorted((name for name in names if len(name) >= SHORTEST_NAME), key=len, reverse=True)
    return Traces(tuple(longest_first), frozenset(numbers - {""}))


def without_person(appeal: Appeal, traces: Traces) -> Appeal:
    """The appeal as it stays; the same object when nothing in it tells of the person."""
    hide, hide_own = traces.hidden_in, traces.hidden_in_own
    bare = without_contacts(without_pictures(appeal))
    bare = replace(
        bare,
        title=hide_own(bare.title),
        body=hide_own(bare.body),
        timeline=tuple(replace(entry, text=_hider(entry, traces)) for entry in bare.timeline),
        answers=tuple(replace(answer, text=hide(answer.text)) for answer in bare.answers),
        ratings=tuple(replace(rating, comment=hide_own(rating.comment)) for rating in bare.ratings),
        notifications=tuple(replace(message, text=hide(message.text)) for message in bare.notifications),
        interviews=tuple(replace(interview, text=hide(interview.text)) for interview in bare.interviews),
        extension=_extension(bare.extension, traces),
        publication=_publication(bare.publication, traces),
    )
    return appeal if bare == appeal else bare


def _own_words(appeal: Appeal) -> tuple[str, ...]:
    told = (entry.text for entry in appeal.timeline if entry.actor.role is Role.RESIDENT)
    return (appeal.title, appeal.body, *told, *(rating.comment for rating in appeal.ratings))


def _hider(entry: Entry, traces: Traces) -> str:
    hide = traces.hidden_in_own if entry.actor.role is Role.RESIDENT else traces.hidden_in
    return hide(entry.text)


def _extension(extension: Extension | None, traces: Traces) -> Extension | None:
    if extension is None:
        return None
    return replace(extension, reason=traces.hidden_in(extension.reason), refusal=traces.hidden_in(extension.refusal))


def _publication(publication: Publication | None, traces: Traces) -> Publication | None:
    if publication is None:
        return None
    title, body, answer = map(traces.hidden_in, (publication.title, publication.body, publication.answer))
    return replace(publication, title=title, body=body, answer=answer)


def _digits(number: str) -> str:
    """The last eleven: +86 138 0013 8000 and 13800138000 are the same."""
    return "".join(character for character in number if character.isdigit())[-11:]
