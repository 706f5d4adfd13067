"""Every excluded unit with all its reasons; nothing is left out silently."""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from placements import policies
from placements.domain.lifecycle import Step
from placements.matching.differences import Differences
from placements.matching.excluded import excluded_rows, row_of_service
from placements.matching.outcome import Outcome
from placements.matching.reasons import Reason
from placements.models import PlacementRequest
from placements.web.placing.match.differing import Telling, detail
from placements.web.placing.match.near import exception_url
from placements.web.placing.match.reading import match_of
from placements.web.placing.match.units import unit_url, where
from placements.web.placing.opening import about_request
from placements.web.placing.words import REASONS
from placements.web.shared.head import head_of
from providers import queries as register
from providers.queries import UnitCard
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest
from spink.catalogue.wording import rung_name
from spink.foundation import clock
from spink.web.filtering import ChosenFilter, without, word_of
from spink.web.forms import Form

ROWS_A_PAGE = 50
NEAR = "near"


class ExcludedForm(Form):
    q = forms.CharField(
        label=gettext_lazy("Unit or provider"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[
            ("", gettext_lazy("Every reason")),
            (NEAR, gettext_lazy("A single reason: nearly fit")),
            *REASONS.items(),
        ],
        required=False,
    )


@dataclass(frozen=True, slots=True)
class ShownReason:
    text: str
    detail: str


@dataclass(frozen=True, slots=True)
class ShownExcluded:
    name: str
    url: str
    under: str
    form: str
    reasons: list[ShownReason]
    exception_url: str


@require_safe
@about_request
def excluded(request: WallRequest, placement: PlacementRequest) -> HttpResponse:
    reading = match_of(placement)
    outcome = reading.matched.outcome
    form = ExcludedForm(request.GET)
    form.is_valid()
    rows = _rows(outcome, form.cleaned_data)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "head": head_of(
            placement,
            current="match",
            service=reading.names.service,
            asked=len(reading.inquiries),
        ),
        "form": form,
        "chosen": _chosen(form, request.GET),
        "page_of": page,
        "rows": _shown(
            list(page.object_list),
            reading.differences,
            reading.telling,
            reference=placement.reference
            if policies.can_take_step(Step.RECOMMEND, placement, request.reach)
            else "",
        ),
        "found": len(rows),
        "excluded_count": outcome.counts()["excluded"],
        "register_number": reading.matched.register_number,
        "shown_at": clock.now(),
    }
    return render(request, "placements/placing/excluded.html", context)


def _rows(outcome: Outcome, given: dict[str, object]) -> list[int]:
    text, reason = str(given.get("q") or ""), str(given.get("reason") or "")
    found: list[int] = excluded_rows(
        outcome,
        reason=None if reason in ("", NEAR) else Reason(reason),
        near=reason == NEAR,
        among=register.codes_containing(text) if text else None,
    ).tolist()
    return found


def _chosen(form: ExcludedForm, data: QueryDict) -> list[ChosenFilter]:
    """Each in the words of its field."""
    return [
        ChosenFilter(word_of(form, name, given), without(data, name, "page"))
        for name, given in form.cleaned_data.items()
        if given
    ]


def _shown(
    rows: list[int], differences: Differences, telling: Telling, *, reference: str
) -> list[ShownExcluded]:
    """`reference` is empty for one who cannot recommend."""
    outcome = differences.outcome
    codes = {row: outcome.register.ids[row] for row in rows}
    cards = register.unit_cards(codes.values())
    municipalities = accounts.municipality_names({card.municipality for card in cards.values()})
    shown = []
    for row, code in codes.items():
        card = cards.get(code)
        at = row_of_service(outcome, row)
        form = None if at is None else differences.form(at)
        shown.append(
            ShownExcluded(
                name=card.name if card else code,
                url=unit_url(code),
                under=_under(card, municipalities),
                form=rung_name(form) if form else "",
                reasons=_reasons(at, differences, telling),
                exception_url=""
                if at is None or not reference
                else exception_url(differences.reasons(at), code, reference),
            )
        )
    return shown


def _under(card: UnitCard | None, municipalities: dict[str, str]) -> str:
    return where(card, municipalities) if card else ""


def _reasons(at: int | None, differences: Differences, telling: Telling) -> list[ShownReason]:
    if at is None:
        return [ShownReason(str(REASONS[Reason.WRONG_SERVICE]), "")]
    return [
        ShownReason(str(REASONS[reason]), detail(differences.of(at, reason), telling))
        for reason in differences.reasons(at)
    ]
