from spink.catalogue.models.check_question import CheckedPart, CheckQuestion
from spink.catalogue.models.coded_reason import CodedReason, ReasonKind
from spink.catalogue.models.legal_basis import LegalBasis
from spink.catalogue.models.retention import RetentionClass, RetentionTerm
from spink.catalogue.models.service_type import (
    ServiceRung,
    ServiceSplit,
    ServiceType,
    Subtype,
)
from spink.catalogue.models.special_need import SpecialNeed

__all__ = [
    "CheckQuestion",
    "CheckedPart",
    "CodedReason",
    "LegalBasis",
    "ReasonKind",
    "RetentionClass",
    "RetentionTerm",
    "ServiceRung",
    "ServiceSplit",
    "ServiceType",
    "SpecialNeed",
    "Subtype",
]
