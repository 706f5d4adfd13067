"""Sources over real HTTP: they speak Bolagsverket's protocol, hand out files and feeds, and err."""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

ORGANISATIONS = "/v1/organisationer"
CLIENT, SECRET = "spink", "hemlig nyckel"


def organisation(number: str, **parts: Any) -> dict[str, Any]:
    """A company that lives and about which there is nothing to say; `parts` replace its own."""
    return {
        "organisationsidentitet": {"identitetsbeteckning": number, "typ": {"kod": "ORGNR"}},
        "organisationsnamn": {
            "organisationsnamnLista": [
                {"namn": "Solbacken AB", "organisationsnamntyp": {"kod": "FORETAGSNAMN"}}
            ],
            "fel": None,
        },
        "organisationsform": {"kod": "AB", "klartext": "Aktiebolag", "fel": None},
        "verksamOrganisation": {"kod": "JA", "fel": None},
        "avregistreradOrganisation": None,
        "pagaendeAvvecklingsEllerOmstruktureringsforfarande": None,
    } | parts


@dataclass
class Said:
    """One answer of the server; `drip` sends the body by the byte, so many seconds apart."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    drip: float = 0


def as_json(document: Any, status: int = 200) -> Said:
    return Said(status, json.dumps(document).encode(), {"Content-Type": "application/json"})


@dataclass
class Server:
    """What it says stands in `says`: by the number that is asked about, or by the path."""

    url: str = ""
    says: dict[str, Said | Callable[[], Said]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """Each question's path, and the number in its body."""
    tokens: int = 0
    valid_from_token: int = 1
    """Tokens before this one are not taken."""

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "kind": "bolagsverket",
            "name": "Bolagsverket",
            "url": f"{self.url}/v1",
            "token_url": f"{self.url}/token",
            "client_id": CLIENT,
            "client_secret": SECRET,
            "rate": "",
            "private": True,
        }

    def posted(self, path: str, sent: str, authorization: str) -> Said:
        if path == ORGANISATIONS:
            return self.organisations(sent, authorization)
        self.asked.append(path)
        return self.said(path) or self.token(sent, authorization)

    def token(self, sent: str, authorization: str) -> Said:
        told = base64.b64decode(authorization.removeprefix("Basic ")).decode()
        if told != f"{CLIENT}:{SECRET}" or parse_qs(sent)["grant_type"] != ["client_credentials"]:
            return as_json({"error": "invalid_client"}, 401)
        self.tokens += 1
        given = {"access_token": str(self.tokens), "token_type": "Bearer", "expires_in": 3600}
        return as_json(given)

    def organisations(self, sent: str, authorization: str) -> Said:
        token = authorization.removeprefix("Bearer ")
        if not token.isdecimal() or int(token) < self.valid_from_token:
            return Said(401)
        number = json.loads(sent)["identitetsbeteckning"]
        self.asked.append(f"{ORGANISATIONS} {number}")
        return self.said(number) or as_json({"organisationer": [organisation(number)]})

    def said(self, key: str) -> Said | None:
        found = self.says.get(key)
        return found() if callable(found) else found


def handler_of(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.asked.append(self.path)
            self._say(server.said(self.path) or Said(404))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            authorization = self.headers.get("Authorization", "")
            self._say(server.posted(self.path, sent, authorization))

        def _say(self, said: Said) -> None:
            time.sleep(said.seconds)
            with suppress(OSError):  # whoever asked has gone
                self.send_response(said.status)
                for name, value in ({"Content-Length": str(len(said.body))} | said.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                step = 1 if said.drip else len(said.body) or 1
                for begin in range(0, len(said.body), step):
                    time.sleep(said.drip)
                    self.wfile.write(said.body[begin : begin + step])

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def serving() -> Iterator[Server]:
    server = Server()
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(server))
    running.daemon_threads = True
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    server.url = f"http://127.0.0.1:{running.server_port}"
    try:
        yield server
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
