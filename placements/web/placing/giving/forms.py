"""Which colleague gets a request: each with how much he or she has already."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from placements import queries
from placements.models import PlacementRequest
from placements.queries.workload import Load
from spink.accounts import queries as accounts
from spink.accounts.domain.reach import Reach
from spink.accounts.models import User
from spink.foundation import clock
from spink.web.forms import Form, offer
from spink.web.versions import VersionedForm

HAND_OVER_NOTE = {
    "label": gettext_lazy("Note to the colleague"),
    "help_text": gettext_lazy(
        "The colleague sees it first on the request. Only the placement function can read it."
    ),
    "max_length": 4000,
    "required": False,
}


def receiver_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=gettext_lazy("Colleague"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the colleague who gets the request")},
    )


class Receivers:
    """Officers as choices, and the name of the one who was chosen."""

    def __init__(self, reach: Reach, function_ids: Iterable[int], *, not_user: int | None) -> None:
        found = [one for pk in function_ids for one in accounts.officers_of(pk)]
        self._officers = {one.pk: one for one in found if one.pk != not_user}
        self._loads = queries.loads(reach, now=clock.now())

    def choices(self) -> Sequence[tuple[str | int, str]]:
        named = [(pk, self._with_load(one)) for pk, one in self._officers.items()]
        return [("", _("Choose colleague")), *named]

    def name(self, pk: int) -> str:
        return str(self._officers[pk])

    def _with_load(self, officer: User) -> str:
        load = self._loads.get(officer.pk, Load())
        return _("%(name)s (%(load)s)") % {"name": officer, "load": load_text(load)}


def load_text(load: Load) -> str:
    said = [ngettext("%(count)d open", "%(count)d open", load.open) % {"count": load.open}]
    if load.overdue:
        late = ngettext("%(count)d overdue", "%(count)d overdue", load.overdue)
        said.append(late % {"count": load.overdue})
    return ", ".join(said)


class ColleagueForm(VersionedForm):
    kept_text = "note"
    to = receiver_field()
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **cast(Any, HAND_OVER_NOTE))

    def __init__(
        self, placement: PlacementRequest, reach: Reach, *args: object, **kwargs: object
    ) -> None:
        super().__init__(*args, initial={"version": placement.version}, **kwargs)
        functions = [placement.placement_function_id or 0]
        self._receivers = Receivers(reach, functions, not_user=placement.assigned_to_id)
        offer(self, "to", self._receivers.choices())

    @property
    def colleague(self) -> str:
        return self._receivers.name(self.cleaned_data["to"])


class ManyForm(Form):
    """What is handed over stands in the page's rows, each with the version that it shows."""

    to = receiver_field()
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **cast(Any, HAND_OVER_NOTE))

    def __init__(self, data: Any, reach: Reach, *, typed: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=typed)
        self._receivers = Receivers(reach, reach.placement_function_ids, not_user=None)
        offer(self, "to", self._receivers.choices())

    @property
    def colleague(self) -> str:
        return self._receivers.name(self.cleaned_data["to"])
