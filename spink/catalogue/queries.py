from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from spink.catalogue.domain.ladder import LADDER, ProvisionForm
from spink.catalogue.models import (
    CheckQuestion,
    CodedReason,
    LegalBasis,
    ReasonKind,
    ServiceSplit,
    ServiceType,
    SpecialNeed,
    Subtype,
)
from spink.catalogue.models.dated import in_language

M = TypeVar("M", bound=Model)


def requestable_services(day: date) -> list[ServiceType]:
    """Services for which requests are filed here on the day."""
    return list(ServiceType.objects.on(day).filter(is_requested=True))


def all_services() -> list[ServiceType]:
    return list(ServiceType.objects.all())


def service(code: str) -> ServiceType | None:
    return ServiceType.objects.filter(code=code).first()


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the catalogue says of the service and the legal basis of a request, and the codes that
    the rest of it may name on the day."""

    service: ServiceType | None
    basis: LegalBasis | None
    subtypes: frozenset[str]
    needs: frozenset[str]
    disclosures: frozenset[str]


def chosen(*, service: str, basis: str, day: date) -> Chosen:
    """All at once: a request is checked against it whenever it is shown, kept or sent."""
    given: dict[str, Any] = {
        "service": service,
        "basis": basis,
        "day": day,
        "kind": ReasonKind.DISCLOSURE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_chosen_statement(), given)
        row: Any = cursor.fetchone()
    end = len(ServiceType._meta.concrete_fields)
    subtypes, needs, disclosures = row[-3:]
    return Chosen(
        service=_made(ServiceType, row[:end]),
        basis=_made(LegalBasis, row[end:-3]),
        subtypes=frozenset(subtypes),
        needs=frozenset(needs),
        disclosures=frozenset(disclosures),
    )


@cache
def _chosen_statement() -> str:
    began = "(valid_from IS NULL OR valid_from <= %(day)s)"
    holds = f"{began} AND (valid_to IS NULL OR valid_to >= %(day)s)"
    columns = [
        f"{table}.{field.column}"
        for table, model in (("service", ServiceType), ("basis", LegalBasis))
        for field in model._meta.concrete_fields
    ]
    return f"""
    SELECT {", ".join(columns)},
        ARRAY(SELECT code FROM catalogue_subtype WHERE service_type_id = service.id AND {holds}),
        ARRAY(SELECT code FROM catalogue_specialneed WHERE {holds}),
        ARRAY(SELECT code FROM catalogue_codedreason WHERE kind = %(kind)s AND {holds})
    FROM (SELECT 1) one
    LEFT JOIN catalogue_servicetype service ON service.code = %(service)s
    LEFT JOIN catalogue_legalbasis basis ON basis.code = %(basis)s"""  # noqa: S608 - constants


def _made(model: type[M], values: Sequence[Any]) -> M | None:
    """None for a row that is not there, which has no key."""
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db("default", names, values) if values[names.index("id")] else None


def subtypes_of(service_code: str, day: date) -> list[Subtype]:
    return list(Subtype.objects.on(day).filter(service_type__code=service_code))


def special_needs(day: date) -> list[SpecialNeed]:
    return list(SpecialNeed.objects.on(day))


def legal_bases(day: date) -> list[LegalBasis]:
    return list(LegalBasis.objects.on(day))


def legal_basis(code: str) -> LegalBasis | None:
    return LegalBasis.objects.filter(code=code).first()


def reasons(kind: str, day: date) -> list[CodedReason]:
    return list(CodedReason.objects.on(day).filter(kind=kind))


def check_questions(day: date) -> list[CheckQuestion]:
    return list(CheckQuestion.objects.on(day))


def own_share(service_code: str, day: date) -> Decimal | None:
    """The decided share of new assignments to own units; None where nothing is decided."""
    split = ServiceSplit.objects.on(day).filter(service_type__code=service_code).first()
    return split.own_share if split else None


def names(codes: Iterable[str], *, of: str) -> dict[str, str]:
    """Names for pages by code, ended ones too; a code that is not known names itself.

    `of` is service, subtype, need, basis or the kind of a coded reason.
    """
    wanted = list(codes)
    querysets: dict[str, QuerySet[Any]] = {
        "service": ServiceType.objects.filter(code__in=wanted),
        "subtype": Subtype.objects.filter(code__in=wanted),
        "need": SpecialNeed.objects.filter(code__in=wanted),
        "basis": LegalBasis.objects.filter(code__in=wanted),
    }
    rows = querysets.get(of, CodedReason.objects.filter(kind=of, code__in=wanted))
    return {code: code for code in wanted} | {row.code: row.name for row in rows}


_NAMED: Final = {
    "service": "catalogue_servicetype",
    "subtype": "catalogue_subtype",
    "need": "catalogue_specialneed",
    "basis": "catalogue_legalbasis",
}


def _names_statement(of: str) -> str:
    """Parameters: the kind, the codes, the kind."""
    table = _NAMED.get(of, "catalogue_codedreason")
    is_of_kind = "%s::text IS NOT NULL" if of in _NAMED else "kind = %s"
    return (
        f"SELECT %s::text, code, name_sv, name_en FROM {table}"  # noqa: S608 - a constant above
        f" WHERE code = ANY(%s) AND {is_of_kind}"
    )


def names_of_many(wanted: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """As `names`, of several kinds in one query: for pages that name a whole request."""
    asked = {of: list(codes) for of, codes in wanted.items()}
    given: list[Any] = [part for of, codes in asked.items() for part in (of, codes, of)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(_names_statement(of) for of in asked), given)
        rows = cursor.fetchall()
    found = {of: {code: code for code in codes} for of, codes in asked.items()}
    for of, code, name_sv, name_en in rows:
        found[of][code] = in_language(name_sv, name_en)
    return found


def rungs_of(service_code: str, day: date) -> tuple[ProvisionForm, ...]:
    """The rungs that exist for the service on the day, in the ladder's order."""
    found = ServiceType.objects.filter(code=service_code).first()
    if found is None:
        return ()
    existing = set(found.rungs.on(day).values_list("provision_form", flat=True))
    return tuple(form for form in LADDER if form in existing)


def all_legal_bases() -> list[LegalBasis]:
    """Ended ones too: which one holds depends on the decision date."""
    return list(LegalBasis.objects.all())


def subtypes_by_service(day: date) -> dict[str, list[Subtype]]:
    """Those that hold on the day, by the service's code and in their order."""
    found: dict[str, list[Subtype]] = {}
    rows = Subtype.objects.on(day).select_related("service_type")
    for subtype in rows.order_by("service_type__position", "position"):
        found.setdefault(subtype.service_type.code, []).append(subtype)
    return found


def subtype_codes() -> dict[str, frozenset[str]]:
    """The codes of every service's subtypes, ended ones too: what a register file may name."""
    codes: dict[str, set[str]] = {
        code: set() for code in ServiceType.objects.values_list("code", flat=True)
    }
    for service_code, code in Subtype.objects.values_list("service_type__code", "code"):
        codes[service_code].add(code)
    return {service_code: frozenset(found) for service_code, found in codes.items()}


def need_codes() -> frozenset[str]:
    """The codes of every special need, ended ones too."""
    return frozenset(SpecialNeed.objects.values_list("code", flat=True))


def swedish_names(of: str) -> dict[str, str]:
    """All codes of a kind with their Swedish names, ended ones too: the words of files."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT code, name_sv FROM {_NAMED[of]} ORDER BY position, code"  # noqa: S608 - above
        )
        return dict(cursor.fetchall())
