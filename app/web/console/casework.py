"""What the pages of casework share: officials by id from few reads, presenters over them, forms read by the schemas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from flask import request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from app.domain.appeal import Appeal
from app.domain.errors import InvalidInput, Reason, Refusal
from app.domain.roster import Official
from app.domain.workday import close_of
from app.services.answered import hashed_key
from app.services.appeals.photos import picture_url
from app.web.console.access import officer
from app.web.errors import in_chinese, sentence
from app.web.http import world
from app.web.presenters.appeals import AppealPresenter
from app.web.schemas.office import RejectRequest, TakenCallRequest

Officials = Mapping[str, Official]
Body = TypeVar("Body", bound=BaseModel)
NO_CHANNEL = "请选择一个渠道，或填写其他渠道"
LEFT_OUT: Mapping[tuple[type[BaseModel], str], str] = {
    (RejectRequest, "proper_channel"): NO_CHANNEL,
    (TakenCallRequest, "call_outcome"): "只登记通话时请选择结果",
}
"""Fields whose absence is told in words of their own."""


def officials_of(slugs: Iterable[str]) -> dict[str, Official]:
    """All officials of these rosters, published or not, by id: one query for each roster."""
    stores = world().stores
    return {official.id: official for slug in sorted(set(slugs)) for official in stores.officials.of_roster(slug)}


def officials_for(appeals: Iterable[Appeal]) -> dict[str, Official]:
    return officials_of(appeal.roster for appeal in appeals)


def presenter_over(officials: Officials) -> AppealPresenter:
    """Pictures get addresses on this very host, which is all that the page's policy lets it load."""
    return AppealPresenter(world().calendar(), officials.get, photo_address)


def photo_address(upload_id: str) -> str:
    return picture_url(world(), upload_id).removeprefix(world().public_url)


def form_key() -> str:
    """The form's idempotency key, bound to the officer."""
    return hashed_key(world(), officer().id, request.form.get("key", ""))


def read_form(schema: type[Body], given: Mapping[str, Any]) -> Body:
    """The body that a form's fields make; empty ones count as not given, days become their close of business.

    Raises InvalidInput with `fields`: name to sentence.
    """
    named = {name: value for name, value in given.items() if name in schema.model_fields and value != ""}
    if (day := _day(named.get("rectify_by"))) is not None:
        named["rectify_by"] = close_of(day)
    try:
        return schema.model_validate(named)
    except ValidationError as error:
        fields = {str(one["loc"][0]): _wrong(schema, one) for one in error.errors() if one["loc"]}
        raise InvalidInput(Reason.BAD_REQUEST, fields=fields) from None


def _wrong(schema: type[BaseModel], error: ErrorDetails) -> str:
    """What is wrong with a field; of one that was left out, what to do about it."""
    name = str(error["loc"][0])
    if error["type"] != "missing":
        return in_chinese(error["msg"])
    if own := LEFT_OUT.get((schema, name)):
        return own
    return "请选择" if _is_chosen(name, schema.model_fields[name].annotation) else in_chinese(error["msg"])


def _is_chosen(name: str, annotation: object) -> bool:
    """Whether the field is a choice among given ones."""
    kind = annotation if isinstance(annotation, type) else str
    return name.endswith("_id") or issubclass(kind, (bool, StrEnum))


def problems_of(refusal: Refusal) -> tuple[str, dict[str, str]]:
    """The sentence for the head of the form, and the sentences beside its fields."""
    detail = dict(refusal.detail)
    fields = detail.get("fields")
    if isinstance(fields, dict):
        return sentence(refusal.reason, detail), {str(name): str(words) for name, words in fields.items()}
    said = sentence(refusal.reason, detail)
    return said, {str(detail["field"]): said} if "field" in detail else {}


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) and len(text) == 10 else None
    except ValueError:
        return None
