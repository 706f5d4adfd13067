"""An officer's browser without JavaScript, and the addresses of a request's pages."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from placements.models import PlacementRequest
from spink.accounts.models import User
from tests.integration.placements.conftest import World


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(request: PlacementRequest, name: str, *more: object, query: str = "") -> str:
    return reverse(f"placements:{name}", args=[request.reference, *more]) + query


def text_of(response: Any) -> str:
    return response.content.decode()


def version_in(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found.group(1)


@pytest.fixture
def officer(world: World) -> Client:
    return logged_in(world.officer)


@pytest.fixture
def second_officer(world: World) -> Client:
    return logged_in(world.second_officer)
