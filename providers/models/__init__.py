from providers.models.agreement import Agreement, AgreementLot, AgreementUnit, Price
from providers.models.care_unit import (
    CareUnit,
    CareUnitAddress,
    CareUnitService,
    DirectAwardVetting,
    Permit,
)
from providers.models.choices import (
    AgreementForm,
    Gender,
    LegalForm,
    Ownership,
    RateUnit,
    StopKind,
)
from providers.models.control import (
    Complaint,
    ComplaintEntry,
    ComplaintSetting,
    Finding,
    FindingEntry,
    ItemState,
    MonitoringSource,
    ProviderCheck,
    SourceAnswer,
    Sweep,
    SweepItem,
    Vetting,
    VettingEntry,
    VettingSetting,
)
from providers.models.correction import CorrectionResult, Fact, RegisterCorrection
from providers.models.diary import RegisterChange, RegisterEdition, RegisterNumber
from providers.models.plan import BROKEN_OFF, PlannedChange, PlanState
from providers.models.provider import CorporateGroup, Provider
from providers.models.register_setting import RegisterSetting
from providers.models.register_upload import ImportProgress, RegisterUpload, UploadState
from providers.models.stop import Stop
from providers.models.unit_search import UnitSearch

__all__ = [
    "BROKEN_OFF",
    "Agreement",
    "AgreementForm",
    "AgreementLot",
    "AgreementUnit",
    "CareUnit",
    "CareUnitAddress",
    "CareUnitService",
    "Complaint",
    "ComplaintEntry",
    "ComplaintSetting",
    "CorporateGroup",
    "CorrectionResult",
    "DirectAwardVetting",
    "Fact",
    "Finding",
    "FindingEntry",
    "Gender",
    "ImportProgress",
    "ItemState",
    "LegalForm",
    "MonitoringSource",
    "Ownership",
    "Permit",
    "PlanState",
    "PlannedChange",
    "Price",
    "Provider",
    "ProviderCheck",
    "RateUnit",
    "RegisterChange",
    "RegisterCorrection",
    "RegisterEdition",
    "RegisterNumber",
    "RegisterSetting",
    "RegisterUpload",
    "SourceAnswer",
    "Stop",
    "StopKind",
    "Sweep",
    "SweepItem",
    "UnitSearch",
    "UploadState",
    "Vetting",
    "VettingEntry",
    "VettingSetting",
]
