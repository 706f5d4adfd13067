"""The web server of a trial: one process with threads, and the jobs in it without Redis."""

import os
import socket
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from gunicorn.app.base import BaseApplication

from spink.jobs_in_process import JobsInProcess

THREADS = 8


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; OSError where the address is taken. Port 0 takes any free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    listener.set_inheritable(True)
    return listener


def serve(host: str, port: int) -> None:
    """Serve until told to stop; does not return. OSError where the address is taken."""
    serve_on(listen(host, port))


def serve_on(listener: socket.socket) -> None:
    """Links in mails and messages lead to where this serves, unless BASE_URL says otherwise."""
    if "BASE_URL" not in os.environ and not _is_everywhere(listener):
        settings.SPINK_BASE_URL = address_of(listener)
    Server(listener).run()


def _is_everywhere(listener: socket.socket) -> bool:
    return ip_address(listener.getsockname()[0]).is_unspecified


def address_of(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(BaseApplication):  # type: ignore[misc]
    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._jobs: JobsInProcess | None = None
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings().items():
            self.cfg.set(name, value)

    def _settings(self) -> dict[str, Any]:
        return {
            "bind": f"fd://{self._listener.fileno()}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": THREADS,
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_worker_init": self._start_jobs,
            "worker_exit": self._stop_jobs,
        }

    def load(self) -> Any:
        from spink.wsgi import application  # reads the settings, in the worker's process

        return application

    def _start_jobs(self, _worker: object) -> None:
        if not settings.REDIS_URL:
            self._jobs = JobsInProcess()
            self._jobs.start()

    def _stop_jobs(self, _server: object, _worker: object) -> None:
        if self._jobs:
            self._jobs.stop()
