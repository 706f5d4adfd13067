from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@login_not_required
@never_cache
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """Asking keeps the session; the token is what open forms need after a new login."""
    if not request.user.is_authenticated:
        return JsonResponse({"seconds": 0})
    return JsonResponse({"seconds": settings.SESSION_SECONDS_IDLE, "token": get_token(request)})
