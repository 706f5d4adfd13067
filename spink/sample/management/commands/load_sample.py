from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from spink.sample import loading
from spink.sample.telling import Bars


class Command(BaseCommand):
    help = "Loads invented people, a register and requests into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=loading.SEED)
        parser.add_argument("--date", type=date.fromisoformat, help="the sample's day, else today")
        parser.add_argument("--no-history", action="store_true", help="no requests of past years")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = loading.Wanted(
            seed=options["seed"],
            day=options["date"],
            history=0.0 if options["no_history"] else 1.0,
        )
        try:
            loading.load(wanted, Bars(Console(stderr=True)))
        except (loading.NotASample, ValueError) as error:
            raise CommandError(str(error), returncode=2) from None
        for part, details in loading.loaded_parts().items():
            self.stdout.write(f"{part}: {details}")
