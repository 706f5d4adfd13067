"""What every page begins with in which the register is kept."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who

P = ParamSpec("P")
T = TypeVar("T")

View = Callable[Concatenate[WallRequest, P], HttpResponse]


def for_keepers(view: View[P]) -> Callable[..., HttpResponse]:
    takes_forms = require_http_methods(["GET", "HEAD", "POST"])
    return takes_forms(for_those_who(Capability.KEEP_REGISTER)(view))


def for_keepers_reading(view: View[P]) -> Callable[..., HttpResponse]:
    return require_safe(for_those_who(Capability.KEEP_REGISTER)(view))


def for_keepers_steps(view: View[P]) -> Callable[..., HttpResponse]:
    """What is done by a button, and has no page of its own."""
    return require_POST(for_those_who(Capability.KEEP_REGISTER)(view))


def or_404(found: T | None) -> T:
    if found is None:
        raise Http404
    return found
