"""The catalogue as administrators keep it: dated, ended and never deleted."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spink.accounts.web.keeping import Column, Kept, KeptForm
from spink.catalogue import queries
from spink.catalogue.models import (
    CheckQuestion,
    CodedReason,
    LegalBasis,
    ServiceRung,
    ServiceSplit,
    ServiceType,
    SpecialNeed,
    Subtype,
)
from spink.catalogue.web import retention
from spink.catalogue.web.overlaps import overlaps_none
from spink.catalogue.web.words import DATES, DATES_HELP, NAMES
from spink.catalogue.wording import RUNGS, rung_name
from spink.foundation import clock
from spink.web import wording

PLACE = {"position": _("Place in lists")}
REFERRAL = {
    "referral_sv": _("Where to turn, in Swedish"),
    "referral_en": _("Where to turn, in English"),
}
CODE = {"code": _("Code")}
CODE_HELP = _("What other systems know it by. It is never changed.")
PLACE_HELP = {"position": _("A lower number stands higher.")}
NAME_FIELDS = ("name_sv", "name_en")
DATE_FIELDS = ("valid_from", "valid_to")


class NamedForm(KeptForm):
    """Both names are asked for: the interface has two languages."""

    fixed: tuple[str, ...] = ("code",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_en"].required = True


class ServiceForm(NamedForm):
    class Meta:
        model = ServiceType
        fields = (
            *("code", *NAME_FIELDS, "area", "is_requested", *REFERRAL),
            *("subtype_required", "asks_drug_free", "points_to_sis_shortage"),
            *("position", *DATE_FIELDS),
        )
        labels = {
            **(CODE | NAMES | REFERRAL | DATES | PLACE),
            "area": _("Category area"),
            "is_requested": _("Requests are filed here"),
            "asks_drug_free": _("Asks whether the placement is to be drug-free"),
            "subtype_required": _("A subtype must be chosen"),
            "points_to_sis_shortage": _("Reminds of the mark for a shortage of SiS places"),
        }
        help_texts = {**(DATES_HELP | PLACE_HELP), "code": CODE_HELP, "is_requested": ""}


class SubtypeForm(NamedForm):
    class Meta:
        model = Subtype
        fields = ("code", *NAME_FIELDS, "position", *DATE_FIELDS)
        labels = CODE | NAMES | DATES | PLACE
        help_texts = {**(DATES_HELP | PLACE_HELP), "code": CODE_HELP}


class RungForm(KeptForm):
    fixed = ("provision_form",)

    provision_form = forms.ChoiceField(label=_("Rung"), choices=list(RUNGS.items()))

    class Meta:
        model = ServiceRung
        fields = ("provision_form", *DATE_FIELDS)
        labels = DATES
        help_texts = DATES_HELP


class SplitForm(KeptForm):
    class Meta:
        model = ServiceSplit
        fields = ("own_share", *DATE_FIELDS)
        labels = {**DATES, "own_share": _("Share of new assignments to own units")}
        help_texts = {**DATES_HELP, "own_share": _("From 0 to 1: 0.5 is half of them.")}


class NeedForm(NamedForm):
    class Meta:
        model = SpecialNeed
        fields = ("code", *NAME_FIELDS, "position", *DATE_FIELDS)
        labels = CODE | NAMES | DATES | PLACE
        help_texts = {**(DATES_HELP | PLACE_HELP), "code": CODE_HELP}


class LegalBasisForm(NamedForm):
    class Meta:
        model = LegalBasis
        fields = (
            *("code", *NAME_FIELDS, "law", "section", "is_compulsory", "is_handled_here"),
            *(*REFERRAL, "verified_on", "position", *DATE_FIELDS),
        )
        labels = {
            **(CODE | NAMES | REFERRAL | DATES | PLACE),
            "law": _("Law"),
            "section": _("Section"),
            "is_compulsory": _("Without consent"),
            "is_handled_here": _("Handled here"),
            "verified_on": _("Checked against the law on"),
        }
        help_texts = {**(DATES_HELP | PLACE_HELP), "code": CODE_HELP}


class ReasonForm(NamedForm):
    fixed = ("kind", "code")

    class Meta:
        model = CodedReason
        fields = ("kind", "code", *NAME_FIELDS, "position", *DATE_FIELDS)
        labels = {**(CODE | NAMES | DATES | PLACE), "kind": _("What the reason is for")}
        help_texts = {**(DATES_HELP | PLACE_HELP), "code": CODE_HELP}


class QuestionForm(NamedForm):
    class Meta:
        model = CheckQuestion
        fields = ("code", *NAME_FIELDS, "about", "position", *DATE_FIELDS)
        labels = {
            **(CODE | DATES | PLACE),
            "name_sv": _("Question in Swedish"),
            "name_en": _("Question in English"),
            "about": _("What the system shows beside it"),
        }
        help_texts = {
            **(DATES_HELP | PLACE_HELP),
            "code": CODE_HELP,
            "name_sv": _("To be answered by yes or no, where yes is as it should be."),
        }


def rung_overlaps_none(rung: ServiceRung) -> None:
    overlaps_none(rung, service_type=rung.service_type, provision_form=rung.provision_form)


def split_overlaps_none(split: ServiceSplit) -> None:
    overlaps_none(split, service_type=split.service_type)


SERVICES = Kept(
    slug="services",
    form=ServiceForm,
    title=_("Services"),
    new=_("New service"),
    empty=_("There are no services yet."),
    about=_("With subtypes, the rungs of the ladder that exist for each, and decided splits."),
    columns=(
        Column(label=_("Category area"), value=lambda row: row.get_area_display()),
        Column(
            label=_("Requests are filed here"),
            value=lambda row: _("yes") if row.is_requested else _("no"),
        ),
    ),
    children=("subtypes", "rungs", "splits"),
    searched=("name_sv", "name_en", "code"),
    narrowed_by="area",
    position=30,
)
SUBTYPES = Kept(
    slug="subtypes",
    form=SubtypeForm,
    title=_("Subtypes"),
    new=_("New subtype"),
    empty=_("The service has no subtypes."),
    parent="service_type",
    columns=(Column(label=_("Code"), value=lambda row: row.code),),
    joined=("service_type",),
)
RUNGS_OF_SERVICES = Kept(
    slug="rungs",
    form=RungForm,
    title=_("Rungs"),
    new=_("New rung"),
    empty=_("No rung exists for the service: no unit can be recommended."),
    parent="service_type",
    named=lambda row: rung_name(row.provision_form),
    joined=("service_type",),
    check=rung_overlaps_none,
)
SPLITS = Kept(
    slug="splits",
    form=SplitForm,
    title=_("Decided splits"),
    new=_("New split"),
    empty=_("No split is decided for the service."),
    parent="service_type",
    named=lambda row: _("%(share)s to own units") % {"share": wording.percent(row.own_share)},
    joined=("service_type",),
    check=split_overlaps_none,
)
NEEDS = Kept(
    slug="needs",
    form=NeedForm,
    title=_("Special needs"),
    new=_("New special need"),
    empty=_("There are no special needs yet."),
    about=_("What a request may ask for, and a unit meet or not."),
    columns=(Column(label=_("Code"), value=lambda row: row.code),),
    searched=("name_sv", "name_en", "code"),
    position=32,
)
LEGAL_BASES = Kept(
    slug="legal-bases",
    form=LegalBasisForm,
    title=_("Legal bases"),
    new=_("New legal basis"),
    empty=_("There are no legal bases yet."),
    about=_("The sections of law on which decisions rest."),
    columns=(
        Column(label=_("Law"), value=lambda row: row.law),
        Column(label=_("Section"), value=lambda row: row.section),
    ),
    searched=("name_sv", "name_en", "law", "section"),
    position=34,
)
REASONS = Kept(
    slug="reasons",
    form=ReasonForm,
    title=_("Coded reasons"),
    new=_("New reason"),
    empty=_("There are no reasons yet."),
    about=_("What is chosen from when somebody must say why."),
    columns=(Column(label=_("What the reason is for"), value=lambda row: row.get_kind_display()),),
    searched=("name_sv", "name_en", "code"),
    narrowed_by="kind",
    position=36,
)
QUESTIONS = Kept(
    slug="check-questions",
    form=QuestionForm,
    title=_("Questions of the self-check"),
    new=_("New question"),
    empty=_("There are no questions yet: no sample can be drawn."),
    about=_("What officers ask of each other's handled requests."),
    note=_(
        "A sample keeps the questions of the day on which it was drawn. To ask another thing, end"
        " the question and begin a new one: then the results over time are told apart."
    ),
    columns=(Column(label=_("Shown beside it"), value=lambda row: row.get_about_display()),),
    searched=("name_sv", "name_en", "code"),
    position=54,
)
ALL = (
    *(SERVICES, SUBTYPES, RUNGS_OF_SERVICES, SPLITS, NEEDS, LEGAL_BASES, REASONS, QUESTIONS),
    *(retention.CLASSES, retention.TERMS),
)


def services_of_teams() -> list[tuple[str, str]]:
    """The services that requests are filed for today."""
    return [(one.code, one.name) for one in queries.requestable_services(clock.today())]
