"""Where administrators keep the texts that officers use, each version from its day on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from placements import actions, queries
from placements.actions import TextNameTaken, TextRewritten
from placements.domain.standard_texts import ALLOWED, Placeholder, Purpose, unknown_in
from placements.models import StandardText
from placements.models.standard_text import Purposes
from placements.web.shared.conflicts import CONFLICT
from placements.web.shared.head import Link
from placements.web.shared.opening import takes_forms
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who
from spink.catalogue import queries as catalogue
from spink.foundation import clock
from spink.web import wording
from spink.web.forms import Form, offer
from spink.web.versions import VersionedForm

UNPROCESSABLE = 422
ROWS_A_PAGE = 50
HUB = Link(gettext_lazy("Administration"), reverse_lazy("administration"))
LIST = Link(gettext_lazy("Standard texts"), reverse_lazy("placements:standard-texts"))
administering = for_those_who(Capability.ADMINISTER)


def _written(purpose: Purpose) -> str:
    """The placeholders of a purpose as they are written, in the order of the list."""
    return ", ".join(f"{{{one.value}}}" for one in Placeholder if one in ALLOWED[purpose])


class WordsForm(Form):
    body = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Nothing about a person. It can be changed when it is used."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Write the text")},
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Holds from"), widget=forms.DateInput(attrs={"class": "shorter"})
    )

    def __init__(self, data: Any, *, purpose: Purpose | None, **initial: Any) -> None:
        super().__init__(data, initial={"valid_from": clock.today(), **initial})
        self._purpose = purpose

    def purpose(self) -> Purpose | None:
        return self._purpose

    def clean_valid_from(self) -> Any:
        day = self.cleaned_data["valid_from"]
        if day < clock.today():
            raise ValidationError(_("What has been sent keeps its words: give today or later"))
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        purpose = self.purpose()
        unknown = unknown_in(given.get("body", ""), purpose) if purpose else []
        if unknown and purpose:
            text = _("%(unknown)s cannot be filled in here. Use only %(known)s.")
            named = {"unknown": wording.listed(unknown), "known": _written(purpose)}
            self.add_error("body", text % named)
        return given


class RewordedForm(WordsForm, VersionedForm):
    """Its version is the newest of the text, so that nobody's words are passed over unread."""


class EndForm(VersionedForm):
    """A text that was rewritten meanwhile is not ended unread."""


class NewTextForm(WordsForm):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        error_messages={"required": gettext_lazy("Give the text a name")},
    )
    purpose_of = forms.ChoiceField(label=gettext_lazy("Used when"), choices=Purposes.choices)
    service_type = forms.ChoiceField(label=gettext_lazy("Service"), required=False)
    field_order = ("name", "purpose_of", "service_type", "body", "valid_from")

    def __init__(self, data: Any) -> None:
        super().__init__(data, purpose=None)
        services = [(one.code, one.name) for one in catalogue.all_services()]
        offer(self, "service_type", [("", _("All services")), *services])

    def purpose(self) -> Purpose | None:
        chosen = self.cleaned_data.get("purpose_of")
        return Purpose(chosen) if chosen else None


@require_safe
@administering
def text_list(request: WallRequest) -> HttpResponse:
    found = Paginator(queries.all_texts(on=clock.today()), ROWS_A_PAGE)
    page = found.get_page(request.GET.get("page"))
    rows = list(page.object_list)
    services = catalogue.names({one.service_type for one in rows if one.service_type}, of="service")
    shown = [(one, services.get(one.service_type, "")) for one in rows]
    context = {"rows": shown, "page_obj": page, "trail": [HUB, Link(LIST.label, "")]}
    return render(request, "placements/administration/standard_texts.html", context)


@takes_forms
@administering
def new_text(request: WallRequest) -> HttpResponse:
    form = NewTextForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.create_text(
                purpose=Purpose(given["purpose_of"]),
                service_type=given["service_type"],
                name=given["name"],
                body=given["body"],
                valid_from=given["valid_from"],
                by=request.user.actor,
            )
        except TextNameTaken:
            form.add_error("name", _("There is a text of that name for the same use already"))
        else:
            messages.success(request, _("The text is saved."))
            return redirect("placements:standard-texts")
    title = _("New standard text")
    return _page(request, form, title, {"placeholders": [_known(one) for one in Purpose]})


def _known(purpose: Purpose) -> tuple[str, str]:
    return str(Purposes(purpose.value).label), _written(purpose)


@takes_forms
@administering
def one_text(request: WallRequest, text_id: int) -> HttpResponse:
    """Other words from a day on; those before them stay in the list."""
    text = _text(text_id)
    form = _rewording(text, request.POST if request.method == "POST" else None)
    rewritten: dict[str, Any] = {}
    if form.is_valid():
        try:
            actions.change_text(
                text_id=text.pk,
                seen=form.cleaned_data["version"],
                body=form.cleaned_data["body"],
                valid_from=form.cleaned_data["valid_from"],
                by=request.user.actor,
            )
        except TextRewritten as meanwhile:
            form.renew(meanwhile.latest.pk)
            rewritten["rewritten"] = meanwhile.latest
        else:
            messages.success(request, _("The text is saved."))
            return redirect("placements:standard-texts")
    return _text_page(request, form, text, rewritten)


def _rewording(text: StandardText, data: Any = None) -> RewordedForm:
    versions = queries.versions_of(text)
    seen = max(one.pk for one in versions)
    purpose = Purpose(text.purpose)
    return RewordedForm(data, purpose=purpose, body=versions[0].body, version=seen)


def _text_page(
    request: WallRequest, form: RewordedForm, text: StandardText, context: dict[str, Any]
) -> HttpResponse:
    about = {
        "text": text,
        "placeholders": [_known(Purpose(text.purpose))],
        "versions": queries.versions_of(text),
    }
    return _page(request, form, text.name, about | context)


def _page(request: WallRequest, form: Form, title: str, context: dict[str, Any]) -> HttpResponse:
    page = {"form": form, "title": title, "trail": [HUB, LIST, Link(title, "")]}
    status = UNPROCESSABLE if form.errors else CONFLICT if "rewritten" in context else 200
    template = "placements/administration/standard_text.html"
    return render(request, template, page | context, status=status)


@require_POST
@administering
def end_text(request: WallRequest, text_id: int) -> HttpResponse:
    text, form = _text(text_id), EndForm(request.POST)
    seen = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        actions.end_text(text_id=text.pk, seen=seen, by=request.user.actor)
    except TextRewritten as meanwhile:
        context = {"rewritten": meanwhile.latest, "is_ending": True}
        return _text_page(request, _rewording(text), text, context)
    messages.success(request, _("The text “%(name)s” is used no more.") % {"name": text.name})
    return redirect("placements:standard-texts")


def _text(text_id: int) -> StandardText:
    text = queries.standard_text(text_id)
    if text is None or text.ended_on is not None:
        raise Http404
    return text
