from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.paginator import Paginator
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from spink.web.forms import Form
from tests.gallery import data


class Sample(Form):
    name = forms.CharField(label="Verksamhetens namn", help_text="Som det står i avtalet.")
    start = forms.DateField(label="Önskad start")
    service = forms.ChoiceField(
        label="Insats", choices=[("", "Välj insats"), ("a", "Korttidsboende")]
    )
    kind = forms.ChoiceField(
        label="Vad ska gälla?",
        choices=[("stop", "Rekommendationsstopp"), ("pause", "Pausad")],
        widget=forms.RadioSelect,
        help_text="Beställningsstopp på ramavtal beslutas av en annan förvaltning.",
    )
    needs = forms.MultipleChoiceField(
        label="Särskilda behov",
        choices=[("a", "Kriminalitet"), ("b", "Pågående missbruk"), ("c", "Självskadebeteende")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why = forms.CharField(label="Motivering", widget=forms.Textarea(attrs={"rows": 4}))
    tell = forms.BooleanField(label="Meddela handläggarna", required=False)
    sure = forms.BooleanField(label="Jag har läst utlåtandet")


def show(request: HttpRequest, name: str) -> HttpResponse:
    context: dict[str, Any] = {key.lower(): value for key, value in vars(data).items()}
    context |= {"page_of": Paginator(range(400), 20).page(4)}
    return render(request, f"gallery/{name}.html", context)


def form(request: HttpRequest, *, sent: bool = False) -> HttpResponse:
    messages.success(request, "Utkastet är sparat 14:32.")
    given = {"kind": "", "start": "i morgon", "why": "IVO konstaterade brister."} if sent else None
    return render(request, "gallery/form.html", {"form": Sample(given)})


FAILURES: dict[str, Exception] = {
    "400": SuspiciousOperation("strange"),
    "403": PermissionDenied("Bara handläggaren får återta rekommendationen."),
    "404": Http404("no such row"),
    "500": KeyError("a mistake"),
    "503": OperationalError("the server closed the connection"),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise FAILURES[how]
