"""How strict the kinds of protected identity are, one against another."""

from collections.abc import Iterable

from placements.domain.values import Protection

STRICTNESS = (
    Protection.NONE,
    Protection.MARKED,
    Protection.PROTECTED_REGISTRATION,
    Protection.FICTITIOUS,
)


def strictest(kinds: Iterable[Protection]) -> Protection:
    """A household is protected at least as its most protected member; NONE where nobody is."""
    return max(kinds, key=STRICTNESS.index, default=Protection.NONE)
