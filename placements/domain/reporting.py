"""When reporting back asks for a coded reason, and which kind."""

from collections.abc import Mapping

from spink.catalogue.domain.ladder import LADDER, ProvisionForm


def reason_kind(unit: str, recommended: Mapping[str, ProvisionForm]) -> str | None:
    """The kind of coded reason that the choice asks for; None where two clicks are enough.

    `unit` is empty when none was chosen; `recommended` holds what may be chosen, with its rung.
    """
    if not unit:
        return "none_chosen"
    if unit not in recommended:
        return "other_chosen"
    highest = min(LADDER.index(form) for form in recommended.values())
    return "lower_rung_chosen" if LADDER.index(recommended[unit]) > highest else None
