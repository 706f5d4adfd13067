"""Agreements with their lots, the units in them and their dated prices."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from providers.actions import REMOVED
from providers.models import Agreement, AgreementLot, AgreementUnit, CareUnit, Price, RateUnit
from providers.queries import keeping, pages
from providers.web.keeping.forms.base import (
    SHORT,
    Keeping,
    KeepingForm,
    day_field,
    member_choices,
    new_code,
)
from providers.web.keeping.forms.unit import check_period
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording
from spink.web.forms import Form


class AgreementForm(KeepingForm):
    part = "agreement"
    plannable = True
    codes = {"parties": member_choices}

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = (
            "name",
            "provision_form",
            "reference",
            "parties",
            "valid_from",
            "valid_to",
        )
        help_texts = {
            "reference": _("The number of the procurement or of the agreement."),
            "parties": _("The municipalities that may order from the agreement."),
            "valid_to": _("The last day. To end the agreement ahead of time, give an earlier one."),
        }

    name = forms.CharField(label=_("name"), max_length=200)
    parties = forms.MultipleChoiceField(
        label=_("contracting municipalities"),
        error_messages={"required": _("Choose at least one municipality")},
    )
    valid_from = day_field(_("valid from"), required=True)
    provider_code = forms.CharField(
        label=_("Provider's code"),
        required=False,
        max_length=60,
        help_text=_("Where the whole agreement is with one provider."),
        widget=forms.TextInput(attrs=SHORT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provider = self.instance.provider
        self.initial["provider_code"] = provider.code if provider else ""
        self.fields["provision_form"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_period(self, cleaned, "valid_from", "valid_to")
        code = (cleaned.get("provider_code") or "").strip()
        self.provider_id = None
        if code:
            provider = pages.provider_by_code(code)
            if provider is None:
                self.add_error("provider_code", _("No provider has this code."))
            else:
                self.provider_id = provider.pk
        return cleaned

    def values(self) -> dict[str, Any]:
        values = super().values()
        if "provider_code" in values:
            del values["provider_code"]
            values["provider_id"] = self.provider_id
        return values

    def watched(self) -> list[str]:
        return [name for name in super().watched() if name != "provider_code"] + ["provider_id"]


class NewAgreementForm(AgreementForm):
    plannable = False

    class Meta(AgreementForm.Meta):
        fields: tuple[str, ...] = ("name", "code", *AgreementForm.Meta.fields[1:])

    code = new_code()


class EndAgreementForm(KeepingForm):
    part = "agreement"

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = ("valid_to",)

    valid_to = day_field(
        _("Last day"), _("The last day on which the agreement holds."), required=True
    )

    def clean_valid_to(self) -> date:
        last: date = self.cleaned_data["valid_to"]
        if self.instance.valid_from and last < self.instance.valid_from:
            raise ValidationError(
                _("The agreement holds from %(day)s: it cannot end before that.")
                % {"day": wording.day(self.instance.valid_from)}
            )
        return last


class LotForm(KeepingForm):
    part = "lot"
    plannable = True

    class Meta:
        model = AgreementLot
        fields: tuple[str, ...] = ("name", "service_type", "subtypes")
        help_texts = {"subtypes": _("None chosen: all of the service's.")}

    subtypes = forms.MultipleChoiceField(
        label=_("subtypes"),
        required=False,
        help_text=_("None chosen: all of the service's."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        service = self.instance.service_type if self.instance.pk else None
        known = catalogue.subtypes_by_service(clock.today())
        choices: Any = (
            [(one.code, one.name) for one in known.get(service.code, [])] if service else []
        )
        if service is None:
            names = {one.code: one.name for one in catalogue.all_services()}
            choices = [
                (names[code], [(one.code, one.name) for one in subtypes])
                for code, subtypes in known.items()
            ]
        else:
            listed = {code for code, _name in choices}
            choices += [(one, one) for one in self.instance.subtypes if one not in listed]
            del self.fields["service_type"]
        subtypes_field: Any = self.fields["subtypes"]
        subtypes_field.choices = choices
        if "service_type" in self.fields:
            self.fields["service_type"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        service = cleaned.get("service_type") or self.instance.service_type
        known = catalogue.subtype_codes().get(service.code, frozenset()) if service else frozenset()
        if service and not set(cleaned.get("subtypes") or ()) <= known:
            self.add_error("subtypes", _("A subtype belongs to another service."))
        return cleaned


class NewLotForm(LotForm):
    plannable = False

    class Meta(LotForm.Meta):
        fields: tuple[str, ...] = ("code", *LotForm.Meta.fields)

    code = forms.CharField(
        label=capfirst(_("code")),
        max_length=60,
        help_text=_("The lot's number or letter in the agreement."),
        widget=forms.TextInput(attrs=SHORT),
    )

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if self.agreement.lots.filter(code=code).exists():
            raise ValidationError(_("The agreement has a lot with this code already."))
        return code


class RankForm(KeepingForm):
    part = "agreed"
    plannable = True

    class Meta:
        model = AgreementUnit
        fields: tuple[str, ...] = ("rank",)
        help_texts = {"rank": _("Its place in the lot. Empty: no ranking.")}


class AgreeForm(KeepingForm):
    """A unit into a lot, with its first price."""

    part = "agreed"

    class Meta:
        model = AgreementUnit
        fields: tuple[str, ...] = ("lot", "rank")
        help_texts = {"rank": _("Its place in the lot. Empty: no ranking.")}

    rate = forms.DecimalField(
        label=_("rate"), min_value=0, max_digits=12, decimal_places=2, help_text=_("Kronor.")
    )
    rate_unit = forms.ChoiceField(label=_("rate unit"), choices=RateUnit.choices)
    price_from = day_field(_("The price holds from"), _("Empty: from the agreement's first day."))

    def __init__(self, *args: Any, unit: CareUnit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lots = keeping.lots_open_to(unit, clock.today())
        field: Any = self.fields["lot"]
        field.queryset = AgreementLot.objects.filter(pk__in=[lot.pk for lot in lots])
        field.choices = [("", "–"), *((lot.pk, _lot_name(lot)) for lot in lots)]
        self.has_lots = bool(lots)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("lot") and cleaned.get("price_from"):
            check_within(self, "price_from", cleaned["price_from"], cleaned["lot"].agreement)
        return cleaned

    def values(self) -> dict[str, Any]:
        return {"lot_id": self.cleaned_data["lot"].pk, "rank": self.cleaned_data["rank"]}

    def price(self) -> dict[str, Any]:
        return {
            "rate": self.cleaned_data["rate"],
            "rate_unit": self.cleaned_data["rate_unit"],
            "valid_from": self.cleaned_data["price_from"],
        }


class NewPriceForm(KeepingForm):
    """A price from a day; the one before it holds until the day before."""

    part = "price"

    class Meta:
        model = Price
        fields: tuple[str, ...] = ("rate", "rate_unit", "valid_from")
        help_texts = {"rate": _("Kronor.")}

    rate_unit = forms.ChoiceField(label=_("rate unit"), choices=RateUnit.choices)
    valid_from = day_field(
        _("The price holds from"),
        _("The price before it holds until the day before."),
        required=True,
    )

    def __init__(self, *args: Any, agreed: AgreementUnit, **kwargs: Any) -> None:
        super().__init__(*args, owner=agreed, **kwargs)
        self.agreed = agreed

    def clean_valid_from(self) -> date:
        day: date = self.cleaned_data["valid_from"]
        if self.agreed.prices.filter(valid_from=day).exists():
            raise ValidationError(_("Another price holds from that day. Correct that one instead."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("valid_from"):
            check_within(self, "valid_from", cleaned["valid_from"], self.agreed.lot.agreement)
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.told}


class PriceForm(KeepingForm):
    """A price that was written down wrongly."""

    part = "price"

    class Meta:
        model = Price
        fields: tuple[str, ...] = ("rate", "rate_unit")
        help_texts = {"rate": _("Kronor.")}

    rate_unit = forms.ChoiceField(label=_("rate unit"), choices=RateUnit.choices)


def check_within(form: Any, name: str, day: date, agreement: Agreement) -> None:
    """A price holds within its agreement's period."""
    if agreement.valid_from and day < agreement.valid_from:
        form.add_error(
            name,
            _("The agreement begins %(day)s.") % {"day": wording.day(agreement.valid_from)},
        )
    if agreement.valid_to and day > agreement.valid_to:
        form.add_error(
            name, _("The agreement ends %(day)s.") % {"day": wording.day(agreement.valid_to)}
        )


def _lot_name(lot: AgreementLot) -> str:
    service = lot.service_type.name if lot.service_type else ""
    parts = (lot.agreement.name or lot.agreement.code, lot.name or lot.code, service)
    return ", ".join(part for part in parts if part)


class LeaveForm(Keeping, Form):
    """A unit leaves a lot, now or on a later day."""

    part = "agreed"
    plannable = True

    def __init__(self, data: Any, *, agreed: AgreementUnit) -> None:
        super().__init__(data)
        self.carry(agreed)

    def values(self) -> dict[str, Any]:
        return {REMOVED: True}


class RemovePriceForm(Keeping, Form):
    part = "price"

    def __init__(self, data: Any, *, price: Price) -> None:
        super().__init__(data)
        self.carry(price)

    def values(self) -> dict[str, Any]:
        return {REMOVED: True}
