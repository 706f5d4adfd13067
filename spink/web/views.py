from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from spink.web import administration, visitor


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@login_not_required
@never_cache
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Asking keeps the session; the token is what open forms need after a new login, if it was
    the login of the person whom they were shown to."""
    if not request.user.is_authenticated:
        return JsonResponse({"seconds": 0})
    return JsonResponse(
        {
            "seconds": settings.SESSION_SECONDS_IDLE,
            "token": get_token(request),
            "person": visitor.fingerprint(request.user),
        }
    )


@require_safe
def administration_pages(request: HttpRequest) -> HttpResponse:
    pages = administration.entries(request.user)
    if not pages:
        raise PermissionDenied(_("Your role keeps nothing in the administration."))
    return render(request, "web/administration.html", {"pages": pages})
