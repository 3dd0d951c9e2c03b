"""Builds the presenters of one request: officials are looked up once, pictures get their addresses."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import Any

from app.domain.account import Account
from app.domain.appeal import Appeal
from app.domain.officer import Officer
from app.services.appeals.photos import picture_url
from app.services.appeals.reading import Page, Reading, reading_after
from app.services.appeals.similar import Similar
from app.services.office.casework import reading_of
from app.web.cursors import write_cursor
from app.web.http import world
from app.web.presenters.accounts import present_me
from app.web.presenters.appeals import AppealPresenter, present_published
from app.web.presenters.office import present_for_office


def appeal_presenter() -> AppealPresenter:
    stores = world().stores

    return AppealPresenter(world().calendar(), lru_cache(stores.officials.get), partial(picture_url, world()))


def show_appeal(account: Account, appeal: Appeal) -> dict[str, Any]:
    """The appeal's page for the one who just acted on it."""
    return show_reading(reading_after(world(), account, appeal))


def show_reading(reading: Reading) -> dict[str, Any]:
    return appeal_presenter().detail(reading)


def show_page(page: Page) -> dict[str, Any]:
    presenter = appeal_presenter()
    return {"items": [presenter.summary(reading) for reading in page.items], "next": write_cursor(page.next)}


def show_similar(found: Similar) -> dict[str, Any]:
    presenter, find = appeal_presenter(), lru_cache(world().stores.officials.get)
    return {
        "items": [presenter.summary(reading) for reading in found.own],
        "next": None,
        "published": [present_published(appeal, find(appeal.assignee_id)) for appeal in found.published],
    }


def show_me(account: Account) -> dict[str, Any]:
    return present_me(account, world().stores.officials.get)


def show_to_office(_: Officer, appeal: Appeal) -> dict[str, Any]:
    """The appeal with everything on it."""
    return present_for_office(appeal_presenter(), reading_of(world(), appeal))
