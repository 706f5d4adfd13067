from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from spink import serving


class Command(BaseCommand):
    help = "Serves the application on this machine, with its jobs where REDIS_URL is not set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="127.0.0.1 unless said.")
        parser.add_argument("--port", default=8000, type=int, help="8000 unless said; 0 for any.")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        try:
            listener = serving.listen(host, port)
        except OSError as problem:
            raise CommandError(f"{host}:{port}: {problem.strerror}", returncode=2) from None
        self.stdout.write(f"http://{host}:{listener.getsockname()[1]}/")
        self.stdout.flush()
        serving.serve_on(listener)
