"""How a file that was handed in stands, and what it is while it is handed in."""

from dataclasses import dataclass
from enum import StrEnum

from spink.foundation.files.kinds import Kind


class FileState(StrEnum):
    CHECKING = "checking"
    CLEAN = "clean"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Document:
    """What is handed in, its name cleaned already."""

    name: str
    kind: Kind
    data: bytes
    held_a_number: bool = False
    """A person's number stood in the name and was taken away."""
