"""The same POST twice is done once: its answer is kept for two days under the client's key. Of a
call that changes nothing only the key and what it was used for are kept: it is done anew.

The row is claimed in the call's own transaction. A second call with the key waits at the unique
constraint until the first has ended, and then finds its answer, or, if it failed, an empty place.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb
from rest_framework.request import Request

from spink.accounts.actions.api_clients import ANSWERS_KEPT
from spink.accounts.models import KeptAnswer
from spink.foundation import clock
from spink.foundation.encryption import encrypt, keyed_hash
from spink.web.api.problems import ApiProblem, Problem

HEADER = "Idempotency-Key"
MOST_KEY = 200
SAID_AGAIN = ("Location", "ETag", "Content-Type")

_CLAIM: Final = """
INSERT INTO accounts_keptanswer (account_id, key, fingerprint, at, headers, body, subjects)
VALUES (%s, %s, %s, %s, '{}', '', '{}')
ON CONFLICT (account_id, key) DO UPDATE
SET fingerprint = EXCLUDED.fingerprint, at = EXCLUDED.at, status = NULL, headers = '{}', body = '',
    subjects = '{}'
WHERE accounts_keptanswer.at < %s
RETURNING id"""
"""A key that is older than we promise to remember is free again."""


_KEEP: Final = """
UPDATE accounts_keptanswer SET status = %s, headers = %s, body = %s, subjects = %s WHERE id = %s"""


@dataclass(frozen=True, slots=True)
class Claim:
    id: int


class AnsweredBefore(Exception):
    """Carries the answer that is given once more, and which requests it shows."""

    def __init__(self, answer: HttpResponse, subjects: Sequence[str]) -> None:
        super().__init__("answered before")
        self.answer, self.subjects = answer, subjects


def claim(request: Request, account_id: int) -> Claim:
    """The key is this call's. Raises AnsweredBefore, and ApiProblem for a key that is missing or
    was used for another call."""
    key = request.headers.get(HEADER, "").strip()
    if not 1 <= len(key) <= MOST_KEY or not key.isascii() or not key.isprintable():
        detail = _("Give a key of at most 200 signs, new for each call.")
        raise ApiProblem(Problem.KEY_MISSING, detail)
    fingerprint, now = _fingerprint(request), clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [account_id, key, fingerprint, now, now - ANSWERS_KEPT])
        row = cursor.fetchone()
    if row is not None:
        return Claim(row[0])
    kept = KeptAnswer.objects.get(account_id=account_id, key=key)
    if kept.fingerprint != fingerprint:
        raise ApiProblem(Problem.KEY_REUSED)
    if kept.status is None:
        return Claim(kept.pk)
    raise AnsweredBefore(_again(kept), kept.subjects)


def keep(claimed: Claim, answer: HttpResponse, subjects: Iterable[str]) -> None:
    headers = {name: answer[name] for name in SAID_AGAIN if name in answer}
    body = encrypt(answer.content.decode())
    kept: Any = (answer.status_code, Jsonb(headers), body, sorted(subjects), claimed.id)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, kept)


def _fingerprint(request: Request) -> str:
    """Keyed, since it could else be found out what was sent by trying all that can be. Of files
    the content counts, and not by which boundary its parts were kept from each other."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if str(request.content_type).startswith("multipart/"):
        for part in _parts(request):
            digest.update(hashlib.sha256(part).digest())
    else:
        digest.update(request.body)
    return keyed_hash(digest.hexdigest())


def _parts(request: Request) -> Iterator[bytes]:
    for name, values in sorted(cast(QueryDict, request.data).lists()):
        for value in values:
            yield name.encode()
            if isinstance(value, UploadedFile):
                yield str(value.name).encode()
                yield value.read()
                value.seek(0)
            else:
                yield value.encode()


def _again(kept: KeptAnswer) -> HttpResponse:
    answer = HttpResponse(kept.body, status=kept.status, headers=kept.headers)
    answer["Idempotency-Replayed"] = "true"
    return answer
