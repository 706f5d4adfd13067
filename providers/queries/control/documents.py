"""Documents that checks rest on, as the wall lets their reader see them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from providers.models import CheckDocument, ProviderCheck


def documents_of(check_ids: Iterable[int]) -> Mapping[int, list[CheckDocument]]:
    """By the check, those that were removed among them; none, and an empty list."""
    found: defaultdict[int, list[CheckDocument]] = defaultdict(list)
    wanted = list(check_ids)
    if wanted:
        rows = CheckDocument.objects.filter(provider_check__in=wanted)
        for row in rows.select_related("added_by", "removed_by"):
            found[row.provider_check_id].append(row)
    return found


def document_of(check_id: int, document_id: UUID) -> CheckDocument | None:
    return CheckDocument.objects.filter(provider_check=check_id, pk=document_id).first()


def check_by_id(check_id: int) -> ProviderCheck | None:
    found = ProviderCheck.objects.select_related(
        "by", "vetting__provider", "vetting__owner", "review__provider", "review__owner"
    )
    return found.filter(pk=check_id).first()
