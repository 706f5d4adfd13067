"""A register with one row of each kind, for those who ask for every page."""

from datetime import date
from uuid import UUID

from providers.models import (
    Agreement,
    AgreementLot,
    AgreementUnit,
    CareUnit,
    CorporateGroup,
    Finding,
    PlannedChange,
    Price,
    Provider,
    ProviderCheck,
    Review,
    SiteVisit,
    Stop,
    Vetting,
)
from providers.queries import current_number
from tests.factories import providers as made
from tests.factories.control import (
    CheckDocumentFactory,
    FindingFactory,
    ReviewFactory,
    SiteVisitFactory,
    VettingFactory,
)

DOCUMENT = UUID("0f3a5d6c-0000-4000-8000-000000000001")
"""Behind a wall: it is not looked up."""


def settle_register() -> None:
    """Everything on one unit; the price has not begun to hold, and the agreement has not ended."""
    group = made.CorporateGroupFactory()
    unit = made.CareUnitFactory(code="U-kept", provider__group=group)  # nobody asks it
    made.CareUnitServiceFactory(unit=unit)
    lot = made.AgreementLotFactory(agreement__valid_to=date(2999, 12, 31))
    agreed = made.AgreementUnitFactory(unit=unit, lot=lot)
    made.PriceFactory(agreement_unit=agreed, valid_from=date(2999, 1, 1))
    made.StopFactory(unit=made.CareUnitFactory(code="U-stopped"))
    made.PlannedChangeFactory(unit=unit)
    made.RegisterCorrectionFactory(unit_code=unit.code)
    FindingFactory(provider=unit.provider)
    SiteVisitFactory(care_unit=unit)
    vetting = VettingFactory(provider=unit.provider)
    CheckDocumentFactory(id=DOCUMENT, provider_check__vetting=vetting)
    ReviewFactory(provider=unit.provider)


def values() -> dict[str, str]:
    """What stands in the addresses of the register's pages."""
    return {
        "code": CareUnit.objects.order_by("pk")[0].code,
        "provider_id": _first(Provider),
        "group_id": _first(CorporateGroup),
        "agreement_id": _first(Agreement),
        "lot_id": _first(AgreementLot),
        "agreed_id": _first(AgreementUnit),
        "price_id": _first(Price),
        "stop_id": _first(Stop),
        "plan_id": _first(PlannedChange),
        "visit_id": _first(SiteVisit),
        "visit_step": "cancel",
        "service": "short_term_housing",
        "finding_id": _first(Finding),
        "vetting_id": _first(Vetting),
        "in_depth_id": _first(Review),
        "review_step": "decide",
        "check_code": "finances",
        "provider_check_id": _first(ProviderCheck),
        "document_id": str(DOCUMENT),
        "decision": "refuse",
        "edition_number": str(current_number()),
    }


def _first(model: type) -> str:
    rows = model._default_manager.order_by("pk")  # type: ignore[attr-defined]
    return str(rows.values_list("pk", flat=True).first() or 0)
