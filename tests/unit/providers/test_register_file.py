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

Any_ = st.SearchStrategy[Any]


def files_of(odd: Any_, days: Any_, codes: list[str], gender: str, need: str) -> Any_:
    """Files of up to three units, in which every key may hold something odd."""
    service = st.fixed_dictionaries(
        {}, optional={"service_type": st.sampled_from([*FORMS, *codes]), "subtypes": odd}
    )
    entries = st.fixed_dictionaries(
        {"provision_form": st.sampled_from(["framework", "iop", *codes])},
        optional={
            "parties": st.lists(st.sampled_from(["1480", "1481", *codes]), max_size=2) | odd,
            "service_type": st.sampled_from([*FORMS, *codes]) | odd,
            "subtypes": odd,
            "valid_from": days,
            "valid_to": st.sampled_from(["2026-01-01", *codes]) | odd,
            "rank": st.integers(0, 9) | odd,
            "rate": st.integers(0, 900_000).map(lambda ore: ore / 100) | odd,
            "rate_from": st.just("2024-06-01") | odd,
            "agreement": st.sampled_from(["A", "B"]) | odd,
        },
    )
    ages = st.sampled_from([[18, None], [None, 64], [18, 64], *([7] if codes else [])]) | odd
    units = st.fixed_dictionaries(
        {"id": st.sampled_from(["U1", "U2", "U3", *codes])},
        optional={
            "name": odd,
            "provider": st.just("P1") | odd,
            "operated_by": st.sampled_from(["1480", *codes]) | odd,
            "services": st.lists(service, max_size=2) | odd,
            "ages": ages,
            "companion_ages": ages,
            "genders": st.lists(st.sampled_from(["woman", gender]), max_size=2) | odd,
            "drug_free": st.booleans() | odd,
            "needs_met": st.lists(st.sampled_from(["mobility", need]), max_size=2) | odd,
            "places": st.dictionaries(
                st.sampled_from(["total", "occupied"]), st.integers(0, 20) | odd
            )
            | odd,
            "location": st.dictionaries(st.sampled_from(["lat", "lon"]), st.integers(0, 60) | odd)
            | odd,
            "permit": st.dictionaries(st.sampled_from(["valid_from", "valid_to"]), days) | odd,
            "agreements": st.lists(entries, max_size=2) | odd,
            "direct_award": st.dictionaries(st.just("vetted_from"), days) | odd,
            "stops": st.lists(st.dictionaries(st.sampled_from(["from", "kind"]), days), max_size=2)
            | odd,
            "phone": odd,
            "address": odd,
        },
    )
    listed = st.lists(units, max_size=3, unique_by=None if codes else lambda unit: unit["id"])
    return st.fixed_dictionaries(
        {"instant": st.just("2025-03-03"), "provision_forms": st.just(FORMS), "units": listed | odd}
    )


odd: st.SearchStrategy[object] = (
    st.booleans() | st.integers(-2, 70_000) | st.text(max_size=3) | st.just([]) | st.none()
)
tidy_files = files_of(st.none(), st.just("2025-01-01"), [], "man", "mobility")
odd_files = files_of(
    odd, st.sampled_from(["2025-02-30", "2025-01-01"]) | odd, ["", "x"], "kvinna", "flying"
)


@settings(max_examples=200)
@given(document=tidy_files.filter(lambda document: document["units"]))
def test_a_tidy_file_is_taken_whole_and_can_be_matched(document: dict[str, Any]) -> None:
    """Only what two entries say of one agreement can still be at odds."""
    register, faults = read_register(document, KNOWN)
    assert [fault for fault in faults if "agreements" not in fault.field] == []
    assert list(register.units) == [unit["id"] for unit in document["units"]]
    assert len(Register.from_document(document, place="file").ids) == len(register.units)


@settings(max_examples=300)
@given(document=odd_files)
def test_what_is_taken_of_an_odd_file_can_be_matched(document: dict[str, Any]) -> None:
    """A file without a fault here is one that the matching function reads as well."""
    _register, faults = read_register(document, KNOWN)
    if not faults and document["units"] is not None:
        Register.from_document(document, place="file")


@settings(max_examples=300)
@given(document=odd_files)
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
