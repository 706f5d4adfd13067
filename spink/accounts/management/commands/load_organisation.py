from typing import Any

from django.core.management.base import BaseCommand

from spink.accounts.actions import load_organisation


class Command(BaseCommand):
    help = "Brings municipalities, departments and placement functions up to the data files."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name, count in load_organisation().items():
            self.stdout.write(f"{name}: {count}")
