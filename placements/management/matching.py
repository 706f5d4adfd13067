"""`manage.py match`: from files or the database to lines of JSON.

Everything is read and checked before the first outcome is made, so that bad input prints none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any, cast, get_args

from django.core.exceptions import ObjectDoesNotExist

from placements.matching.batch import match_all
from placements.matching.need import Need
from placements.matching.outcome import Excluded
from providers.domain.register import Register
from spink.accounts import wall
from spink.accounts.access_log import Reading, log_reading
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import strict_json
from spink.foundation.actor import Actor
from spink.foundation.bad_input import BadInput
from spink.foundation.clock import STOCKHOLM

JOB = SystemJob.MATCH_ON_COMMAND_LINE
READING = Reading(by=Actor.system(JOB.name.lower()), route="manage.py match")

_DATE_LENGTH = len("2026-03-03")


@dataclass(frozen=True, slots=True)
class Options:
    """As they stand on the command line; None for what is not given."""

    register: str | None = None
    as_of: str | None = None
    need: str | None = None
    needs: str | None = None
    request: str | None = None
    excluded: str = "all"


def lines(options: Options) -> Iterator[bytes]:
    """The outcome of each need, in their order. Raises BadInput before the first."""
    excluded = _excluded(options)
    _check_one_source(options)
    register = _register(options)
    outcomes = match_all(_needs(options, register), register)
    return (outcome.to_json(excluded) for outcome in outcomes)


def _excluded(options: Options) -> Excluded:
    if options.excluded not in get_args(Excluded):
        raise BadInput("must be none, near or all", place="--excluded")
    return cast(Excluded, options.excluded)


def _check_one_source(options: Options) -> None:
    if sum(given is not None for given in (options.need, options.needs, options.request)) != 1:
        raise BadInput("one of them must be given", place="--need, --needs or --request")
    if options.register is not None and options.as_of is not None:
        raise BadInput("says when to read the database, not a file", place="--as-of")


def _register(options: Options) -> Register:
    if options.register is not None:
        document = strict_json.parse(_bytes(options.register), place=options.register)
        return Register.from_document(document, place=options.register)

    from providers import queries  # files need no database

    if options.as_of is None:
        return queries.current_register()
    return queries.register_as_of(_timestamp(options.as_of))


def _needs(options: Options, register: Register) -> list[Need]:
    types = register.provision_forms
    if options.request is not None:
        asked = _document_of_request(options.request)
        return [Need.from_document(asked, place=options.request, service_types=types)]
    if options.need is not None:
        document = strict_json.parse(_bytes(options.need), place=options.need)
        return [Need.from_document(document, place=options.need, service_types=types)]
    path = cast(str, options.needs)
    return [
        Need.from_document(document, place=line, service_types=types)
        for line, document in strict_json.parse_lines(_bytes(path), place=path)
    ]


def _document_of_request(reference: str) -> dict[str, Any]:
    """Read as a job of the system, and logged as every reading of a request is."""
    from placements import queries  # files need no database

    with wall.opened_for_job(JOB):
        try:
            document = queries.need_of_reference(reference)
        except ObjectDoesNotExist:
            raise BadInput("is no request's reference", place="--request") from None
        except ValueError:
            raise BadInput("has no service or no wanted start yet", place=reference) from None
        log_reading(READING, [reference])
    return document


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        raise BadInput("cannot be read", place=path) from None


def _timestamp(given: str) -> datetime:
    """A time without a zone is Swedish, and a date alone is the end of that day."""
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        raise BadInput("must be a time (2026-03-03T12:00)", place="--as-of") from None
    if len(given) == _DATE_LENGTH:
        moment = datetime.combine(moment, time.max)
    return moment if moment.tzinfo else moment.replace(tzinfo=STOCKHOLM)
