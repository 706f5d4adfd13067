from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from placements.actions import AskedException
from placements.models import PlacementRequest
from placements.web.placing.recommending.excepting import AskedFor
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.forms import texts_of
from spink.web.versions import VersionedForm


class RecommendForm(VersionedForm):
    """The reason is asked for only where a unit that comes first is passed."""

    kept_text = "message"
    problems: Sequence[str] = ()
    """What is wrong with the chosen units themselves."""

    skipped_rung_reason = forms.ChoiceField(
        label=gettext_lazy("Why do you pass those that come first?"),
        help_text=gettext_lazy("The reason is kept with the recommendation for all time."),
        error_messages={"required": gettext_lazy("Choose why you pass those that come first")},
    )
    whole_household = forms.BooleanField(
        label=gettext_lazy("Recommend the same to the whole household"),
        help_text=gettext_lazy("Those who are to live together get one recommendation each."),
        required=False,
        initial=True,
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
        exceptions: Sequence[AskedFor] = (),
        has_household: bool = False,
        typed: Mapping[str, Any] | None = None,
    ) -> None:
        """`typed` is shown again without being judged."""
        super().__init__(data, initial={"version": placement.version})
        self._exceptions = exceptions
        for number, one in enumerate(exceptions):
            self._ask_for_exception(f"exception_{number}", one)
        if asks_reason:
            self.fields["skipped_rung_reason"].choices = _reasons()  # type: ignore[attr-defined]
        else:
            del self.fields["skipped_rung_reason"]
        if not has_household:
            del self.fields["whole_household"]
        elif typed is not None:
            self.initial["whole_household"] = "whole_household" in typed
        self.initial.update({name: typed[name] for name in self.fields if typed and name in typed})

    def _ask_for_exception(self, prefix: str, one: AskedFor) -> None:
        for name, field in exception_fields(one).items():
            self.fields[f"{prefix}_{name}"] = field
            field.error_messages |= {
                code: text for code, text in texts_of(field).items() if code != "required"
            }
        self.initial[f"{prefix}_reason"] = one.likely_reason

    @property
    def exceptions(self) -> list[tuple[AskedFor, list[BoundField]]]:
        """Each unit with its fields."""
        return [
            (one, [self[name] for name in self.fields if name.startswith(f"exception_{number}_")])
            for number, one in enumerate(self._exceptions)
        ]

    @property
    def others(self) -> list[BoundField]:
        """The fields that are about the whole recommendation."""
        return [bound for bound in self.visible_fields() if not bound.name.startswith("exception_")]

    @property
    def asked_exceptions(self) -> dict[str, AskedException]:
        return {
            one.code: AskedException(
                reason=self.cleaned_data[f"exception_{number}_reason"],
                note=self.cleaned_data[f"exception_{number}_note"],
                confirmed_by=self.cleaned_data.get(f"exception_{number}_confirmed_by", ""),
                confirmed_on=self.cleaned_data.get(f"exception_{number}_confirmed_on"),
            )
            for number, one in enumerate(self._exceptions)
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number, one in enumerate(self._exceptions):
            name = f"exception_{number}_confirmed_on"
            day = given.get(name)
            if day is not None and not one.since <= day <= clock.today():
                self.add_error(name, _("Give a day since the request came, at the latest today"))
        if self.problems:
            raise ValidationError(list(self.problems))
        return given


def exception_fields(one: AskedFor) -> dict[str, forms.Field]:
    """Who confirmed it is asked for only where no answer of the unit says so."""
    named = {"name": one.name}
    fields: dict[str, forms.Field] = {
        "reason": forms.ChoiceField(
            label=_("Why by exception?"),
            choices=[("", _("Choose a reason")), *one.reasons],
            error_messages={
                "required": _("Choose why %(name)s is recommended by exception") % named
            },
        ),
        "note": forms.CharField(
            label=_("What is confirmed"),
            help_text=_("The social worker reads it. Kept with the recommendation for all time."),
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={"required": _("Write what %(name)s has confirmed") % named},
        ),
    }
    if not one.answered:
        fields["confirmed_by"] = forms.CharField(
            label=_("Who at the unit has confirmed it?"),
            help_text=_("Name or role. Those who keep the register see it; nothing of the person."),
            max_length=200,
            error_messages={"required": _("Write who at %(name)s has confirmed it") % named},
        )
        fields["confirmed_on"] = forms.DateField(
            label=_("On which day?"),
            initial=clock.today,
            widget=forms.DateInput(attrs={"class": "shorter"}),
            error_messages={"required": _("Give the day on which %(name)s confirmed it") % named},
        )
    return fields


def _reasons() -> list[tuple[str, str]]:
    known = catalogue.reasons(ReasonKind.SKIPPED_RUNG, clock.today())
    return [("", _("Choose a reason")), *((reason.code, reason.name) for reason in known)]
