from typing import Any

from django.core.management.base import BaseCommand

from spink.catalogue.actions import load_catalogue


class Command(BaseCommand):
    help = "Brings services, needs, legal bases and coded reasons up to the data files."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name, count in load_catalogue().items():
            self.stdout.write(f"{name}: {count}")
