"""Uploading a register file and having it imported, as the pages and the worker do."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from providers.models import CareUnit, RegisterUpload
from spink.accounts.models import User
from spink.foundation import outbox
from spink.foundation.models import OutboxEvent
from tests.factories import providers as made
from tests.support.register_edits import next_transaction

FILES = "/register/files/"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def unit(code: str = "U1", **values: Any) -> CareUnit:
    made_unit = made.CareUnitFactory(
        code=code, name="Ekhagen", provider__code="P1", municipality="1480", **values
    )
    made.CareUnitServiceFactory(unit=made_unit)
    next_transaction()
    return made_unit


def upload(user: User, content: str | bytes, name: str = "fil.csv") -> RegisterUpload:
    raw = content.encode() if isinstance(content, str) else content
    response = client_of(user).post(FILES, {"file": SimpleUploadedFile(name, raw)})
    assert response.status_code == 302, response.context["form"].errors
    return RegisterUpload.objects.get(pk=response.url.split("/")[3])


def confirm(user: User, kept: RegisterUpload) -> RegisterUpload:
    client_of(user).post(f"{FILES}{kept.pk}/confirm/")
    next_transaction()
    for event in OutboxEvent.objects.filter(handled_at=None, name="register_import_confirmed"):
        assert outbox.handle(event.pk)
    kept.refresh_from_db()
    return kept


def faults(kept: RegisterUpload) -> list[tuple[str, int, str, str]]:
    return [
        tuple(one[key] for key in ("sheet", "line", "heading", "reason"))
        for one in kept.review["faults"]
    ]


def changed(kept: RegisterUpload) -> dict[str, list[tuple[str, str, str]]]:
    return {
        row["key"]: [(one["heading"], one["before"], one["after"]) for one in row["fields"]]
        for sheet in kept.review["sheets"]
        for row in sheet["changed"]
    }
