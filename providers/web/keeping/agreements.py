"""Agreements with their lots, units and prices: read by everybody, kept by the keepers."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from providers import actions, policies
from providers.models import Agreement, AgreementLot, AgreementUnit, Price
from providers.queries import keeping, pages
from providers.web import words
from providers.web.filters import AgreementFilter
from providers.web.keeping.flow import Page, kept
from providers.web.keeping.forms import agreements as forms
from providers.web.keeping.opening import for_keepers, for_keepers_reading, or_404
from providers.web.keeping.plans import shown_plans
from providers.web.keeping.units import unit_trail
from providers.web.opening import for_register_readers
from providers.web.trail import Crumb, register_tabs
from providers.web.unit_page import ShownPrice, holds_on, shown_prices
from providers.web.units import ROWS_A_PAGE
from spink.accounts import queries as accounts
from spink.accounts.middleware import WallRequest
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording
from spink.web.filtering import chosen_filters


@dataclass(frozen=True, slots=True)
class AgreementRow:
    pk: int
    name: str
    under: str
    form: str
    period: str
    state: tuple[str, str]
    units: int


@dataclass(frozen=True, slots=True)
class LotRow:
    pk: int
    name: str
    service: str
    subtypes: str
    units: int


@dataclass(frozen=True, slots=True)
class AgreedRow:
    pk: int
    code: str
    name: str
    provider: str
    rank: int | None
    prices: list[ShownPrice]


def state_of(agreement: Agreement) -> tuple[str, str]:
    today = clock.today()
    if agreement.valid_to and agreement.valid_to < today:
        return "none", _("Ended")
    if agreement.valid_from and agreement.valid_from > today:
        return "new", _("To come")
    return "done", _("In force")


@for_register_readers
def agreement_list(request: WallRequest) -> HttpResponse:
    filterset = AgreementFilter(request.GET, keeping.agreements())
    page = Paginator(filterset.qs, ROWS_A_PAGE).get_page(request.GET.get("page"))
    can_keep = policies.can_keep_register(request.reach)
    context = {
        "tabs": register_tabs("agreements", request.reach),
        "filter": filterset,
        "chosen": chosen_filters(filterset),
        "page_of": page,
        "rows": [_row(one) for one in page.object_list],
        "can_keep": can_keep,
    }
    return render(request, "providers/agreements.html", context)


def _row(agreement: Any) -> AgreementRow:
    under = [agreement.reference, agreement.provider.name if agreement.provider else ""]
    return AgreementRow(
        agreement.pk,
        str(agreement),
        ", ".join(part for part in under if part),
        agreement.get_provision_form_display(),
        words.period(agreement.valid_from, agreement.valid_to),
        state_of(agreement),
        agreement.unit_count,
    )


@for_register_readers
def agreement_page(request: WallRequest, agreement_id: int) -> HttpResponse:
    agreement = or_404(keeping.agreement_by_id(agreement_id))
    can_keep = policies.can_keep_register(request.reach)
    page = Paginator(keeping.lots_of(agreement), ROWS_A_PAGE).get_page(request.GET.get("page"))
    parties = accounts.municipality_names(agreement.parties)
    plans = keeping.waiting_changes(part="agreement", row_id=agreement.pk)
    context = {
        "agreement": agreement,
        "period": words.period(agreement.valid_from, agreement.valid_to),
        "state": state_of(agreement),
        "parties": wording.listed([parties.get(code, code) for code in agreement.parties]),
        "page_of": page,
        "lots": _lots(page.object_list),
        "plans": shown_plans(plans, can_cancel=can_keep),
        "can_keep": can_keep,
        "trail": agreement_trail(agreement),
    }
    return render(request, "providers/agreement.html", context)


def _lots(lots: Any) -> list[LotRow]:
    listed = list(lots)
    names = catalogue.names({code for lot in listed for code in lot.subtypes}, of="subtype")
    return [
        LotRow(
            lot.pk,
            lot.name or lot.code,
            lot.service_type.name if lot.service_type else "",
            wording.listed([names[code] for code in lot.subtypes]),
            lot.unit_count,
        )
        for lot in listed
    ]


@for_register_readers
def lot_page(request: WallRequest, lot_id: int) -> HttpResponse:
    lot = or_404(keeping.lot_by_id(lot_id))
    can_keep = policies.can_keep_register(request.reach)
    page = Paginator(keeping.agreed_in(lot), ROWS_A_PAGE).get_page(request.GET.get("page"))
    subtypes = catalogue.names(lot.subtypes, of="subtype")
    plans = keeping.waiting_changes(part="lot", row_id=lot.pk)
    context = {
        "lot": lot,
        "name": lot.name or lot.code,
        "subtypes": wording.listed([subtypes[code] for code in lot.subtypes]),
        "holds": holds_on(lot.agreement, clock.today()),
        "page_of": page,
        "rows": [_agreed(one, lot.agreement) for one in page.object_list],
        "plans": shown_plans(plans, can_cancel=can_keep),
        "can_keep": can_keep,
        "trail": agreement_trail(lot.agreement, lot.name or lot.code),
    }
    return render(request, "providers/lot.html", context)


def _agreed(one: AgreementUnit, agreement: Agreement) -> AgreedRow:
    prices = shown_prices(list(one.prices.all()), agreement.valid_from, clock.today())
    return AgreedRow(one.pk, one.unit.code, one.unit.name, one.unit.provider.name, one.rank, prices)


def agreement_trail(agreement: Agreement, *more: str) -> list[Crumb]:
    here = Crumb(str(agreement))
    if more:
        here = Crumb(str(agreement), "providers:agreement", (agreement.pk,))
    return [
        Crumb(_("Register"), "providers:units"),
        Crumb(_("Agreements"), "providers:agreements"),
        here,
        *(Crumb(label) for label in more),
    ]


@for_keepers
def new_agreement(request: WallRequest) -> HttpResponse:
    title = _("New agreement")
    page = Page(
        title=title,
        form=forms.NewAgreementForm(request.POST or None),
        row_id=None,
        back=lambda agreement: reverse("providers:agreement", args=[agreement.pk]),
        cancel=reverse("providers:agreements"),
        trail=[
            Crumb(_("Register"), "providers:units"),
            Crumb(_("Agreements"), "providers:agreements"),
            Crumb(title),
        ],
        intro=_("Lots, units and prices are added on the agreement's page."),
    )
    return kept(request, page)


@for_keepers
def change_agreement(request: WallRequest, agreement_id: int) -> HttpResponse:
    agreement = or_404(keeping.agreement_by_id(agreement_id))
    form = forms.AgreementForm(request.POST or None, instance=agreement)
    return kept(request, _agreement_form(agreement, form, _("Change the agreement")))


@for_keepers
def end_agreement(request: WallRequest, agreement_id: int) -> HttpResponse:
    """Ahead of time or not: the agreement's last day."""
    agreement = or_404(keeping.agreement_by_id(agreement_id))
    form = forms.EndAgreementForm(request.POST or None, instance=agreement)
    page = _agreement_form(agreement, form, _("End the agreement"))
    page.is_danger = True
    page.touches = _touched_by(agreement)
    return kept(request, page)


def _agreement_form(agreement: Agreement, form: Any, title: str) -> Page:
    plans = keeping.waiting_changes(part="agreement", row_id=agreement.pk)
    return Page(
        title=title,
        form=form,
        row_id=agreement.pk,
        back=reverse("providers:agreement", args=[agreement.pk]),
        trail=agreement_trail(agreement, title),
        reference=agreement.reference or agreement.code,
        context={"about": str(agreement), "plans": shown_plans(plans, can_cancel=False)},
    )


def _touched_by(agreement: Agreement) -> list[str]:
    lots: list[Any] = list(keeping.lots_of(agreement))
    units = sum(lot.unit_count for lot in lots)
    return [
        _("Lots in the agreement: %(lots)d. Units in them: %(units)d.")
        % {"lots": len(lots), "units": units}
    ]


@for_keepers
def new_lot(request: WallRequest, agreement_id: int) -> HttpResponse:
    agreement = or_404(keeping.agreement_by_id(agreement_id))
    title = _("New lot")
    page = Page(
        title=title,
        form=forms.NewLotForm(request.POST or None, agreement=agreement),
        row_id=None,
        back=lambda lot: reverse("providers:lot", args=[lot.pk]),
        cancel=reverse("providers:agreement", args=[agreement.pk]),
        trail=agreement_trail(agreement, title),
        always={"agreement_id": agreement.pk},
        context={"about": str(agreement)},
    )
    return kept(request, page)


@for_keepers
def change_lot(request: WallRequest, lot_id: int) -> HttpResponse:
    lot = or_404(keeping.lot_by_id(lot_id))
    title = _("Change the lot")
    plans = keeping.waiting_changes(part="lot", row_id=lot.pk)
    page = Page(
        title=title,
        form=forms.LotForm(request.POST or None, instance=lot),
        row_id=lot.pk,
        back=reverse("providers:lot", args=[lot.pk]),
        trail=agreement_trail(lot.agreement, lot.name or lot.code, title),
        context={
            "about": f"{lot.agreement}, {lot.name or lot.code}",
            "plans": shown_plans(plans, can_cancel=False),
        },
    )
    return kept(request, page)


@for_keepers
def agree(request: WallRequest, code: str) -> HttpResponse:
    """A unit into a lot of one of its services."""
    unit = or_404(pages.unit_by_code(code))
    title = _("Add to an agreement")
    form = forms.AgreeForm(request.POST or None, unit=unit)
    page = Page(
        title=title,
        form=form,
        row_id=None,
        back=reverse("providers:unit", args=[unit.code]),
        trail=unit_trail(unit, title),
        reference=unit.code,
        intro=""
        if form.has_lots
        else _("No agreement has a lot for the unit's services that it is not in already."),
        act=lambda typed, by: actions.agree(
            unit_id=unit.pk, agreed=typed.values(), price=typed.price(), by=by
        ),
        context={"about": unit.name},
    )
    return kept(request, page)


@for_keepers_reading
def agreed_page(request: WallRequest, agreed_id: int) -> HttpResponse:
    """A unit's place in a lot, with its prices: what can be changed of it."""
    agreed = or_404(keeping.agreed_by_id(agreed_id))
    lot, title = agreed.lot, _("Place in the agreement")
    prices = list(agreed.prices.all())
    plans = keeping.waiting_changes(part="agreed", row_id=agreed.pk)
    shown = shown_prices(prices, lot.agreement.valid_from, clock.today())
    context = {
        "agreed": agreed,
        "lot": lot,
        "lot_name": lot.name or lot.code,
        "period": words.period(lot.agreement.valid_from, lot.agreement.valid_to),
        "prices": [
            (price, said, _is_to_come(price)) for price, said in zip(prices, shown, strict=True)
        ],
        "holds": holds_on(lot.agreement, clock.today()),
        "plans": shown_plans(plans, can_cancel=True),
        "trail": unit_trail(agreed.unit, title),
    }
    return render(request, "providers/keeping/agreed.html", context)


@for_keepers
def change_agreed(request: WallRequest, agreed_id: int) -> HttpResponse:
    """The unit's rank; its prices, and leaving the lot, have pages of their own."""
    agreed = or_404(keeping.agreed_by_id(agreed_id))
    title = _("Rank in the lot")
    form = forms.RankForm(request.POST or None, instance=agreed)
    return kept(request, _agreed_form(agreed, form, title, row_id=agreed.pk))


@for_keepers
def leave_lot(request: WallRequest, agreed_id: int) -> HttpResponse:
    """The unit leaves the lot, now or on a later day; the diary keeps that it was there."""
    agreed = or_404(keeping.agreed_by_id(agreed_id))
    form = forms.LeaveForm(request.POST or None, agreed=agreed)
    page = _agreed_form(agreed, form, _("Leave the lot"), row_id=agreed.pk)
    page.is_danger = True
    page.back = reverse("providers:unit", args=[agreed.unit.code])
    page.cancel = reverse("providers:agreed", args=[agreed.pk])
    page.act = lambda typed, by: actions.remove_part(
        part="agreed", row_id=agreed.pk, seen=typed.seen_change, by=by
    )
    return kept(request, page)


@for_keepers
def new_price(request: WallRequest, agreed_id: int) -> HttpResponse:
    agreed = or_404(keeping.agreed_by_id(agreed_id))
    form = forms.NewPriceForm(request.POST or None, agreed=agreed)
    page = _agreed_form(agreed, form, _("New price"), row_id=None)
    page.always = {"agreement_unit_id": agreed.pk}
    return kept(request, page)


@for_keepers
def change_price(request: WallRequest, price_id: int) -> HttpResponse:
    price = or_404(keeping.price_by_id(price_id))
    agreed = price.agreement_unit
    form = forms.PriceForm(request.POST or None, instance=price)
    page = _agreed_form(agreed, form, _("Correct the price"), row_id=price.pk)
    page.intro = _(
        "Holds %(period)s. A new price from a later day is added instead of this one."
    ) % {"period": words.period(price.valid_from or agreed.lot.agreement.valid_from, None)}
    return kept(request, page)


@for_keepers
def remove_price(request: WallRequest, price_id: int) -> HttpResponse:
    """A price that has not begun to hold is taken back; one that has been used never."""
    price = or_404(keeping.price_by_id(price_id))
    agreed = price.agreement_unit
    if not _is_to_come(price):
        return redirect("providers:price_change", price.pk)
    form = forms.RemovePriceForm(request.POST or None, price=price)
    page = _agreed_form(agreed, form, _("Take the price back"), row_id=price.pk)
    page.is_danger = True
    page.act = lambda typed, by: actions.remove_part(
        part="price", row_id=price.pk, seen=typed.seen_change, by=by
    )
    return kept(request, page)


def _is_to_come(price: Price) -> bool:
    return price.valid_from is not None and price.valid_from > clock.today()


def _agreed_form(agreed: AgreementUnit, form: Any, title: str, *, row_id: int | None) -> Page:
    lot: AgreementLot = agreed.lot
    return Page(
        title=title,
        form=form,
        row_id=row_id,
        back=lambda _row: reverse("providers:agreed", args=[agreed.pk]),
        trail=unit_trail(agreed.unit, title),
        reference=agreed.unit.code,
        context={"about": f"{agreed.unit.name}, {lot.agreement}, {lot.name or lot.code}"},
    )
