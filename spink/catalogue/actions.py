"""Loading the catalogue from its data files: what is there is updated, nothing is removed.

Classes of retention are only added: how long they are kept is the administrators' decision.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeAlias

from django.db import transaction

from spink.catalogue.models import (
    CheckQuestion,
    CodedReason,
    LegalBasis,
    RetentionClass,
    RetentionTerm,
    ServiceRung,
    ServiceSplit,
    ServiceType,
    SpecialNeed,
    Subtype,
)
from spink.foundation.acting import set_actor
from spink.foundation.actor import Actor

DATA = Path(__file__).parent / "data"

Row: TypeAlias = dict[str, Any]

PARTS_OF_A_SERVICE: dict[Any, tuple[str, ...]] = {
    Subtype: ("code",),
    ServiceRung: ("provision_form",),
    ServiceSplit: (),
}
"""What tells a service's parts of one kind apart."""


@transaction.atomic
def load_catalogue(*, by: Actor | None = None) -> dict[str, int]:
    """Bring the catalogue up to its data files; a second run changes nothing. Counts per file."""
    set_actor(by or Actor.system("load_catalogue"))
    return {
        "service_types": _load_services(_rows("service_types")),
        "special_needs": _load(SpecialNeed, _rows("special_needs"), key=("code",)),
        "legal_bases": _load(LegalBasis, _rows("legal_bases"), key=("code",)),
        "coded_reasons": _load(CodedReason, _rows("coded_reasons"), key=("kind", "code")),
        "check_questions": _load(CheckQuestion, _rows("check_questions"), key=("code",)),
        "retention_classes": _load_retention(_rows("retention_classes")),
    }


def _rows(name: str) -> list[Row]:
    rows: list[Row] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return rows


def _load(model: Any, rows: list[Row], *, key: tuple[str, ...]) -> int:
    """Save only what differs, so that an unchanged row leaves no trace in any diary."""
    there = {_values(row, key): row for row in model.objects.all()}
    new = []
    for row in rows:
        if found := there.get(tuple(row[name] for name in key)):
            _bring_up_to(found, row)
        else:
            new.append(model(**row))
    model.objects.bulk_create(new)
    return len(rows)


def _values(row: Any, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _bring_up_to(found: Any, values: Row) -> None:
    wanted = {name: found._meta.get_field(name).to_python(value) for name, value in values.items()}
    differing = [name for name, value in wanted.items() if getattr(found, name) != value]
    for name in differing:
        setattr(found, name, wanted[name])
    if differing:
        found.save(update_fields=differing)


def _load_services(rows: list[Row]) -> int:
    parts = {row["code"]: _parts_of(row) for row in rows}
    _load(ServiceType, rows, key=("code",))
    ids = dict(ServiceType.objects.values_list("code", "id"))
    for model, own_key in PARTS_OF_A_SERVICE.items():
        owned = [
            {"service_type_id": ids[code]} | part for code in parts for part in parts[code][model]
        ]
        _load(model, owned, key=("service_type_id", *own_key))
    return len(rows)


def _parts_of(row: Row) -> dict[Any, list[Row]]:
    """Takes out of the service's row what is kept in tables of its own."""
    subtypes = row.pop("subtypes", [])
    return {
        Subtype: [subtype | {"position": at * 10} for at, subtype in enumerate(subtypes)],
        ServiceRung: [{"provision_form": form} for form in row.pop("rungs", [])],
        ServiceSplit: row.pop("splits", []),
    }


def _load_retention(rows: list[Row]) -> int:
    there = set(RetentionClass.objects.values_list("code", flat=True))
    new = [(row.pop("term"), RetentionClass(**row)) for row in rows if row["code"] not in there]
    RetentionClass.objects.bulk_create(kept for _, kept in new)
    RetentionTerm.objects.bulk_create(
        RetentionTerm(retention_class=kept, **term) for term, kept in new
    )
    return len(rows)
