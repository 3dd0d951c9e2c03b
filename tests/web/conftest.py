"""A fresh city for every test."""

from __future__ import annotations

import pytest

from tests.web.city import Caller, City


@pytest.fixture
def city() -> City:
    return City()


@pytest.fixture
def resident(city: City) -> Caller:
    return city.login("resident")


@pytest.fixture
def official(city: City) -> Caller:
    return city.login("zhou")
