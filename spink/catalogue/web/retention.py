"""Classes of retention as administrators keep them: how long, from when, and on what it rests."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spink.accounts.web.keeping import Column, Kept, KeptForm
from spink.catalogue.models import RetentionClass, RetentionTerm
from spink.catalogue.web.overlaps import overlaps_none
from spink.catalogue.web.words import DATES, DATES_HELP, NAMES
from spink.catalogue.wording import term_said
from spink.foundation import clock


class RetentionClassForm(KeptForm):
    """What the years are counted from stands with the software, which counts them."""

    fixed = ("counted_from",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_en"].required = True

    class Meta:
        model = RetentionClass
        fields = ("counted_from", *NAMES, "basis_sv", "basis_en", "verified_on")
        labels = {
            **NAMES,
            "counted_from": _("Counted from"),
            "basis_sv": _("What it rests on, in Swedish"),
            "basis_en": _("What it rests on, in English"),
            "verified_on": _("Checked against the law on"),
        }
        help_texts = {"verified_on": _("Leave empty until somebody has checked.")}


class RetentionTermForm(KeptForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        least = term_said(self.instance.retention_class.least)
        self.fields["disposal"].help_text = _("At least: %(least)s.") % {"least": least}

    class Meta:
        model = RetentionTerm
        fields = ("disposal", "years", *DATES)
        labels = {**DATES, "disposal": _("Disposed of"), "years": _("Number of years")}
        help_texts = {**DATES_HELP, "years": _("Only where years are counted.")}


def term_may_be_set(term: RetentionTerm) -> None:
    least = term.retention_class.least
    if not term.term.is_at_least(least):
        said = {"least": term_said(least)}
        raise ValidationError({"disposal": _("It may not be shorter. At least: %(least)s.") % said})
    overlaps_none(term, retention_class=term.retention_class)


def _now(row: RetentionClass) -> str:
    term = row.term_on(clock.today())
    return term_said(term.term) if term else str(_("Not set: kept"))


CLASSES = Kept(
    slug="retention",
    form=RetentionClassForm,
    title=_("Retention classes"),
    empty=_("There are no retention classes yet: load the catalogue."),
    about=_("How long requests, documents, messages and logs are kept, and on what that rests."),
    note=_(
        "Nothing is disposed of yet. What is set here is what disposal will go by once there is "
        "one, with a list to look through and somebody's approval."
    ),
    columns=(
        Column(label=_("Disposed of"), value=_now),
        Column(label=_("Counted from"), value=lambda row: row.get_counted_from_display()),
        Column(label=_("At least"), value=lambda row: term_said(row.least)),
        Column(label=_("Rests on"), value=lambda row: row.basis, wide=True),
    ),
    children=("retention-terms",),
    prefetched=("terms",),
    position=38,
)
TERMS = Kept(
    slug="retention-terms",
    form=RetentionTermForm,
    title=_("How long"),
    new=_("New term"),
    empty=_("Nothing is set: all of the class is kept."),
    parent="retention_class",
    named=lambda row: term_said(row.term),
    joined=("retention_class",),
    check=term_may_be_set,
)
