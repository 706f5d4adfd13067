"""Health checks of the containers, with the standard library alone.

`python -m spink.probe` asks this container's web server whether it can do its work, and
`python -m spink.probe FILE` whether the process whose number stands in the file is alive.
"""

import http.client
import os
import sys
from pathlib import Path

SECONDS = 4


def web_is_ready() -> bool:
    host = a_name_it_answers_to(os.environ.get("ALLOWED_HOSTS", "*"))
    port = int(os.environ.get("BIND", "0.0.0.0:8000").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    connection.request("GET", "/readyz", headers={"Host": host})
    return connection.getresponse().status == http.HTTPStatus.OK


def a_name_it_answers_to(allowed: str) -> str:
    """The first of the allowed hosts, which may be a domain (`.example.se`) or all (`*`)."""
    return allowed.split(",", maxsplit=1)[0].strip().replace("*", "localhost").lstrip(".")


def process_is_alive(pid_file: Path) -> bool:
    os.kill(int(pid_file.read_text()), 0)
    return True


def main() -> int:
    try:
        healthy = process_is_alive(Path(sys.argv[1])) if sys.argv[1:] else web_is_ready()
    except (OSError, ValueError, http.client.HTTPException) as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - the container's log of checks
        return 1
    return 0 if healthy else 1


if __name__ == "__main__":
    sys.exit(main())
