"""Clients of the API as administrators keep them: made, given a new secret, ended."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spink.accounts import actions, queries
from spink.accounts.domain.api_scopes import ApiScope
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.models import ApiClient
from spink.accounts.web import trail
from spink.accounts.web.api_clients.beside import beside
from spink.accounts.web.api_clients.forms import SCOPES, NewClientForm
from spink.accounts.web.keeping.views import crumbs
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.web.navigation import Crumb

ROWS_A_PAGE = 50
UNPROCESSABLE = 422
CONFLICT = 409
for_administrators = for_those_who(Capability.ADMINISTER)


@require_safe
@for_administrators
def api_clients(request: WallRequest) -> HttpResponse:
    part = Paginator(queries.api_clients(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page_of": part, "trail": crumbs(Crumb(_("API clients")))}
    return render(request, "accounts/api_clients/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new_client(request: WallRequest) -> HttpResponse:
    form = NewClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made, secret = actions.create_api_client(by=request.user.actor, **form.given)
        return _page(request, made.pk, secret=secret)
    context = {
        "form": form,
        "title": _("New API client"),
        "trail": crumbs(_list_crumb(), Crumb(_("New API client"))),
        "back": reverse("api-clients"),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "accounts/people/form.html", context, status=status)


@require_safe
@for_administrators
def api_client(request: WallRequest, client_id: int) -> HttpResponse:
    return _page(request, client_id)


@require_POST
@for_administrators
def new_secret(request: WallRequest, client_id: int) -> HttpResponse:
    """Shown in the answer itself and nowhere else; the page loaded once more makes no further."""
    found = _client(client_id)
    newest = found.secrets.first()
    if found.ended_at is not None or request.POST.get("newest") != str(newest and newest.pk):
        return _page(request, client_id, status=CONFLICT)
    secret = actions.renew_secret(
        client_id=client_id, by=request.user.actor, at_once="at_once" in request.POST
    )
    return _page(request, client_id, secret=secret)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def end_client(request: WallRequest, client_id: int) -> HttpResponse:
    found = _client(client_id)
    if request.method == "POST":
        actions.end_api_client(client_id=client_id, by=request.user.actor)
        return redirect("api-client", client_id)
    context = {
        "client": found,
        "trail": crumbs(_list_crumb(), _client_crumb(found), Crumb(_("Shut out"))),
        "back": reverse("api-client", args=[client_id]),
    }
    return render(request, "accounts/api_clients/end.html", context)


def _page(
    request: WallRequest, client_id: int, *, secret: str = "", status: int = 200
) -> HttpResponse:
    found = _client(client_id)
    context: dict[str, Any] = {
        "client": found,
        "scopes": [SCOPES[ApiScope(scope)] for scope in found.scopes],
        "besides": beside(found),
        "secrets": [one for one in found.secrets.all() if one.holds(clock.now())],
        "newest": found.secrets.first(),
        "secret": secret,
        "has_changed": status == CONFLICT,
        "token_url": request.build_absolute_uri(reverse("api:token")),
        "docs_url": request.build_absolute_uri(reverse("api:docs")),
        "history": trail.of_subject("api_client", str(found.pk)),
        "trail": crumbs(_list_crumb(), Crumb(found.name)),
    }
    return render(request, "accounts/api_clients/client.html", context, status=status)


def _client(client_id: int) -> ApiClient:
    found = queries.api_clients().filter(pk=client_id).first()
    if found is None:
        raise Http404
    return found


def _list_crumb() -> Crumb:
    return Crumb(_("API clients"), reverse("api-clients"))


def _client_crumb(client: ApiClient) -> Crumb:
    return Crumb(client.name, reverse("api-client", args=[client.pk]))
