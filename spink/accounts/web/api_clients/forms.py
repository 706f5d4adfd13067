from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from spink.accounts import queries
from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.domain.roles import Scope
from spink.accounts.models import ApiClient
from spink.accounts.web.people.forms import grouped
from spink.foundation import clock
from spink.web.forms import Form, offer

SCOPES = {
    ApiScope.CATALOGUE_READ: _("Read services, needs, legal bases and coded reasons"),
    ApiScope.REQUESTS_READ: _("Read the department's requests and their recommendations"),
    ApiScope.REQUESTS_WRITE: _("File requests, answer, report back and withdraw"),
    ApiScope.WEBHOOKS_READ: _("Read its webhooks and what has been sent to them"),
    ApiScope.WEBHOOKS_WRITE: _("Set up webhooks, and send again what did not arrive"),
    ApiScope.REGISTER_READ: _("Read the register of providers and the stops in force"),
    ApiScope.PREVIEWS_WRITE: _("See what would fit a need, without filing a request"),
    ApiScope.STATISTICS_READ: _("Read how many requests the department has sent"),
}


class NewClientForm(Form):
    name = forms.CharField(
        label=_("Name"),
        help_text=_("The system and whose it is. Officers see it as the one who filed."),
        max_length=80,
    )
    unit = forms.ChoiceField(
        label=_("Files for the unit"),
        help_text=_("The client sees what has been sent by all units of its department."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(scope.value, text) for scope, text in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
        initial=[scope.value for scope in ApiScope],
    )
    contact = forms.EmailField(
        label=_("Technical contact"),
        help_text=_("Who is written to when something is wrong with the calls."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._units = {str(one.pk): one for one in queries.places_of(Scope.UNIT, clock.today())}
        offer(self, "unit", [("", _("Choose")), *grouped(self._units, Scope.UNIT)])

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if ApiClient.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is a client of this name already."))
        return name

    @property
    def given(self) -> dict[str, Any]:
        chosen = self.cleaned_data
        return {
            "name": chosen["name"],
            "unit_id": int(chosen["unit"]),
            "scopes": [ApiScope(one) for one in chosen["scopes"]],
            "contact": chosen["contact"],
        }
