from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spink.accounts import wall
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.jobs import SystemJob
from spink.accounts.middleware import WallRequest
from spink.accounts.web import trail
from spink.accounts.web.keeping.views import crumbs
from spink.accounts.web.opening import for_those_who
from spink.web.navigation import Crumb
from spink.webhooks import actions, queries
from spink.webhooks.models import Closed, State, WebhookEndpoint
from spink.webhooks.web.shown import Row, rows_of, tabs_of, types_of

ROWS_A_PAGE: Final = 50
JOB: Final = SystemJob.ADMINISTER_WEBHOOKS
for_administrators = for_those_who(Capability.ADMINISTER)


@require_safe
@for_administrators
def webhooks(request: WallRequest) -> HttpResponse:
    with wall.opened_for_job(JOB):
        every = Paginator(queries.every_endpoint(), ROWS_A_PAGE)
        part = every.get_page(request.GET.get("page"))
        part.object_list = list(part.object_list)
    context = {"page_of": part, "trail": crumbs(Crumb(_("Webhooks")))}
    return render(request, "webhooks/list.html", context)


@require_safe
@for_administrators
def webhook(request: WallRequest, endpoint_id: UUID) -> HttpResponse:
    endpoint = _one(endpoint_id)
    asked = request.GET.get("state", "")
    state = asked if asked in State.values else ""
    with wall.opened_for_job(JOB):
        found = queries.deliveries_of(endpoint_id)
        every = Paginator(found.filter(state=state) if state else found, ROWS_A_PAGE)
        part = every.get_page(request.GET.get("page"))
        rows: list[Row] = rows_of(part.object_list)
    context = {
        "endpoint": endpoint,
        "client": endpoint.account.api_client,
        "types": types_of(endpoint),
        "page_of": part,
        "rows": rows,
        "state": state,
        "tabs": tabs_of(endpoint, state),
        "history": trail.of_subject("webhook_endpoint", str(endpoint_id)),
        "trail": crumbs(_list_crumb(), Crumb(endpoint.shown_url)),
    }
    return render(request, "webhooks/webhook.html", context)


@require_POST
@for_administrators
def send_again(request: WallRequest, endpoint_id: UUID) -> HttpResponse:
    """One message that was given up, or all of them."""
    _one(endpoint_id)
    by, message_id = request.user.actor, _message_id(request)
    with wall.opened_for_job(JOB):
        try:
            if message_id is None:
                count = actions.replay_all(endpoint_id=endpoint_id, by=by)
            else:
                actions.replay(endpoint_id=endpoint_id, message_id=message_id, by=by)
                count = 1
        except ObjectDoesNotExist:
            raise Http404 from None
        except actions.IsClosed:
            messages.warning(request, _("Nothing is sent to a webhook that is shut off."))
        except actions.NotDead:
            messages.info(request, _("It is on its way already, or has arrived."))
        else:
            said = ngettext("%(count)d is sent again.", "%(count)d are sent again.", count)
            messages.success(request, said % {"count": count})
    return redirect("webhook", endpoint_id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def switch(request: WallRequest, endpoint_id: UUID) -> HttpResponse:
    """Shut off, or opened again; sent for what the page showed, so that twice is once."""
    endpoint = _one(endpoint_id)
    if request.method == "POST":
        with wall.opened_for_job(JOB):
            by = request.user.actor
            try:
                if request.POST.get("to") == "closed":
                    actions.close_endpoint(endpoint_id=endpoint_id, why=Closed.ADMINISTRATOR, by=by)
                else:
                    actions.reopen_endpoint(endpoint_id=endpoint_id, by=by)
            except ObjectDoesNotExist:
                raise Http404 from None
        return redirect("webhook", endpoint_id)
    context = {
        "endpoint": endpoint,
        "back": reverse("webhook", args=[endpoint_id]),
        "trail": crumbs(
            _list_crumb(),
            Crumb(endpoint.shown_url, reverse("webhook", args=[endpoint_id])),
            Crumb(_("Shut off") if endpoint.is_open else _("Open again")),
        ),
    }
    return render(request, "webhooks/switch.html", context)


def _message_id(request: WallRequest) -> UUID | None:
    given = request.POST.get("message")
    if given is None:
        return None
    try:
        return UUID(given)
    except ValueError:
        raise Http404 from None


def _one(endpoint_id: UUID) -> WebhookEndpoint:
    with wall.opened_for_job(JOB):
        found = queries.every_endpoint().filter(pk=endpoint_id).first()
    if found is None:
        raise Http404
    return found


def _list_crumb() -> Crumb:
    return Crumb(_("Webhooks"), reverse("webhooks"))
