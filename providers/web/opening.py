"""What every page of the register begins with: log in, and hold some role."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import check_can

P = ParamSpec("P")


def for_register_readers(
    view: Callable[Concatenate[WallRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Whoever is not logged in logs in; somebody without any role is told so (403)."""

    @wraps(view)
    @require_safe
    @login_required
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        walled = cast(WallRequest, request)
        check_can(walled.reach, Capability.READ_REGISTER)
        return view(walled, *args, **kwargs)

    return guarded
