"""The priority ladder's rungs, in the order in which they are used."""

from enum import StrEnum


class ProvisionForm(StrEnum):
    IN_HOUSE = "in_house"
    IOP = "iop"
    FRAMEWORK = "framework"
    DIRECT_AWARD = "direct_award"


LADDER = tuple(ProvisionForm)

PURCHASED = frozenset({ProvisionForm.FRAMEWORK, ProvisionForm.DIRECT_AWARD})
"""Rungs on which a recommendation is a purchase."""
