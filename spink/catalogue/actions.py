"""Loading the catalogue from its data files: what is there is updated, nothing is removed.

Classes of retention are only added: how long they are kept is the administrators' decision.
"""

import json
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
    for row in rows:
        _bring_up_to(model, {name: row[name] for name in key}, row)
    return len(rows)


def _bring_up_to(model: Any, identity: Row, values: Row) -> Any:
    """Save only what differs, so that an unchanged row leaves no trace in any diary."""
    found = model.objects.filter(**identity).first()
    if found is None:
        return model.objects.create(**(identity | values))
    wanted = {name: model._meta.get_field(name).to_python(value) for name, value in values.items()}
    differing = [name for name, value in wanted.items() if getattr(found, name) != value]
    for name in differing:
        setattr(found, name, wanted[name])
    if differing:
        found.save(update_fields=differing)
    return found


def _load_services(rows: list[Row]) -> int:
    for row in rows:
        parts = {name: row.pop(name, []) for name in ("subtypes", "rungs", "splits")}
        service = _bring_up_to(ServiceType, {"code": row["code"]}, row)
        for position, subtype in enumerate(parts["subtypes"]):
            identity = {"service_type": service, "code": subtype.pop("code")}
            _bring_up_to(Subtype, identity, subtype | {"position": position * 10})
        for form in parts["rungs"]:
            _bring_up_to(ServiceRung, {"service_type": service, "provision_form": form}, {})
        for split in parts["splits"]:
            _bring_up_to(ServiceSplit, {"service_type": service}, split)
    return len(rows)


def _load_retention(rows: list[Row]) -> int:
    for row in rows:
        term, code = row.pop("term"), row.pop("code")
        found, is_new = RetentionClass.objects.get_or_create(code=code, defaults=row)
        if is_new:
            RetentionTerm.objects.create(retention_class=found, **term)
    return len(rows)
