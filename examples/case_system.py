"""A case system in one file: files a request with Spink, is told by webhook when units have been
recommended, and reports back which one was chosen. Needs Python 3.11 and nothing else.

    python3 examples/case_system.py --secret Tretton-tallar-vid-vattnet

The README beside it says what happens, and what a real system does beyond this.
"""

import argparse
import base64
import hashlib
import hmac
import json
import queue
import time
import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

RECOMMENDED = "placement_request.recommended"
OLDEST_SECONDS = 300  # of a message: what is older may be somebody else who sends it again


@dataclass
class Answer:
    body: Any
    version: str
    """The ETag: sent back in If-Match by whoever goes on from what was read."""


class Spink:
    """The calls that this system makes."""

    def __init__(self, root: str, client: str, secret: str, acting: str) -> None:
        self.root, self.acting = root, acting
        self.login = base64.b64encode(f"{client}:{secret}".encode()).decode()
        self.token, self.ends = "", 0.0

    def read(self, path: str) -> Answer:
        return self._call(Request(f"{self.root}{path}"))

    def send(self, path: str, body: dict[str, Any], *, version: str = "") -> Answer:
        """A POST. The key makes it safe to try again: it is done once, however often it is sent."""
        request = Request(f"{self.root}{path}", json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        request.add_header("Idempotency-Key", str(uuid.uuid4()))
        if version:
            request.add_header("If-Match", version)
        return self._again_where_it_was_lost(request)

    def remove(self, path: str) -> None:
        version = self.read(path).version
        request = Request(f"{self.root}{path}", headers={"If-Match": version}, method="DELETE")
        self._call(request)

    def _again_where_it_was_lost(self, request: Request) -> Answer:
        for wait in (1, 5, 15):
            try:
                return self._call(request)
            except OSError:
                time.sleep(wait)
        return self._call(request)

    def _call(self, request: Request) -> Answer:
        request.add_header("Authorization", f"Bearer {self._current_token()}")
        request.add_header("Acting-Person", self.acting)
        try:
            with urlopen(request, timeout=30) as answer:
                text = answer.read()
                return Answer(json.loads(text) if text else None, answer.headers.get("ETag", ""))
        except HTTPError as refused:
            raise SystemExit(
                f"{request.full_url}: {refused.code} {refused.read().decode()}"
            ) from None

    def _current_token(self) -> str:
        """Tokens hold for ten minutes; one is used for all calls until it is about to end."""
        if time.monotonic() > self.ends:
            form = urlencode({"grant_type": "client_credentials"}).encode()
            asked = Request(f"{self.root}/oauth/token", form)
            asked.add_header("Authorization", f"Basic {self.login}")
            with urlopen(asked, timeout=30) as answer:
                given = json.load(answer)
            self.token, self.ends = (
                given["access_token"],
                time.monotonic() + given["expires_in"] - 30,
            )
        return self.token


class Receiver(ThreadingHTTPServer):
    """Takes messages from Spink, and passes on those that are Spink's, each once."""

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Hook)
        self.secret = ""
        self.told: queue.Queue[dict[str, Any]] = queue.Queue()
        self.seen: set[str] = set()
        Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/spink"


class Hook(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        message_id = self.headers.get("webhook-id", "")
        is_genuine = is_from_spink(self.headers, body, self.server.secret)
        if is_genuine and message_id not in self.server.seen:
            self.server.seen.add(message_id)
            self.server.told.put(json.loads(body))
        self.send_response(204 if is_genuine else 401)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing: the terminal is for the story."""


def is_from_spink(headers: Any, body: bytes, secret: str) -> bool:
    """Signed with the secret that we share, and not long ago (www.standardwebhooks.com). A library
    does the same: `standardwebhooks.Webhook(secret).verify(body, headers)`."""
    message_id, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not secret or not sent.isdigit() or abs(time.time() - int(sent)) > OLDEST_SECONDS:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = hmac.digest(key, f"{message_id}.{sent}.".encode() + body, hashlib.sha256)
    expected = f"v1,{base64.b64encode(signed).decode()}"
    given = headers.get("webhook-signature", "").split()
    return any(hmac.compare_digest(expected.encode(), one.encode()) for one in given)


def a_request() -> dict[str, Any]:
    today = date.today()
    return {
        "person": {"number_kind": "none", "given_name": "Astrid", "family_name": "Lund",
                   "protection": "none", "age": 34, "gender": "woman"},
        "service_type": "short_term_housing",
        "subtype": "fysiska funktionsnedsättningar",
        "legal_basis": "sol_2025",
        "decision_date": str(today),
        "wanted_start": str(today + timedelta(days=14)),
        "urgency": "soon",
        "needs_wished": ["supervision"],
        "disclosure_basis": "consent",
    }  # fmt: skip


def play(spink: Spink, receiver: Receiver) -> None:
    hook = spink.send(
        "/webhook-endpoints", {"url": receiver.url, "event_types": [RECOMMENDED]}
    ).body
    receiver.secret = hook["secret"]
    try:
        filed = spink.send("/placement-requests", a_request()).body["reference"]
        print(f"Filed as {filed}. Waiting until an officer has recommended a unit …", flush=True)
        while receiver.told.get()["data"].get("reference") != filed:
            pass  # another request of the department

        recommended = spink.read(f"/placement-requests/{filed}/recommendations").body["results"]
        units = recommended[0]["units"]
        for unit in units:
            price = f"{unit['rate']} kr/{unit['rate_unit']}" if unit["rate"] else "no price"
            print(f"{unit['position']}. {unit['unit_name']}, {unit['provider_name']}: {price}")

        version = spink.read(f"/placement-requests/{filed}").version
        chosen = {"unit_code": units[0]["unit_code"]}
        done = spink.send(
            f"/placement-requests/{filed}/outcome-feedback", chosen, version=version
        ).body
        print(f"Reported back that {units[0]['unit_name']} was chosen: {filed} is {done['state']}.")
    finally:
        spink.remove(f"/webhook-endpoints/{hook['id']}")


def main() -> None:
    told = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    told.add_argument("--api", default="http://127.0.0.1:8000/api/v1")
    told.add_argument("--client", default="spink-exempel")
    told.add_argument("--secret", required=True)
    told.add_argument("--acting", default="kajsa.karlsson@kommun.example", help="who acts")
    told.add_argument("--port", type=int, default=0, help="where messages are taken; 0: any")
    given = told.parse_args()
    play(Spink(given.api, given.client, given.secret, given.acting), Receiver(given.port))


if __name__ == "__main__":
    main()
