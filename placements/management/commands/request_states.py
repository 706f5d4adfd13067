from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from placements.domain.diagram import markdown


class Command(BaseCommand):
    help = "Draws the states of a request from the lifecycle table into the documentation."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="Fail if the page is not up to date."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        page = Path(settings.BASE_DIR) / "docs" / "request-states.md"
        if not options["check"]:
            page.write_text(markdown(), encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != markdown():
            raise CommandError(f"{page.name} is not up to date: run manage.py request_states")
