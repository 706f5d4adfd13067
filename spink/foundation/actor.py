"""Who does something: a person, an API client, a provider's contact or the system itself."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    PERSON = "person"
    API_CLIENT = "api_client"
    PROVIDER_CONTACT = "provider_contact"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    kind: ActorKind
    id: str
    label: str

    @classmethod
    def system(cls, job: str) -> "Actor":
        return cls(ActorKind.SYSTEM, job, job)

    @property
    def user_id(self) -> int | None:
        """The user's id where the actor is a person."""
        return int(self.id) if self.kind is ActorKind.PERSON else None

    def as_dict(self) -> dict[str, str]:
        return {"kind": self.kind.value, "id": self.id, "label": self.label}
