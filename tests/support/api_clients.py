"""A client of the API as it calls: its token from the real endpoint, its own header of who acts."""

import json
from base64 import b64encode
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, encode_multipart

from spink.accounts.actions import create_api_client
from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.models import ApiClient, Unit
from spink.foundation.actor import Actor

OPERATIONS = Actor.system("Drift")
ACTING = "kajsa.k@partille.example"
REQUESTS = "placement-requests"
_keys = count(1)


def ask_token(client_id: str, secret: str, **body: str) -> HttpResponse:
    basic = b64encode(f"{client_id}:{secret}".encode()).decode()
    return Client().post(  # type: ignore[return-value]
        "/api/v1/oauth/token",
        {"grant_type": "client_credentials"} | body,
        headers={"Authorization": f"Basic {basic}"},
    )


@dataclass
class Calling:
    client: ApiClient
    secret: str
    token: str = ""
    acting: str = ACTING
    browser: Client = field(default_factory=Client)

    def headers(self, **more: str) -> dict[str, str]:
        told = {"Authorization": f"Bearer {self.token}", "Acting-Person": self.acting}
        return {name: value for name, value in (told | more).items() if value}

    def get(self, path: str, headers: dict[str, str] | None = None, **query: Any) -> HttpResponse:
        return self.browser.get(  # type: ignore[return-value]
            f"/api/v1/{path}", query, headers=self.headers(**(headers or {}))
        )

    def post(
        self, path: str, body: object, *, key: str = "", headers: dict[str, str] | None = None
    ) -> HttpResponse:
        told = {"Idempotency-Key": key or f"key-{next(_keys)}"} | (headers or {})
        return self.browser.post(  # type: ignore[return-value]
            f"/api/v1/{path}",
            body if isinstance(body, str) else _json(body),
            content_type="application/json",
            headers=self.headers(**told),
        )

    def hand_in(
        self, path: str, name: str, data: bytes, *, key: str = "", boundary: str = BOUNDARY
    ) -> HttpResponse:
        told = {"Idempotency-Key": key or f"key-{next(_keys)}"}
        return self.browser.post(  # type: ignore[return-value]
            f"/api/v1/{path}",
            encode_multipart(boundary, {"document": SimpleUploadedFile(name, data)}),
            content_type=f"multipart/form-data; boundary={boundary}",
            headers=self.headers(**told),
        )

    def send(self, method: str, path: str, body: object = None, **headers: str) -> HttpResponse:
        return self.browser.generic(  # type: ignore[return-value]
            method,
            f"/api/v1/{path}",
            "" if body is None else _json(body),
            content_type="application/json",
            headers=self.headers(**headers),
        )


def _json(body: object) -> str:
    return json.dumps(body)


def calling(
    unit: Unit, *, name: str = "Partille IFO", scopes: tuple[ApiScope, ...] = ()
) -> Calling:
    client, secret = create_api_client(
        name=name,
        unit_id=unit.pk,
        scopes=scopes or tuple(ApiScope),
        contact="it@partille.example",
        by=OPERATIONS,
    )
    token = ask_token(client.client_id, secret).json()["access_token"]  # type: ignore[attr-defined]
    return Calling(client, secret, token)


def problem(answer: HttpResponse) -> tuple[int, str]:
    """The status and the type of what was refused."""
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()  # type: ignore[attr-defined]
    assert body["status"] == answer.status_code
    return answer.status_code, body["type"].removeprefix("/api/v1/problems/")
