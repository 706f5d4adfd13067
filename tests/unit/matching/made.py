"""Short ways from documents to registers, needs and outcomes."""

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import Phase, settings

from placements.matching import Need, Outcome, match, match_all
from providers.domain.register import Register

made_up = settings(
    max_examples=40,
    deadline=None,
    # A whole register shrinks for minutes, and its seed says as much.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)

Document = dict[str, Any]


def register_of(document: Document) -> Register:
    return Register.from_document(document, place="register.json")


def need_of(document: Document, register: Register) -> Need:
    types = register.provision_forms
    return Need.from_document(document, place="need.json", service_types=types)


def matched(need: Document, register: Register) -> Outcome:
    return match(need_of(need, register), register)


def matched_together(needs: Sequence[Document], register: Register) -> list[Outcome]:
    return match_all([need_of(need, register) for need in needs], register)


def as_bytes(document: Document) -> bytes:
    """The canonical JSON of an outcome, as the standard library writes it."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def listing(outcome: Document, excluded: str) -> Document:
    """The outcome with only those excluded units listed that are asked for."""
    near = set(outcome["near_misses"])
    wanted = {"none": set(), "near": near, "all": {e["unit"] for e in outcome["excluded"]}}
    listed = [entry for entry in outcome["excluded"] if entry["unit"] in wanted[excluded]]
    return outcome | {"excluded": listed}
