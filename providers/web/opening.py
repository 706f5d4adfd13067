"""What every page of the register begins with: log in, and hold some role."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web.opening import for_those_who

P = ParamSpec("P")


def for_register_readers(
    view: Callable[Concatenate[WallRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    return require_safe(for_those_who(Capability.READ_REGISTER)(view))
