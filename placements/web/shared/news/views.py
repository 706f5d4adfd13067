"""What has happened since one last looked: a list, its number in the menu, and mail about it."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from placements import actions, notifications, queries
from placements.models import MailChoice
from placements.web.shared.opening import for_readers
from spink.accounts.middleware import WallRequest
from spink.foundation import clock
from spink.web.forms import Form

A_PAGE = notifications.SHOWN


@for_readers
def news(request: WallRequest) -> HttpResponse:
    """All that is unread, the newest first; sent, it is marked as read until the page was shown."""
    if request.method == "POST":
        notifications.mark_all_read(user_id=request.user.pk, until=_shown_at(request))
        messages.success(request, _("All is marked as read."))
        return redirect("placements:news")
    count = notifications.unread_count(request.reach)
    page = Paginator(range(count), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "news": notifications.unread(request.reach, after=max(page.start_index() - 1, 0)),
        "page_of": page,
        "shown_at": clock.now(),
        "how": MailChoice.How(queries.mail_choice_of(request.user.pk)).label,
    }
    return render(request, "placements/shared/news.html", context)


def _shown_at(request: WallRequest) -> datetime:
    """When the page was shown; what came after that stays unread."""
    try:
        said = parse_datetime(request.POST.get("shown_at", ""))
    except ValueError:
        said = None
    return said if said is not None and said.tzinfo is not None else clock.now()


@require_safe
@for_readers
def news_count(request: WallRequest) -> HttpResponse:
    """The number beside the menu's entry. That a page asks for it does not prolong its session."""
    count = notifications.unread_count(request.reach)
    answer = render(request, "placements/shared/news_count.html", {"count": count})
    request.session.modified = False
    return answer


class MailForm(Form):
    how = forms.ChoiceField(
        label=gettext_lazy("How do you want to be told by mail?"),
        choices=MailChoice.How.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "A mail holds reference numbers and links, nothing about anybody. The pages show"
            " what is new whatever you choose."
        ),
    )


@for_readers
def my_settings(request: WallRequest) -> HttpResponse:
    form = MailForm(request.POST or None, initial={"how": queries.mail_choice_of(request.user.pk)})
    if form.is_valid():
        actions.choose_mail(how=MailChoice.How(form.cleaned_data["how"]), by=request.user.actor)
        messages.success(request, _("Your choice is saved."))
        return redirect("placements:my-settings")
    status = 422 if form.errors else 200
    return render(request, "placements/shared/my_settings.html", {"form": form}, status=status)
