"""What is filled in about complaints: by whoever files one, and step by step by who handles it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from providers.models import CareUnit, Complaint, ComplaintSetting
from providers.models.control.choices import RungOfLadder
from spink.accounts import queries as accounts
from spink.accounts.domain.roles import Role
from spink.accounts.models import Unit
from spink.catalogue import queries as catalogue
from spink.catalogue.models import ReasonKind
from spink.foundation import clock
from spink.web.forms import Form, ModelForm, offer
from spink.web.versions import VersionedForm

LONGEST = 8000


def _text(label: Any, *, rows: int = 6, required: bool = True, **given: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        **given,
    )


def reason_choices(kind: ReasonKind) -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in catalogue.reasons(kind, clock.today())]


class FilingForm(Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    care_unit = forms.TypedChoiceField(
        label=_("Care unit"), coerce=int, empty_value=None, required=False
    )
    unit = forms.TypedChoiceField(label=_("Your unit"), coerce=int)
    category = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the complaint is about")},
    )
    text = _text(
        _("What has happened?"),
        help_text=_(
            "Write no names, personal numbers or anything else by which a client can be known: "
            "quality and control and the provider read it."
        ),
        error_messages={"required": _("Write what has happened")},
    )

    def __init__(
        self, *args: Any, care_units: Sequence[CareUnit], units: Sequence[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", reason_choices(ReasonKind.COMPLAINT_CATEGORY))
        whole = ("", _("The provider as a whole"))
        offer(self, "care_unit", [whole, *((one.pk, one.name) for one in care_units)])
        offer(self, "unit", [(one.pk, str(one)) for one in units])
        if len(care_units) == 0:
            del self.fields["care_unit"]
        if len(units) == 1:
            del self.fields["unit"]


class StepForm(VersionedForm):
    """A step with a complaint, as it stands."""

    def __init__(self, *args: Any, complaint: Complaint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.complaint = complaint
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices that come from data."""


class OwnerForm(StepForm):
    to = forms.TypedChoiceField(label=_("Hand over to"), coerce=int)

    def prepare(self) -> None:
        holders = accounts.holders_of(Role.QUALITY_CONTROLLER)
        offer(self, "to", [(one.pk, str(one)) for one in holders])
        self.fields["to"].initial = self.complaint.owner_id


class RungForm(StepForm):
    form = forms.ChoiceField(label=_("Provision form"), choices=RungOfLadder.choices)

    def prepare(self) -> None:
        self.fields["form"].initial = self.complaint.provision_form


class SendForm(StepForm):
    text = _text(
        _("What you have asked the provider"),
        rows=4,
        required=False,
        help_text=_("Send it by mail or letter first. Write no personal data of clients."),
    )


class InkForm(SendForm):
    text = _text(
        _("What you have written to INK"),
        rows=4,
        required=False,
        help_text=_("Send it to INK first. Write no personal data of clients."),
    )


class AnswerForm(StepForm):
    outcome = forms.ChoiceField(
        label=_("What INK has decided"),
        error_messages={"required": _("Choose what INK has decided")},
    )
    text = _text(
        _("The answer"),
        help_text=_("As it came, but without personal data of clients."),
        error_messages={"required": _("Write what was answered")},
    )

    def prepare(self) -> None:
        if self.complaint.provision_form != RungOfLadder.FRAMEWORK:
            del self.fields["outcome"]
            return
        choices = reason_choices(ReasonKind.PROCUREMENT_OUTCOME)
        offer(self, "outcome", [("", "–"), *choices])


class PassBackForm(StepForm):
    text = _text(
        _("Answer to whoever filed the complaint"),
        help_text=_("The answer as it came stands here: change what should not be passed on."),
        error_messages={"required": _("Write what is passed on")},
    )


class CloseForm(StepForm):
    outcome = forms.ChoiceField(
        label=pgettext_lazy("of a complaint", "Outcome"),
        error_messages={"required": _("Choose how the complaint ended")},
    )
    text = _text(_("Comment to whoever filed the complaint"), rows=3, required=False)

    def prepare(self) -> None:
        offer(self, "outcome", [("", "–"), *reason_choices(ReasonKind.COMPLAINT_OUTCOME)])


class ButtonForm(StepForm):
    """A button."""


class SettingForm(ModelForm):
    class Meta:
        model = ComplaintSetting
        fields = ("answer_days", "similar_count", "similar_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, least in (("answer_days", 1), ("similar_count", 2), ("similar_days", 1)):
            field = self.fields[name]
            field.widget.attrs["class"] = "shorter"
            field.validators.append(MinValueValidator(least))
