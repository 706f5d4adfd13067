import socket
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from providers.models import RegisterEdition
from spink.accounts.actions import create_user
from spink.accounts.models import User
from spink.foundation.actor import Actor
from spink.sample import loading
from spink.sample.loading import NotASample, Wanted
from spink.sample.starting import NotTheDemosDatabase, check_may_be_emptied
from tests.support.samples import Quiet


@pytest.mark.django_db
def test_sample_keeps_away_from_a_database_with_other_users() -> None:
    create_user("somebody", by=Actor.system("test"))
    with pytest.raises(NotASample):
        loading.load(Wanted(history=0), Quiet())
    assert User.objects.count() == 1
    assert RegisterEdition.objects.count() == 0


@pytest.mark.django_db
def test_demo_says_in_one_line_that_the_database_is_not_its_own() -> None:
    create_user("somebody", by=Actor.system("test"))
    with pytest.raises(CommandError, match="empty database only") as failed:
        call_command("demo", "--once", stdout=StringIO())
    assert failed.value.returncode == 2


def test_only_an_embedded_database_is_emptied() -> None:
    check_may_be_emptied("spink.foundation.embedded")
    with pytest.raises(NotTheDemosDatabase):
        check_may_be_emptied("django.db.backends.postgresql")


@pytest.mark.django_db
def test_demo_tells_of_a_taken_port_before_it_loads_anything() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=rf"Port {port} cannot be used") as failed:
            call_command("demo", "--port", str(port), stdout=StringIO())
    assert failed.value.returncode == 2
    assert User.objects.count() == 0
