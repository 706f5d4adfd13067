"""Django's administration behind our own login, open to those who keep something there."""

from functools import update_wrapper
from typing import Any, cast

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from spink.accounts.middleware import WallRequest
from spink.accounts.policies import check_may_use_admin, may_use_admin
from spink.foundation.acting import set_actor


class SpinkAdminSite(AdminSite):
    site_header = _("Administration of Spink")
    site_title = _("Administration")
    index_title = _("What is kept here")
    enable_nav_sidebar = False
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        return may_use_admin(cast(WallRequest, request).reach)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Every page here: refused with a reason, and changed in the name of who is logged in."""
        inner = super().admin_view(view, cacheable)

        def checked(request: WallRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            check_may_use_admin(request.reach)
            if _holds_nul(request):
                raise Http404
            with transaction.atomic():
                set_actor(request.user.actor)
                answer: HttpResponse = inner(request, *args, **kwargs)
                return answer

        return update_wrapper(checked, view)

    def get_urls(self) -> list[Any]:
        """Without the shortcut that leads from an object's number to its page."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    @login_not_required
    def login(self, *_: Any, **__: Any) -> Any:
        return redirect("login")

    def password_change(self, *_: Any, **__: Any) -> Any:
        return redirect("password")

    def password_change_done(self, *_: Any, **__: Any) -> Any:
        return redirect("password")


def _holds_nul(request: HttpRequest) -> bool:
    """The database refuses to be asked for NUL, and no row of it holds any."""
    return "\0" in request.path or "%00" in request.META.get("QUERY_STRING", "")
