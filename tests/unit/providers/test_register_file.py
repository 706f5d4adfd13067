"""Reading a register file: what holds for every file, however odd."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from providers.domain.exchange import Known, read_register
from providers.domain.register import Register
from spink.foundation.bad_input import BadInput

KNOWN = Known(
    subtypes={"short_term_housing": frozenset({"akut"}), "protected_housing": frozenset()},
    needs=frozenset({"mobility"}),
)
FORMS = {"short_term_housing": ["framework"], "protected_housing": ["iop"]}

odd = st.none() | st.booleans() | st.integers(-2, 70_000) | st.text(max_size=3) | st.just([])
days = st.sampled_from(["2025-01-01", "2025-06-30", "2025-02-30", "x"]) | odd
entries = st.fixed_dictionaries(
    {},
    optional={
        "provision_form": st.sampled_from(["framework", "iop", "barter"]),
        "parties": st.lists(st.sampled_from(["1480", "1481", "148"]), max_size=2) | odd,
        "service_type": st.sampled_from([*FORMS, "surfing"]) | odd,
        "subtypes": st.lists(st.sampled_from(["akut", "other"]), max_size=2) | odd,
        "valid_from": days,
        "valid_to": days,
        "rank": odd,
        "rate": odd | st.floats(0, 9000).map(lambda rate: round(rate, 2)),
        "rate_from": days,
        "agreement": st.sampled_from(["A", "B"]) | odd,
    },
)
units = st.fixed_dictionaries(
    {"id": st.sampled_from(["U1", "U2", "U3", ""])},
    optional={
        "name": odd,
        "provider": odd,
        "operated_by": st.sampled_from(["1480", "Ale"]) | odd,
        "services": st.lists(
            st.fixed_dictionaries(
                {}, optional={"service_type": st.sampled_from([*FORMS]), "subtypes": odd}
            )
            | odd,
            max_size=2,
        )
        | odd,
        "ages": st.lists(odd, min_size=2, max_size=2) | odd,
        "genders": st.lists(st.sampled_from(["woman", "kvinna"]), max_size=2) | odd,
        "drug_free": odd,
        "needs_met": st.lists(st.sampled_from(["mobility", "flying"]), max_size=2) | odd,
        "places": st.dictionaries(st.sampled_from(["total", "occupied", "next_free_on"]), days)
        | odd,
        "location": st.dictionaries(st.sampled_from(["municipality", "lat", "lon"]), odd) | odd,
        "permit": st.dictionaries(st.sampled_from(["required", "valid_from"]), days) | odd,
        "agreements": st.lists(entries | odd, max_size=2) | odd,
        "direct_award": st.dictionaries(st.sampled_from(["vetted_from", "rate"]), days) | odd,
        "stops": st.lists(
            st.dictionaries(st.sampled_from(["kind", "from", "to", "on", "reference"]), days) | odd,
            max_size=2,
        )
        | odd,
        "phone": odd,
        "address": odd,
    },
)
files = st.fixed_dictionaries(
    {"instant": st.just("2025-03-03"), "provision_forms": st.just(FORMS)},
    optional={"units": st.lists(units | odd, max_size=3) | odd, "stops": st.lists(odd) | odd},
)


@settings(max_examples=300)
@given(document=files)
def test_what_is_taken_can_be_matched(document: dict[str, Any]) -> None:
    """A file without a fault here is one that the matching function reads as well."""
    _register, faults = read_register(document, KNOWN)
    if not faults and document.get("units") is not None:
        Register.from_document(document, place="file")


@settings(max_examples=300)
@given(document=files)
def test_every_fault_names_its_place_and_a_reason(document: dict[str, Any]) -> None:
    _register, faults = read_register(document, KNOWN)
    for fault in faults:
        assert isinstance(fault, BadInput)
        assert (fault.place or fault.field) != ""
        assert fault.reason != ""


@given(odd | st.dictionaries(st.text(max_size=5), odd))
def test_whatever_stands_in_a_file_is_read_or_told(document: object) -> None:
    register, faults = read_register(document, KNOWN)
    assert type(document) is dict or (len(faults) == 1 and not register.units)


def test_no_position_of_protected_housing_is_even_looked_at() -> None:
    unit = {
        "id": "U1",
        "services": [{"service_type": "protected_housing"}],
        "location": {"municipality": "1480", "lat": 57.7, "lon": "secret"},
        "address": {"street": 7},
    }
    register, faults = read_register({"units": [unit]}, KNOWN)
    read = register.units["U1"]
    assert faults == []
    assert (read.values["latitude"], read.values["longitude"], read.address) == (None, None, None)
    assert read.values["municipality"] == "1480"


def test_entries_of_one_service_are_its_subtypes_together() -> None:
    def services(*listed: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        document = {"units": [{"id": "U1", "services": list(listed)}]}
        register, faults = read_register(document, KNOWN)
        assert faults == []
        return register.units["U1"].services

    some = {"service_type": "short_term_housing", "subtypes": ["akut"]}
    every = {"service_type": "short_term_housing"}
    assert services(some, some) == {"short_term_housing": ("akut",)}
    assert services(some, every) == services(every, some) == {"short_term_housing": ()}
