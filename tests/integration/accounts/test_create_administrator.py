"""The first administrator, made on the command line."""

import io

import pytest
from django.core.management import CommandError, call_command

from spink.accounts import queries
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation.models import AuditEntry
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def create(username: str, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    call_command("create_administrator", username, stdout=io.StringIO())


def test_administrator_has_the_role_and_the_password_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    create("rut", "en lång hemlig mening\n", monkeypatch)
    user = User.objects.get(username="rut")
    assert user.check_password("en lång hemlig mening")
    assert queries.reach_of_user(user).roles == {Role.ADMINISTRATOR}
    assert [entry.action for entry in AuditEntry.objects.order_by("id")] == [
        "user_created",
        "role_assigned",
    ]


@pytest.mark.parametrize(("username", "typed"), [("rut", "kort\n"), ("two words", "en mening\n")])
def test_bad_input_ends_with_two_and_creates_nobody(
    monkeypatch: pytest.MonkeyPatch, username: str, typed: str
) -> None:
    with pytest.raises(CommandError) as refused:
        create(username, typed, monkeypatch)
    assert refused.value.returncode == 2
    assert "\n" not in str(refused.value)
    assert not User.objects.exists()


def test_username_that_is_taken_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    UserFactory(username="rut")
    with pytest.raises(CommandError):
        create("rut", "en lång hemlig mening\n", monkeypatch)
    assert User.objects.count() == 1
