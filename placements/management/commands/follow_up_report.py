import json
from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placements.queries import follow_up
from providers.domain.control.follow_up import Measured, Period
from spink.foundation.bad_input import BadInput

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Prints what the control of providers has come to in a period, both days included."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=_day, required=True, metavar="DATE")
        parser.add_argument("--to", dest="last", type=_day, required=True, metavar="DATE")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = Period(options["first"], options["last"])
        except BadInput as bad:
            raise CommandError(f"--{bad.field}: {bad.reason}", returncode=BAD_INPUT) from None
        figures = follow_up.report(period)
        write = _as_json if options["format"] == "json" else _as_text
        self.stdout.write(write(figures))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no day as 2026-03-05") from None


def _as_json(figures: list[Measured]) -> str:
    return json.dumps({one.name: one.count for one in figures}, indent=1)


def _as_text(figures: list[Measured]) -> str:
    width = max(len(one.name) for one in figures)
    return "\n".join(f"{one.name:<{width}}  {one.count:>6}" for one in figures)
