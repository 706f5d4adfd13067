import json
import socket
from argparse import ArgumentParser
from typing import Any, Final, TextIO, cast

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from rich.console import Console

from spink import serving
from spink.catalogue.actions import load_catalogue
from spink.sample import api_client, loading, people, story, telling
from spink.sample.starting import NotTheDemosDatabase, empty_database

HOST: Final = "127.0.0.1"
PASSWORD: Final = "Tretton-tallar-vid-vattnet"  # noqa: S105 - of invented people, in a trial
USAGE: Final = 2
STOPPED: Final = 130
"""What a shell gives for a program that was stopped with Ctrl-C."""


class Command(BaseCommand):
    help = "Sets up a trial, plays one request through the whole main job, and serves."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--once", action="store_true", help="end instead of serving")
        parser.add_argument("--json", action="store_true", help="print the story as JSON, and end")
        parser.add_argument(
            "--fresh", action="store_true", help="start over with an empty database"
        )
        parser.add_argument("--no-history", action="store_true", help="no requests of past years")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._run(options)
        except KeyboardInterrupt:
            text = "Stopped. The next run goes on where this one was."
            raise CommandError(text, returncode=STOPPED) from None

    def _run(self, options: dict[str, Any]) -> None:
        serves = not (options["once"] or options["json"])
        listener = self._listen(options["port"]) if serves else None
        self._prepare(fresh=options["fresh"], history=0.0 if options["no_history"] else 1.0)
        told = story.play()
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        console = self._console()
        telling.tell(told, console)
        if listener is not None:
            address = serving.address_of(listener)
            telling.tell_logins(people.logins(), address, PASSWORD, console)
            connections.close_all()
            serving.serve_on(listener)

    @staticmethod
    def _listen(port: int) -> socket.socket:
        """First of all: an address that is taken is told before anything is loaded."""
        try:
            return serving.listen(HOST, port)
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Choose another with --port.",
                returncode=USAGE,
            ) from None

    @staticmethod
    def _prepare(*, fresh: bool, history: float) -> None:
        try:
            if fresh:
                empty_database()
            call_command("migrate", interactive=False, verbosity=0)
            loading.load(loading.Wanted(history=history), telling.Bars(Console(stderr=True)))
            load_catalogue()  # what has come into it since the sample was loaded
        except (loading.NotASample, NotTheDemosDatabase) as error:
            raise CommandError(str(error), returncode=USAGE) from None
        loading.once("passwords", lambda: people.set_passwords(PASSWORD))
        loading.once("api_client", lambda: api_client.settle(PASSWORD))

    def _console(self) -> Console:
        self.stdout.ending = ""
        console = Console(file=cast(TextIO, self.stdout))
        return (
            console
            if console.is_terminal
            else Console(file=cast(TextIO, self.stdout), width=telling.WIDTH)
        )
