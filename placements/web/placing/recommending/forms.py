from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placements.models import PlacementRequest
from placements.web.shared.versions import VersionedForm
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock


class RecommendForm(VersionedForm):
    """The reason is asked for only where a rung with a fitting unit is passed."""

    kept_text = "message"
    problems: Sequence[str] = ()
    """What is wrong with the chosen units themselves."""

    skipped_rung_reason = forms.ChoiceField(
        label=gettext_lazy("Why is an earlier rung passed?"),
        help_text=gettext_lazy("The reason is kept with the recommendation for all time."),
        error_messages={
            "required": gettext_lazy("Choose why an earlier rung with a unit that fits is passed")
        },
    )
    message = forms.CharField(
        label=gettext_lazy("Message to the social worker"),
        help_text=gettext_lazy("What speaks for each of them, and what is agreed with them."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        required=False,
    )

    def __init__(
        self,
        data: Any,
        placement: PlacementRequest,
        *,
        asks_reason: bool,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """`typed` is shown again without being judged."""
        super().__init__(data, initial={"version": placement.version})
        if asks_reason:
            self.fields["skipped_rung_reason"].choices = _reasons()  # type: ignore[attr-defined]
        else:
            del self.fields["skipped_rung_reason"]
        self.initial.update({name: typed[name] for name in self.fields if typed and name in typed})

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.problems:
            raise ValidationError(list(self.problems))
        return given


def _reasons() -> list[tuple[str, str]]:
    known = catalogue.reasons(ReasonKind.SKIPPED_RUNG, clock.today())
    return [("", _("Choose a reason")), *((reason.code, reason.name) for reason in known)]
