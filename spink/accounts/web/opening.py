"""What a page begins with: log in, and be somebody who may do what it is for."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import check_can

P = ParamSpec("P")


def for_those_who(
    capability: Capability,
) -> Callable[[Callable[Concatenate[WallRequest, P], HttpResponse]], Callable[..., HttpResponse]]:
    """Whoever is not logged in logs in; one whose roles do not do this is told so (403)."""

    def guard(
        view: Callable[Concatenate[WallRequest, P], HttpResponse],
    ) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            walled = cast(WallRequest, request)
            check_can(walled.reach, capability)
            return view(walled, *args, **kwargs)

        return guarded

    return guard
