"""Logging in and out, where each role begins, the own password, and duty out of hours."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language as switch_language

from spink.accounts import queries
from spink.accounts.actions import end_duty_shift, start_duty_shift, use_shortcuts
from spink.accounts.domain.capabilities import Capability
from spink.accounts.domain.reach import Reach
from spink.accounts.middleware import WallRequest
from spink.accounts.policies import can, check_can
from spink.accounts.throttle import locked_until
from spink.accounts.web.forms import DutyForm, LoginForm, NewPasswordForm, OwnPasswordForm
from spink.foundation import audit, clock
from spink.web.navigation import address

FIRST_PAGES = (
    (Capability.MATCH_REQUEST, "placements:queue"),
    (Capability.READ_REQUESTS, "placements:my-requests"),
    (Capability.TRIAGE_FINDINGS, "providers:findings"),
    (Capability.GIVE_LEGAL_VIEW, "providers:reviews"),
    (Capability.READ_REGISTER, "providers:units"),
)
"""Where a role begins: the first page of these that it may see."""


@require_safe
def start(request: WallRequest) -> HttpResponse:
    page = _first_page(request.reach)
    return redirect(page) if page else render(request, "accounts/no_role.html")


def _first_page(reach: Reach) -> str:
    pages = (address(name) for capability, name in FIRST_PAGES if can(reach, capability))
    return next((page for page in pages if page), "")


class LoginView(auth_views.LoginView):
    http_method_names = ("get", "head", "post")
    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True


@never_cache
def locked_out(
    request: HttpRequest, _refused: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """The same for every account and address, whether or not there is such an account."""
    until = locked_until((credentials or {}).get("username"), request.META.get("REMOTE_ADDR", ""))
    page = render(request, "accounts/locked_out.html", {"until": until}, status=429)
    if until:
        page["Retry-After"] = str(max(1, int((until - clock.now()).total_seconds())))
    return page


class OwnPasswordView(auth_views.PasswordChangeView):
    http_method_names = ("get", "head", "post")
    template_name = "accounts/password.html"
    form_class = OwnPasswordForm
    success_url = reverse_lazy("start")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        user = form.user
        audit.record(
            action="password_changed",
            by=user.actor,
            subject="user",
            subject_id=str(user.pk),
            details={"name": str(user)},
        )
        messages.success(self.request, _("Your password has been changed."))
        return answer


@method_decorator(login_not_required, name="dispatch")
@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class SetPasswordView(auth_views.PasswordResetConfirmView):
    """By way of a link (`spink/accounts/passwords.py`), by somebody who is not logged in."""

    http_method_names = ("get", "head", "post")
    template_name = "accounts/set_password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("login")

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        user = form.user
        audit.record(
            action="password_set_by_link",
            by=user.actor,
            subject="user",
            subject_id=str(user.pk),
            details={"name": str(user)},
        )
        messages.success(self.request, _("Your password is set. Log in with it."))
        return answer


set_language = login_not_required(require_POST(switch_language))


@require_http_methods(["GET", "HEAD", "POST"])
def shortcuts(request: WallRequest) -> HttpResponse:
    """Each switches the keys on or off for himself or herself."""
    if request.method != "POST":
        return render(request, "accounts/shortcuts.html")
    use_shortcuts(request.user, on=request.POST.get("on") == "yes", by=request.user.actor)
    return redirect("shortcuts")


@require_http_methods(["GET", "HEAD", "POST"])
def duty(request: WallRequest) -> HttpResponse:
    check_can(request.reach, Capability.GO_ON_DUTY)
    form = DutyForm(request.POST or None)
    if form.is_valid():
        start_duty_shift(request.user, by=request.user.actor, **form.cleaned_data)
        messages.success(request, _("You are on duty. You see the requests of the municipality."))
        return redirect("start")
    context = {"form": form, "shifts": queries.running_shifts(request.user)}
    return render(request, "accounts/duty.html", context, status=422 if form.errors else 200)


@require_POST
def end_duty(request: WallRequest) -> HttpResponse:
    check_can(request.reach, Capability.GO_ON_DUTY)
    end_duty_shift(request.user, by=request.user.actor)
    messages.success(request, _("You are off duty."))
    return redirect("start")
