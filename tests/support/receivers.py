"""A receiver of webhooks over real HTTP: keeps what it is sent, and answers as it is told."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    body: str

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    port: int = 0
    received: list[Received] = field(default_factory=list)
    answers: list[int | Callable[[], int]] = field(default_factory=list)
    """Of the next messages, one each; the usual one when they are used up."""
    usual: int | Callable[[], int] = 204
    headers: dict[str, str] = field(default_factory=dict)
    at_once: int = 0
    most_at_once: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def types(self) -> list[str]:
        return [one.json["type"].partition(".")[2] for one in self.received]

    def begin_anew(self) -> None:
        self.received.clear()
        self.answers.clear()
        self.headers.clear()
        self.most_at_once = 0

    def take(self, message: Received) -> int:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            self.received.append(message)
            answer = self.answers.pop(0) if self.answers else self.usual
            return answer() if callable(answer) else answer
        finally:
            self.at_once -= 1


def slowly(seconds: float, status: int = 204) -> Callable[[], int]:
    def answer() -> int:
        time.sleep(seconds)
        return status

    return answer


def _handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            status = receiver.take(Received(self.path, headers, body))
            with suppress(OSError):  # whoever sent it has gone
                self.send_response(status)
                for name, value in receiver.headers.items():
                    self.send_header(name, value)
                self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()
    running = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(receiver))
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    receiver.port = running.server_port
    try:
        yield receiver
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
