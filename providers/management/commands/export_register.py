import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from providers.queries import current_number, exported, number_as_of
from spink.foundation import clock

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Writes the provider register as JSON, as of now or of an earlier time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--as-of", help="A time (RFC 3339); the end of the day for a date.")
        parser.add_argument("--out", type=Path, help="A file; else standard output.")

    def handle(self, *args: Any, **options: Any) -> None:
        number, day = current_number(), clock.today()
        if options["as_of"]:
            at = _moment(options["as_of"])
            number, day = number_as_of(at), at.astimezone(clock.STOCKHOLM).date()
        text = json.dumps(exported(number, day), ensure_ascii=False, indent=1)
        if options["out"]:
            options["out"].write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)


def _moment(text: str) -> datetime:
    """A time without offset is Swedish time; a date alone is the end of the day."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--as-of: {text} is no time", returncode=BAD_INPUT) from None
    if len(text) == len("2026-03-03"):
        at = at.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return at if at.tzinfo else at.replace(tzinfo=clock.STOCKHOLM)
