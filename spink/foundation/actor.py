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
    def is_person(self) -> bool:
        return self.kind is ActorKind.PERSON

    @property
    def user_id(self) -> int:
        """The id of the account that acts: a person's, or the one that an API client acts through.
        Raises ValueError for an actor that has none."""
        if self.kind not in (ActorKind.PERSON, ActorKind.API_CLIENT):
            raise ValueError(f"{self.kind} {self.id} is no user")
        return int(self.id)

    def as_dict(self) -> dict[str, str]:
        return {"kind": self.kind.value, "id": self.id, "label": self.label}
