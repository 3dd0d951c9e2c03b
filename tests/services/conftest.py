"""The city of tests/services/factories.py, fresh for every test."""

from __future__ import annotations

import pytest

from app.services.world import World
from tests.services.factories import a_world


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
def office() -> World:
    """The city without the aide: one message for each occasion."""
    return a_world(without=("aide",))
