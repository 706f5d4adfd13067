from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from spink.foundation import outbox
from tests.support.events import SUBMITTED, fail, leave_an_effect, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_handlers")]


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("outbox", *arguments, stdout=out)
    return out.getvalue()


def test_command_with_nothing_stuck_says_so_and_ends_well() -> None:
    published()

    assert run() == "1 waiting, 0 stuck\n"


def test_command_with_a_stuck_event_lists_it_and_ends_with_1() -> None:
    outbox.handles(SUBMITTED)(fail)
    event = published("2025-00007")
    outbox.handle(event.id)
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("outbox", stdout=out)

    assert ended.value.code == 1
    first, line = out.getvalue().splitlines()
    assert first == "1 waiting, 1 stuck"
    assert line.startswith(f"{event.id}  request_submitted  2025-00007  written ")
    assert "1 attempts" in line
    assert "LookupError in events.py" in line
    assert "Åsa" not in line


def test_command_retries_one_event() -> None:
    outbox.handles(SUBMITTED)(leave_an_effect)
    event = published()

    assert run("--retry", str(event.id)) == "handled\n"
    assert run("--retry", str(event.id)).startswith("handled already at ")


def test_command_that_retries_in_vain_says_why() -> None:
    outbox.handles(SUBMITTED)(fail)
    event = published()

    with pytest.raises(CommandError, match=r"LookupError in events\.py"):
        run("--retry", str(event.id))


def test_command_for_an_event_that_is_not_there_ends_with_2() -> None:
    with pytest.raises(CommandError, match="there is no event") as caught:
        run("--retry", str(uuid4()))

    assert caught.value.returncode == 2
