from django import forms
from django.utils.translation import gettext_lazy as _

from placements.domain.sections import Section
from placements.web.filing.forms.base import SectionForm


class ChildForm(SectionForm):
    """What is the child's own, apart from the adult's: the law asks for it child by child."""

    section = Section.CHILD

    best_interests = forms.CharField(
        label=_("The child's best interests"),
        help_text=_("What is best for this child, and how you have judged it."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    childs_view = forms.CharField(
        label=_("The child's own view"),
        help_text=_("What the child has said, or why it could not be asked."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    lives_together = forms.BooleanField(
        label=_("The child is to live together with the adult"),
        help_text=_("If not, a place is sought for the child alone."),
        required=False,
    )

    def prepare(self) -> None:
        if self.request.household_of_id is None:
            del self.fields["lives_together"]
            return
        for name in ("best_interests", "childs_view"):
            self.fields[name].needed_later = True  # type: ignore[attr-defined]
