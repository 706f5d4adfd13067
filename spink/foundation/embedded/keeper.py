"""The process that starts an embedded server, waits until nobody uses it, and stops it.

It is a process of its own because users end in ways that run no code of theirs (kill -9). Run as
`python -S -m spink.foundation.embedded.keeper FOLDER BINARIES durable|forgetful`; it answers one
line on its standard output, `ready` or what went wrong, and goes on in the background.
"""

import fcntl
import os
import signal
import sys
import time
from pathlib import Path
from subprocess import Popen

from spink.foundation.embedded.cluster import Cluster, EmbeddedServerError, open_own, try_lock

READY = "ready"
SECONDS_BETWEEN_LOOKS = 0.1
SECONDS_IDLE = 1.0  # one command often follows another


def main() -> None:
    folder, binaries, kind = sys.argv[1:]
    cluster = Cluster(Path(folder), Path(binaries), durable=kind == "durable")
    _detach()
    if not try_lock(keeper_lock := open_own(cluster.lock("keeper"))):
        _answer("another keeper is at work")
        return
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        _keep(cluster)
    finally:
        cluster.stop()
        os.close(keeper_lock)  # before the users' lock, which the kernel drops at the very end


def _detach() -> None:
    if os.fork():
        os._exit(0)
    os.setsid()
    os.chdir("/")
    os.umask(0o077)


def _answer(line: str) -> None:
    """Say how it went, and let go of the pipe, whose other end waits for its closing."""
    os.write(1, line.encode())
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _keep(cluster: Cluster) -> None:
    try:
        cluster.create()
        server = None if cluster.running() else cluster.start()
    except (EmbeddedServerError, OSError) as problem:
        _answer(str(problem))
    else:
        _answer(READY)
        _wait_until_idle(cluster, server)


def _wait_until_idle(cluster: Cluster, server: Popen[bytes] | None) -> None:
    """Return when the server is gone, or, with the users' lock in hand, when nobody uses it."""
    users = open_own(cluster.lock("users"))
    idle_since: float | None = None
    while _is_alive(cluster, server):
        if not try_lock(users):
            idle_since = None
        elif idle_since and time.monotonic() - idle_since > SECONDS_IDLE:
            return
        else:
            idle_since = idle_since or time.monotonic()
            fcntl.flock(users, fcntl.LOCK_UN)
        time.sleep(SECONDS_BETWEEN_LOOKS)


def _is_alive(cluster: Cluster, server: Popen[bytes] | None) -> bool:
    return server.poll() is None if server else cluster.running() is not None


if __name__ == "__main__":
    main()
