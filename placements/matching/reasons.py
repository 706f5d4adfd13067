"""Why a unit is excluded: every reason, in the order in which they are told."""

from enum import StrEnum
from typing import Final


class Reason(StrEnum):
    WRONG_SERVICE = "wrong_service"
    WRONG_SUBTYPE = "wrong_subtype"
    NOT_OPEN = "not_open"
    AGE = "age"
    COMPANION = "companion"
    GENDER = "gender"
    DRUG_FREE = "drug_free"
    NEED_REFUSED = "need_refused"
    NEED_NOT_MET = "need_not_met"
    PERMIT = "permit"
    NO_FREE_PLACE = "no_free_place"
    STOPPED = "stopped"
    NO_AGREEMENT = "no_agreement"
    AGREEMENT_EXPIRED = "agreement_expired"
    EXCLUDED_AREA = "excluded_area"
    TOO_FAR = "too_far"
    EXCLUDED_UNIT = "excluded_unit"


NEGOTIABLE: Final = frozenset(
    {
        Reason.NOT_OPEN,
        Reason.AGE,
        Reason.COMPANION,
        Reason.GENDER,
        Reason.DRUG_FREE,
        Reason.NEED_REFUSED,
        Reason.NEED_NOT_MET,
        Reason.NO_FREE_PLACE,
        Reason.NO_AGREEMENT,
        Reason.AGREEMENT_EXPIRED,
        Reason.TOO_FAR,
    }
)
"""A unit excluded for one of these alone is a near miss: it may be talked about."""
