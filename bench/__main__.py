"""`python -m bench`: every figure as a line of JSON. Plans of SQL and milliseconds go to stderr.

`python -m bench api_detail queue_page` measures what these figures belong to, and nothing else.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import match_batch_over_loop, match_over_loop
from bench.parts import OVER_HTTP, Parts

CHECKOUT = Path(__file__).resolve().parents[1]
SECONDS_TO_STOP = 30


def main() -> int:
    """1 where a goal is not met."""
    parts = Parts(sys.argv[1:])
    failed = []
    for name, measure in WITHOUT_DATABASE.items():
        if parts.have(name):
            failed.append(measure())
    if parts.have(*OVER_HTTP):
        failed.append(_over_http())
    return max(failed)


WITHOUT_DATABASE = {
    "match_over_loop": match_over_loop.main,
    "match_batch_over_loop": match_batch_over_loop.main,
}


def _over_http() -> int:
    """In a process of its own: the embedded server runs as long as somebody may use it."""
    with _folder() as folder:
        environment = {**os.environ, "BENCH_DIR": str(folder)}
        environment["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        command = [sys.executable, "-m", "bench.over_http", *sys.argv[1:]]
        return subprocess.run(command, env=environment, cwd=CHECKOUT, check=False).returncode


@contextmanager
def _folder() -> Iterator[Path]:
    """A new one, gone again when the server has stopped."""
    folder = CHECKOUT / "var" / f"bench-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        deadline = time.monotonic() + SECONDS_TO_STOP
        while (folder / "postgres/data/postmaster.pid").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
