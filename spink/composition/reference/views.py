from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from spink.composition.openapi.document import ROOT, TOKEN_ADDRESS
from spink.composition.reference.reading import reference_in


@login_not_required
@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """For whoever builds a client, before there is one: nothing here is a secret."""
    language = get_language() or "sv"
    told = {
        "api": reference_in(language),
        "laid_out": _laid_out(language),
        "root": request.build_absolute_uri(ROOT),
        "token_address": TOKEN_ADDRESS.removeprefix(ROOT),
    }
    return render(request, "composition/reference.html", told)


@cache
def _laid_out(language: str) -> str:
    """Once for all who ask: it is long, and whoever asks needs no login."""
    return render_to_string("composition/parts/laid_out.html", {"api": reference_in(language)})
