"""The register to take home: a workbook, one kind as CSV, everything as JSON; and the template."""

import json

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from providers.domain.tables.csv_file import as_csv
from providers.domain.tables.describing import described
from providers.domain.tables.sheets import (
    FORMS,
    GENDERS,
    LEGAL_FORMS,
    OWNERSHIPS,
    RATE_UNITS,
    Sheets,
)
from providers.domain.tables.workbook import INSTRUCTIONS, VOCABULARY, as_workbook
from providers.queries.tables import register_document, table_sheets
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# What the template says. The file is in Swedish, as its headings are.
ADVICE = (
    "Varje blad är en lista. Fyll i det du vill lägga till eller ändra.",
    "Raden känns igen på sitt id. Finns det i registret ändras det, annars läggs det till.",
    "Rader, blad och kolumner som saknas ändrar inget.",
    "En tom cell tömmer uppgiften. Ta bort kolumnen om du inte vill ändra den.",
    "Flera värden i en cell skiljs åt med semikolon eller radbrytning.",
    "Datum: 2026-03-05. Belopp: 2950,50. Ja och nej skrivs ja och nej.",
    "Stopp sätts och hävs på sidorna och finns inte i filen.",
    "Skyddat boende har varken adress eller läge.",
    "Bladet Ord visar vad som kan väljas.",
)


@require_safe
@for_those_who(Capability.KEEP_REGISTER)
def template(_request: WallRequest) -> HttpResponse:
    sheets = table_sheets()
    tables = [
        (INSTRUCTIONS, ["Så fyller du i"], [[line] for line in ADVICE]),
        *((sheet.title, sheet.headings, []) for sheet in sheets.all),
        (VOCABULARY, *_vocabulary(sheets)),
    ]
    return _file(as_workbook(tables), WORKBOOK, "registret-mall.xlsx")


def _vocabulary(sheets: Sheets) -> tuple[list[str], list[list[str]]]:
    words = sheets.words
    lists = {
        "Insats": words.services,
        "Delkategorier": words.subtypes,
        "Behov": words.needs,
        "Kommun": words.municipalities,
        "Kön": GENDERS,
        "Regiform": FORMS,
        "Prisenhet": RATE_UNITS,
        "Juridisk form": LEGAL_FORMS,
        "Ägarform": OWNERSHIPS,
    }
    columns = [list(dict.fromkeys(names.values())) for names in lists.values()]
    longest = max(len(column) for column in columns)
    filled = [column + [""] * (longest - len(column)) for column in columns]
    return list(lists), [list(row) for row in zip(*filled, strict=True)]


@require_safe
@for_those_who(Capability.KEEP_REGISTER)
def workbook(_request: WallRequest) -> HttpResponse:
    sheets = table_sheets()
    rows = described(register_document()[1], sheets)
    tables = [(sheet.title, sheet.headings, rows[sheet.slug]) for sheet in sheets.all]
    return _file(as_workbook(tables), WORKBOOK, f"registret-{clock.today()}.xlsx")


@require_safe
@for_those_who(Capability.KEEP_REGISTER)
def one_kind(_request: WallRequest, slug: str) -> HttpResponse:
    sheets = table_sheets()
    sheet = next((sheet for sheet in sheets.all if sheet.slug == slug), None)
    if sheet is None:
        raise Http404
    rows = described(register_document()[1], sheets)[slug]
    return _file(as_csv(sheet.headings, rows), "text/csv", f"{slug}-{clock.today()}.csv")


@require_safe
@for_those_who(Capability.KEEP_REGISTER)
def everything(_request: WallRequest) -> HttpResponse:
    text = json.dumps(register_document()[1], ensure_ascii=False, indent=1)
    return _file(f"{text}\n".encode(), "application/json", f"registret-{clock.today()}.json")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
