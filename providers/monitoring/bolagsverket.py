"""Bolagsverket's open company data ("värdefulla datamängder"): one question a number, over HTTP.

The number stands in the body and never in the address. Each part of an answer comes from
Bolagsverket or from SCB and says so itself where its own source did not answer (`fel`): such a part
is not known, which is something else than empty.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client

from providers.domain.control.facts import Answer, Fact, Problem, Subject, Value
from providers.monitoring.source import NotAnswered
from providers.monitoring.web import Bounds, as_problems, problem_of

SCOPE: Final = "vardefulla-datamangder:read"
UNKNOWN_NUMBER: Final = frozenset({400, 404})
NOT_THERE: Final = "ORGANISATION_FINNS_EJ"
TRADE_NAME: Final = "FORETAGSNAMN"
_PROCEDURES: Final = "pagaendeAvvecklingsEllerOmstruktureringsforfarande"


@dataclass(frozen=True, slots=True)
class Access:
    """Where it is asked, and as whom."""

    url: str
    token_url: str
    client_id: str
    client_secret: str


class Bolagsverket:
    def __init__(self, access: Access, bounds: Bounds) -> None:
        self._access = access
        self._client = OAuth2Client(
            client_id=access.client_id,
            client_secret=access.client_secret,
            scope=SCOPE,
            token_endpoint=access.token_url,
            grant_type="client_credentials",
            **bounds.options(),
        )

    def ask(self, subject: Subject) -> Answer:
        response = self._asked(subject.number)
        if response.status_code == 401:  # a token may be taken back before its time
            self._client.token = None
            response = self._asked(subject.number)
        document = _document(response.content) if response.content else {}
        if _says_not_there(response.status_code, document):
            return Answer({Fact.REGISTERED: False})
        if problem := problem_of(response.status_code):
            raise NotAnswered(problem)
        return _answer(document, subject.number)

    def _asked(self, number: str) -> httpx2.Response:
        url = f"{self._access.url.rstrip('/')}/organisationer"
        with as_problems(), _as_refusals():
            if not self._client.token:
                self._client.fetch_token()
            response: httpx2.Response = self._client.post(
                url, json={"identitetsbeteckning": number}
            )
        return response


@contextmanager
def _as_refusals() -> Iterator[None]:
    """What the library says of a token that is not given, or is none."""
    try:
        yield
    except AuthlibBaseError:
        raise NotAnswered(Problem.REFUSED) from None
    except (KeyError, TypeError, ValueError):
        raise NotAnswered(Problem.MALFORMED) from None


def _document(content: bytes) -> Mapping[str, Any]:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        raise NotAnswered(Problem.MALFORMED) from None
    if not isinstance(document, dict):
        raise NotAnswered(Problem.MALFORMED)
    return document


def _says_not_there(status: int, document: Mapping[str, Any]) -> bool:
    return status in UNKNOWN_NUMBER and NOT_THERE in json.dumps(document)


def _answer(document: Mapping[str, Any], number: str) -> Answer:
    listed = document.get("organisationer")
    if not isinstance(listed, list) or not listed or not all(isinstance(o, dict) for o in listed):
        raise NotAnswered(Problem.MALFORMED)
    if any(_number(one) != number for one in listed):
        raise NotAnswered(Problem.OTHER_NUMBER)
    try:
        facts = [_facts(one) for one in listed]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NotAnswered(Problem.MALFORMED) from None
    # One number may stand for several firms of a sole trader: any that lives is its life.
    living = [one for one in facts if not one.get(Fact.DEREGISTERED)]
    return Answer((living or facts)[0])


def _number(organisation: Mapping[str, Any]) -> str:
    identity = organisation.get("organisationsidentitet")
    found = identity.get("identitetsbeteckning") if isinstance(identity, dict) else None
    digits = str(found or "").replace("-", "")
    return digits[2:] if len(digits) == 12 else digits


def _facts(organisation: Mapping[str, Any]) -> dict[Fact, Value]:
    facts: dict[Fact, Value] = {Fact.REGISTERED: True}
    if is_known(organisation, "avregistreradOrganisation"):
        part = organisation["avregistreradOrganisation"] or {}
        facts[Fact.DEREGISTERED] = _day(part.get("avregistreringsdatum"))
    if is_known(organisation, _PROCEDURES):
        part = organisation[_PROCEDURES] or {}
        facts[Fact.PROCEDURES] = tuple(
            sorted({str(one["kod"]) for one in part.get(f"{_PROCEDURES}Lista") or []})
        )
    if _code(organisation, "verksamOrganisation") in ("JA", "NEJ"):
        facts[Fact.ACTIVE] = _code(organisation, "verksamOrganisation") == "JA"
    if form := _code(organisation, "organisationsform"):
        facts[Fact.LEGAL_FORM] = form
    if name := _name(organisation):
        facts[Fact.NAME] = name
    return facts


def is_known(organisation: Mapping[str, Any], name: str) -> bool:
    """Whether the part is there, and its own source has answered."""
    part = organisation.get(name, False)
    return part is None or (isinstance(part, dict) and not part.get("fel"))


def _code(organisation: Mapping[str, Any], name: str) -> str:
    part = organisation.get(name)
    return str(part.get("kod") or "") if is_known(organisation, name) and part else ""


def _day(text: object) -> str:
    return date.fromisoformat(str(text)[:10]).isoformat() if text else ""


def _name(organisation: Mapping[str, Any]) -> str:
    part = organisation.get("organisationsnamn")
    if not is_known(organisation, "organisationsnamn") or not part:
        return ""
    names = part.get("organisationsnamnLista") or []
    trade = [one for one in names if one["organisationsnamntyp"]["kod"] == TRADE_NAME]
    return str((trade or names)[0]["namn"]).strip() if names else ""
