"""The register's own settings."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from providers.queries import keeping
from providers.web.keeping.flow import Page, kept
from providers.web.keeping.forms.settings import SettingForm
from providers.web.keeping.opening import for_keepers
from providers.web.trail import Crumb
from spink.accounts.middleware import WallRequest


@for_keepers
def settings(request: WallRequest) -> HttpResponse:
    """How far ahead a full unit may still be a choice."""
    row = keeping.setting()
    is_new = row._state.adding
    title = _("Settings of the register")
    page = Page(
        title=title,
        form=SettingForm(request.POST or None, instance=row),
        row_id=None if is_new else row.pk,
        back=reverse("providers:units"),
        trail=[Crumb(_("Register"), "providers:units"), Crumb(title)],
    )
    return kept(request, page)
