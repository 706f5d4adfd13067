"""Two administrators who shut each other out at the same moment: one of them stays."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from spink.accounts.actions import deactivate_user, end_role
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from tests.factories.accounts import holding

pytestmark = pytest.mark.django_db(transaction=True)


def shut_out(user: User, by: User) -> None:
    deactivate_user(user, by=by.actor)


def end(user: User, by: User) -> None:
    end_role(user.role_assignments.get(), by=by.actor)


@pytest.mark.parametrize("step", [shut_out, end])
def test_administrators_who_shut_out_each_other_leave_one(
    step: Callable[[User, User], None],
) -> None:
    first, second = (holding(Role.ADMINISTRATOR) for _ in range(2))
    refused: list[str] = []

    def answer() -> None:
        try:
            step(first, second)
        except ValidationError as error:
            refused.extend(error.messages)
        finally:
            connection.close()

    waiting = threading.Thread(target=answer)
    with transaction.atomic():
        step(second, first)
        waiting.start()
        waiting.join(timeout=0.5)
        assert waiting.is_alive()
    waiting.join()
    assert refused == ["Ingen annan är administratör. Gör någon till det först."]
    first.refresh_from_db()
    assert first.is_active
    assert first.role_assignments.get().valid_to is None
