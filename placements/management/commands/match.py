import io
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from placements.management.matching import Options, lines
from spink.foundation.bad_input import BadInput

BAD_INPUT = 2


class Command(BaseCommand):
    help = "Matches needs against the provider register and prints each outcome as a line of JSON."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--register", help="A register's file; else the database.")
        parser.add_argument("--as-of", help="The database as it was then.")
        parser.add_argument("--need", help="A need's file.")
        parser.add_argument("--needs", help="A file of needs, one a line.")
        parser.add_argument("--request", help="The reference of a request, for its need.")
        parser.add_argument("--excluded", default="all", help="none, near or all (unless said).")

    def handle(self, *args: Any, **options: Any) -> None:
        chosen = {name: options[name] for name in Options.__slots__}
        try:
            outcomes = lines(Options(**chosen))
        except BadInput as bad:
            raise CommandError(str(bad), returncode=BAD_INPUT) from None
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        for outcome in outcomes:
            self.stdout.write(outcome.decode())
