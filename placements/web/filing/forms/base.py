from collections.abc import Mapping
from typing import Any

from placements.domain.sections import ALWAYS_NEEDED, Section
from placements.models import PlacementRequest
from spink.web.versions import VersionedForm

NEEDED_TO_SEND = {name for names in ALWAYS_NEEDED.values() for name in names} | {
    "subtype",
    "number",
    "disclosure_basis",
}
"""A draft keeps them empty, but they are no more optional than the others."""


class SectionForm(VersionedForm):
    """One section of a draft."""

    section: Section

    def __init__(self, *args: Any, request: PlacementRequest, **kwargs: Any) -> None:
        self.request = request
        kwargs["initial"] = self.initial_of(request) | {"version": request.version}
        super().__init__(*args, **kwargs)
        for name in NEEDED_TO_SEND & set(self.fields):
            self.fields[name].needed_later = True  # type: ignore[attr-defined]
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices that come from data."""

    def initial_of(self, request: PlacementRequest) -> dict[str, Any]:
        return {
            name: getattr(request, name)
            for name in self.base_fields
            if name != "version" and hasattr(request, name)
        }

    def values(self) -> Mapping[str, Any]:
        """What `actions.save_section` keeps."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
