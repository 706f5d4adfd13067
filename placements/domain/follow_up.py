"""What a period's report says of the own handling, beside the control of providers.

Process deviations count on the day they were filed, whatever came of them; the outcome is the one
that holds now. They are split by what they are about and never by team: a team is few people.
"""

from enum import StrEnum
from typing import Final

PROCESS_DEVIATIONS: Final = "process_deviations"
"""As it is named where the figures are handed on."""


class OwnBy(StrEnum):
    CATEGORY = "deviation_category"
    OUTCOME = "deviation_outcome"
