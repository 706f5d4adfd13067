from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from spink.composition.openapi.document import written

PAGES = {"en": "openapi.json", "sv": "openapi.sv.json"}


class Command(BaseCommand):
    help = "Writes the description of the API into the documentation, in both languages."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Fail if the files are not up to date."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for language, name in PAGES.items():
            page = Path(settings.BASE_DIR) / "docs" / name
            if not options["check"]:
                page.write_text(written(language), encoding="utf-8")
            elif not page.exists() or page.read_text(encoding="utf-8") != written(language):
                raise CommandError(f"{page.name} is not up to date: run manage.py openapi")
