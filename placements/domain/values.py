"""Codes of a placement request that are the same everywhere."""

from enum import StrEnum


class Urgency(StrEnum):
    ACUTE = "acute"
    SOON = "soon"
    PLANNED = "planned"


class Gender(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    OTHER = "other"


class Protection(StrEnum):
    """The kinds of protected identity; any but NONE hides who the person is."""

    NONE = "none"
    MARKED = "confidentiality_marking"
    PROTECTED_REGISTRATION = "protected_registration"
    FICTITIOUS = "fictitious_identity"


class NumberKind(StrEnum):
    PERSONAL = "personal"
    COORDINATION = "coordination"
    RESERVE = "reserve"
    NONE = "none"


class Answer(StrEnum):
    """What a provider answered when asked whether it can take the person."""

    YES = "yes"
    LATER = "later"
    NO = "no"


class ProposalAnswer(StrEnum):
    """What became of the proposal of another service; LAPSED: the request ended before."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Result(StrEnum):
    """How a request ended for the person: where it led."""

    CHOSEN = "chosen"
    NONE_CHOSEN = "none_chosen"


class Audience(StrEnum):
    """For whom a timeline entry is: both sides, or an internal note of one of them."""

    BOTH = "both"
    FILING = "filing"
    PLACING = "placing"


class RetentionClass(StrEnum):
    """Codes of the catalogue's classes, which say how long and from when."""

    FIVE_YEARS = "five_years"
    KEPT = "kept"
    """Children placed outside their home."""
