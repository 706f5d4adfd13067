import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from providers.actions import IMPORTED, BadRegisterFile, import_register, try_import
from spink.accounts.queries import actor_of_username
from spink.foundation import strict_json
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput

BAD_INPUT = 2


class Command(BaseCommand):
    help = (
        "Takes a register file (JSON): all of it, or nothing where any entry is bad. Units that "
        "it does not name stay as they are, and no stop is lifted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", metavar="USERNAME", help="In whose name; else the system's.")
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="Check all that an import checks; write nothing.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            document, by = _document(file), _actor(options["by"])
            if options["dry_run"]:
                units = try_import(document=document, by=by).counts["units"]
                self.stdout.write(f"{file}: {units} units, nothing wrong, nothing written")
                return
            imported = import_register(document=document, by=by, note=IMPORTED)
        except BadInput as bad:
            raise CommandError(str(bad), returncode=BAD_INPUT) from None
        except BadRegisterFile as bad:
            for fault in bad.faults:
                self.stderr.write(str(fault.at(str(file))), self.style.ERROR)
            sys.exit(BAD_INPUT)
        counted = ", ".join(f"{count} {name}" for name, count in imported.counts.items())
        self.stdout.write(f"{file}: register number {imported.number}: {counted}")


def _document(file: Path) -> object:
    try:
        raw = file.read_bytes()
    except OSError:
        raise BadInput("cannot be read", place=str(file)) from None
    return strict_json.parse(raw, place=str(file))


def _actor(username: str | None) -> Actor:
    if username is None:
        return Actor.system("import_register")
    actor = actor_of_username(username)
    if actor is None:
        raise BadInput("no active user has that name", field=username, place="--by")
    return actor
