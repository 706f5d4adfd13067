"""What is only read: the audit trail, from what to what, and the shifts out of hours."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from spink.accounts import queries
from spink.accounts.domain.capabilities import Capability
from spink.accounts.middleware import WallRequest
from spink.accounts.web import trail
from spink.accounts.web.keeping.views import crumbs
from spink.accounts.web.opening import for_those_who
from spink.foundation import clock
from spink.web.filtering import chosen_filters
from spink.web.forms import Form, offer
from spink.web.navigation import Crumb

ROWS_A_PAGE = 50


class TrailFilter(Form):
    who = forms.CharField(
        label=gettext_lazy("Who"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    subject = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    since = forms.DateField(label=gettext_lazy("From"), required=False)
    until = forms.DateField(label=gettext_lazy("Through"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subjects = [(one.code, one.label) for one in trail.subjects()]
        offer(self, "subject", [("", _("Everything")), *subjects])


class TrailNarrowing:
    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.form = TrailFilter(data)

    @property
    def rows(self) -> Any:
        chosen = self.form.cleaned_data if self.form.is_valid() else {}
        subject = chosen.get("subject")
        kinds = [subject] if subject else [one.code for one in trail.subjects()]
        return queries.narrowed_trail(
            queries.trail_outside_requests(kinds),
            who=chosen.get("who", ""),
            since=chosen.get("since"),
            until=chosen.get("until"),
        )


@require_safe
@for_those_who(Capability.ADMINISTER)
def trail_page(request: WallRequest) -> HttpResponse:
    narrowing = TrailNarrowing(request.GET)
    page = Paginator(narrowing.rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": narrowing,
        "chosen": chosen_filters(narrowing),
        "page_of": page,
        "entries": trail.told(page.object_list),
        "trail": crumbs(Crumb(_("Changes"))),
    }
    return render(request, "accounts/trail.html", context)


@require_safe
@for_those_who(Capability.ADMINISTER)
def duty_shifts(request: WallRequest) -> HttpResponse:
    page = Paginator(queries.duty_shifts(), ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_of": page,
        "rows": [(shift, shift.ends_at > clock.now()) for shift in page.object_list],
        "trail": crumbs(Crumb(_("Duty shifts"))),
    }
    return render(request, "accounts/duty_shifts.html", context)
