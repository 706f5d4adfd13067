from django import forms
from django.utils.translation import gettext_lazy as _

from placements.domain.sections import Section
from placements.web.filing.forms.base import SectionForm
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.forms import offer


class MoreForm(SectionForm):
    section = Section.MORE

    description = forms.CharField(
        label=_("What else is important for the match?"),
        help_text=_("Write no more than is needed, and no names of others."),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    disclosure_basis = forms.ChoiceField(
        label=_("On what basis may the details be given to the placement function?"),
        help_text=_("It may be left out where the case is acute or the care compulsory."),
        required=False,
    )
    disclosure_note = forms.CharField(
        label=_("Note on the disclosure"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def prepare(self) -> None:
        reasons = catalogue.reasons(ReasonKind.DISCLOSURE, clock.today())
        rows = [(reason.code, reason.name) for reason in reasons]
        offer(self, "disclosure_basis", [("", _("Choose a basis")), *rows])
