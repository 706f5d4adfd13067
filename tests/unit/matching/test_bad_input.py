"""Bad input is refused by name: place, field and reason, in one line."""

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.matching import Need
from providers.domain.register import Register
from spink.foundation import strict_json
from spink.foundation.bad_input import BadInput
from tests.unit.matching.cases import Maker
from tests.unit.matching.made import made_up, matched, need_of, register_of

Document = dict[str, Any]
SERVICE = "short_term_housing"
HUGE = 2**53


def register_document(**unit: Any) -> Document:
    return {
        "instant": "2026-03-03",
        "provision_forms": {SERVICE: ["in_house"], "protected_housing": []},
        "units": [{"id": "U1"}, {"id": "U2", **unit}],
    }


def refusal(read: Callable[[], object]) -> str:
    with pytest.raises(BadInput) as refused:
        read()
    said = str(refused.value)
    assert "\n" not in said
    assert said.isprintable()
    return said


WHOLE = "must be a whole number from 0"
NUMBER = "must be a number from 0"
DATE = "must be a date (YYYY-MM-DD)"
TEXT = "must be a text"
LIST = "must be a list"
OBJECT = "must be an object"
TRUTH = "must be true or false"
BACKWARDS = "ends before it begins"
BOUNDS = "must be a list of two bounds"
UNKNOWN = "is not known"
LATITUDE = "must be degrees from -90 to 90"
LONGITUDE = "must be degrees from -180 to 180"

BAD_UNITS: list[tuple[Document, str]] = [
    ({"id": None}, "id: is missing"),
    ({"id": ""}, "id: is empty"),
    ({"id": "  "}, "id: is empty"),
    ({"id": 7}, f"id: {TEXT}"),
    ({"id": "U\0"}, f"id: {TEXT}"),
    ({"id": "U\ud800"}, f"id: {TEXT}"),
    ({"id": "U1"}, "id: is the id of another unit too"),
    ({"name": 7}, f"name: {TEXT}"),
    ({"provider": ""}, "provider: is empty"),
    ({"operated_by": ""}, "operated_by: is empty"),
    ({"operated_by": 1480}, f"operated_by: {TEXT}"),
    ({"services": SERVICE}, f"services: {LIST}"),
    ({"services": {}}, f"services: {LIST}"),
    ({"services": [SERVICE]}, f"services[0]: {OBJECT}"),
    ({"services": [None]}, f"services[0]: {OBJECT}"),
    ({"services": [{"service_type": "unheard_of"}]}, f"services[0].service_type: {UNKNOWN}"),
    ({"services": [{}, {"service_type": ""}]}, "services[1].service_type: is empty"),
    ({"services": [{"subtypes": "akut"}]}, f"services[0].subtypes: {LIST}"),
    ({"services": [{"subtypes": ["akut", ""]}]}, "services[0].subtypes[1]: is empty"),
    ({"services": [{"subtypes": [None]}]}, f"services[0].subtypes[0]: {TEXT}"),
    ({"ages": 18}, f"ages: {BOUNDS}"),
    ({"ages": []}, f"ages: {BOUNDS}"),
    ({"ages": [18]}, f"ages: {BOUNDS}"),
    ({"ages": [18, 64, 70]}, f"ages: {BOUNDS}"),
    ({"ages": [-3, 64]}, f"ages[0]: {WHOLE}"),
    ({"ages": [18, 64.5]}, f"ages[1]: {WHOLE}"),
    ({"ages": ["18", 64]}, f"ages[0]: {WHOLE}"),
    ({"ages": [False, 64]}, f"ages[0]: {WHOLE}"),
    ({"ages": [64, 18]}, f"ages: {BACKWARDS}"),
    ({"companion_ages": [0, HUGE]}, f"companion_ages[1]: {WHOLE}"),
    ({"genders": "woman"}, f"genders: {LIST}"),
    ({"genders": ["woman", "kvinna"]}, f"genders[1]: {UNKNOWN}"),
    ({"genders": [""]}, "genders[0]: is empty"),
    ({"drug_free": "yes"}, f"drug_free: {TRUTH}"),
    ({"drug_free": 1}, f"drug_free: {TRUTH}"),
    ({"needs_met": "mobility"}, f"needs_met: {LIST}"),
    ({"needs_met": ["mobility", ""]}, "needs_met[1]: is empty"),
    ({"needs_refused": [["mobility"]]}, f"needs_refused[0]: {TEXT}"),
    ({"needs_refused": {"mobility": True}}, f"needs_refused: {LIST}"),
    ({"open_from": "2026-02-30"}, f"open_from: {DATE}"),
    ({"open_from": "20260228"}, f"open_from: {DATE}"),
    ({"open_from": "2026-W09-6"}, f"open_from: {DATE}"),
    ({"open_from": "2026-2-28"}, f"open_from: {DATE}"),
    ({"open_from": "2026-03-03T00:00:00"}, f"open_from: {DATE}"),
    ({"open_from": " 2026-03-03"}, f"open_from: {DATE}"),
    ({"open_from": "2026-03-03\n"}, f"open_from: {DATE}"),
    ({"open_from": "２０２６-03-03"}, f"open_from: {DATE}"),
    ({"open_from": "0000-01-01"}, f"open_from: {DATE}"),
    ({"open_from": ""}, f"open_from: {DATE}"),
    ({"open_from": 20260303}, f"open_from: {DATE}"),
    ({"open_from": "2026-03-03", "open_to": "2026-03-02"}, f"open_to: {BACKWARDS}"),
    ({"permit": True}, f"permit: {OBJECT}"),
    ({"permit": {"required": "yes"}}, f"permit.required: {TRUTH}"),
    ({"permit": {"valid_from": "2026-13-01"}}, f"permit.valid_from: {DATE}"),
    (
        {"permit": {"valid_from": "2026-03-03", "valid_to": "2026-03-02"}},
        f"permit.valid_to: {BACKWARDS}",
    ),
    ({"places": 19}, f"places: {OBJECT}"),
    ({"places": {"total": -1}}, f"places.total: {WHOLE}"),
    ({"places": {"total": 1.5}}, f"places.total: {WHOLE}"),
    ({"places": {"total": True}}, f"places.total: {WHOLE}"),
    ({"places": {"total": 10**30}}, f"places.total: {WHOLE}"),
    ({"places": {"occupied": "3"}}, f"places.occupied: {WHOLE}"),
    ({"places": {"unavailable": -1}}, f"places.unavailable: {WHOLE}"),
    ({"places": {"next_free_on": "soon"}}, f"places.next_free_on: {DATE}"),
    ({"location": []}, f"location: {OBJECT}"),
    ({"location": {"municipality": ""}}, "location.municipality: is empty"),
    ({"location": {"lat": 90.1, "lon": 12}}, f"location.lat: {LATITUDE}"),
    ({"location": {"lat": 91}}, f"location.lat: {LATITUDE}"),
    ({"location": {"lat": "57.7", "lon": 12}}, f"location.lat: {LATITUDE}"),
    ({"location": {"lat": True, "lon": 12}}, f"location.lat: {LATITUDE}"),
    ({"location": {"lat": 57, "lon": -180.5}}, f"location.lon: {LONGITUDE}"),
    ({"location": {"lat": float("inf"), "lon": 1}}, f"location.lat: {LATITUDE}"),
    ({"location": {"lat": 1, "lon": float("nan")}}, f"location.lon: {LONGITUDE}"),
    ({"in_house_rate": -1}, f"in_house_rate: {NUMBER}"),
    ({"in_house_rate": "2600"}, f"in_house_rate: {NUMBER}"),
    ({"in_house_rate": False}, f"in_house_rate: {NUMBER}"),
    ({"in_house_rate": float("inf")}, f"in_house_rate: {NUMBER}"),
    ({"in_house_rate": 10**400}, f"in_house_rate: {NUMBER}"),
    ({"agreements": {}}, f"agreements: {LIST}"),
    ({"agreements": [7]}, f"agreements[0]: {OBJECT}"),
    ({"agreements": [{"provision_form": "ramavtal"}]}, f"agreements[0].provision_form: {UNKNOWN}"),
    ({"agreements": [{"provision_form": ""}]}, "agreements[0].provision_form: is empty"),
    ({"agreements": [{"service_type": "x"}]}, f"agreements[0].service_type: {UNKNOWN}"),
    ({"agreements": [{"parties": "1480"}]}, f"agreements[0].parties: {LIST}"),
    ({"agreements": [{}, {"parties": ["1480", ""]}]}, "agreements[1].parties[1]: is empty"),
    ({"agreements": [{"subtypes": [3]}]}, f"agreements[0].subtypes[0]: {TEXT}"),
    (
        {"agreements": [{"valid_from": "2026-02-02", "valid_to": "2026-02-01"}]},
        f"agreements[0].valid_to: {BACKWARDS}",
    ),
    ({"agreements": [{"rank": -1}]}, f"agreements[0].rank: {WHOLE}"),
    ({"agreements": [{"rank": 1.5}]}, f"agreements[0].rank: {WHOLE}"),
    ({"agreements": [{"rate": -0.5}]}, f"agreements[0].rate: {NUMBER}"),
    ({"agreements": [{"rate_unit": ""}]}, "agreements[0].rate_unit: is empty"),
    ({"direct_award": "yes"}, f"direct_award: {OBJECT}"),
    (
        {"direct_award": {"vetted_from": "2026-02-02", "vetted_to": "2026-02-01"}},
        f"direct_award.vetted_to: {BACKWARDS}",
    ),
    ({"direct_award": {"rate": "3400"}}, f"direct_award.rate: {NUMBER}"),
    ({"stops": "paused"}, f"stops: {LIST}"),
    ({"stops": [{"kind": ""}]}, "stops[0].kind: is empty"),
    ({"stops": [{"kind": 3}]}, f"stops[0].kind: {TEXT}"),
    ({"stops": [{"from": "2026-02-29"}]}, f"stops[0].from: {DATE}"),
    ({"stops": [{"from": "2026-02-02", "to": "2026-02-01"}]}, f"stops[0].to: {BACKWARDS}"),
]


@pytest.mark.parametrize(("unit", "said"), BAD_UNITS)
def test_bad_unit_is_refused(unit: Document, said: str) -> None:
    document = register_document(**unit)
    assert refusal(lambda: register_of(document)) == f"register.json: units[1]: {said}"


BAD_REGISTERS: list[tuple[Any, str]] = [
    ([], OBJECT),
    (None, OBJECT),
    ({"instant": None}, "instant: is missing"),
    ({"instant": "today"}, f"instant: {DATE}"),
    ({"instant": "2026-03-03T12:00"}, f"instant: {DATE}"),
    ({"provision_forms": None}, "provision_forms: is missing"),
    ({"provision_forms": []}, f"provision_forms: {OBJECT}"),
    ({"provision_forms": {"": []}}, "provision_forms: is empty"),
    ({"provision_forms": {"x": None}}, f"provision_forms.x: {LIST}"),
    ({"provision_forms": {"x": "in_house"}}, f"provision_forms.x: {LIST}"),
    ({"provision_forms": {"x": ["egen"]}}, f"provision_forms.x[0]: {UNKNOWN}"),
    ({"provision_forms": {"x": [["iop"]]}}, f"provision_forms.x[0]: {TEXT}"),
    ({"places_horizon_days": -1}, f"places_horizon_days: {WHOLE}"),
    ({"places_horizon_days": 21.0}, f"places_horizon_days: {WHOLE}"),
    ({"places_horizon_days": True}, f"places_horizon_days: {WHOLE}"),
    ({"units": None}, "units: is missing"),
    ({"units": {}}, f"units: {LIST}"),
    ({"units": [[]]}, f"units[0]: {OBJECT}"),
]


@pytest.mark.parametrize(("given_", "said"), BAD_REGISTERS)
def test_bad_register_is_refused(given_: Any, said: str) -> None:
    assert refusal(lambda: register_of(spoilt(given_))) == f"register.json: {said}"


def spoilt(given: Any) -> Any:
    return register_document() | given if isinstance(given, dict) else given


BAD_NEEDS: list[tuple[Any, str]] = [
    ([], OBJECT),
    ("need", OBJECT),
    ({"municipality": None}, "municipality: is missing"),
    ({"municipality": ""}, "municipality: is empty"),
    ({"municipality": 1480}, f"municipality: {TEXT}"),
    ({"service_type": None}, "service_type: is missing"),
    ({"service_type": "unheard_of"}, f"service_type: {UNKNOWN}"),
    ({"service_type": ""}, "service_type: is empty"),
    ({"service_type": [SERVICE]}, f"service_type: {TEXT}"),
    ({"wanted_start": None}, "wanted_start: is missing"),
    ({"wanted_start": "2026-02-30"}, f"wanted_start: {DATE}"),
    ({"subtype": ""}, "subtype: is empty"),
    ({"subtype": ["akut"]}, f"subtype: {TEXT}"),
    ({"age": -3}, f"age: {WHOLE}"),
    ({"age": 34.5}, f"age: {WHOLE}"),
    ({"age": True}, f"age: {WHOLE}"),
    ({"age": "34"}, f"age: {WHOLE}"),
    ({"gender": "kvinna"}, f"gender: {UNKNOWN}"),
    ({"gender": ["woman"]}, f"gender: {TEXT}"),
    ({"drug_free": "no"}, f"drug_free: {TRUTH}"),
    ({"companions": 2}, f"companions: {LIST}"),
    ({"companions": [3, -1]}, f"companions[1]: {WHOLE}"),
    ({"companions": [None]}, f"companions[0]: {WHOLE}"),
    ({"places": -1}, f"places: {WHOLE}"),
    ({"places": {}}, f"places: {WHOLE}"),
    ({"needs_required": "mobility"}, f"needs_required: {LIST}"),
    ({"needs_wished": [""]}, "needs_wished[0]: is empty"),
    ({"near": "Göteborg"}, f"near: {OBJECT}"),
    ({"near": {"lat": 95}}, f"near.lat: {LATITUDE}"),
    ({"near": {"lat": 57.7, "lon": 200}}, f"near.lon: {LONGITUDE}"),
    ({"near": {"lat": 57.7, "lon": 12, "within_km": -1}}, f"near.within_km: {NUMBER}"),
    ({"near": {"within_km": float("inf")}}, f"near.within_km: {NUMBER}"),
    ({"not_in_municipalities": "1480"}, f"not_in_municipalities: {LIST}"),
    ({"not_in_municipalities": ["1480", ""]}, "not_in_municipalities[1]: is empty"),
    ({"not_units": [1]}, f"not_units[0]: {TEXT}"),
]


@pytest.mark.parametrize(("given_", "said"), BAD_NEEDS)
def test_bad_need_is_refused(given_: Any, said: str) -> None:
    right = {"municipality": "1480", "service_type": SERVICE, "wanted_start": "2026-03-05"}
    document = right | given_ if isinstance(given_, dict) else given_
    register = register_of(register_document())
    assert refusal(lambda: need_of(document, register)) == f"need.json: {said}"


BAD_FILES = [
    (b"", "f: line 1 column 1: is not JSON"),
    (b"{", "f: line 1 column 2: is not JSON"),
    (b'{"a": 1,\n "b": }', "f: line 2 column 7: is not JSON"),
    (b"{} {}", "f: line 1 column 4: is not JSON"),
    (b"{'a': 1}", "f: line 1 column 2: is not JSON"),
    (b'{"a": NaN}', "f: is not JSON (NaN)"),
    (b'{"a": -Infinity}', "f: is not JSON (-Infinity)"),
    (b'{"a": "\xe5"}', "f: is not UTF-8"),
    ('{"a": "å"}'.encode("utf-16"), "f: is not UTF-8"),
    (b'{"a": {"a": 1, "b": 1, "b": 2}}', "f: b: is given twice"),
    (b'{"a": 1' + b"0" * 5000 + b"}", "f: holds a number that is too long"),
    (b"[" * 100_000, "f: is nested too deeply"),
    (b'{"a":' * 100_000, "f: is nested too deeply"),
    (b'{"a": "\n"}', "f: line 1 column 8: is not JSON"),
]


@pytest.mark.parametrize(("raw", "said"), BAD_FILES, ids=range(len(BAD_FILES)))
def test_file_that_is_not_json_is_refused(raw: bytes, said: str) -> None:
    assert refusal(lambda: strict_json.parse(raw, place="f")) == said


def test_file_with_a_byte_order_mark_is_read() -> None:
    assert strict_json.parse(b'\xef\xbb\xbf{"a": 1}', place="f") == {"a": 1}


def test_lines_are_told_apart_by_line_feeds_alone() -> None:
    raw = '{"a": "x\u2028y"}\r\n{"a": 2}\n\n'.encode()
    read = list(strict_json.parse_lines(raw, place="f"))
    assert read == [("f: line 1", {"a": "x\u2028y"}), ("f: line 2", {"a": 2})]
    assert list(strict_json.parse_lines(b"\n", place="f")) == []


def test_bad_line_is_named() -> None:
    lines = strict_json.parse_lines(b"{}\n\n{}", place="f")
    assert refusal(lambda: list(lines)) == "f: line 2: is not JSON"


def test_values_with_line_breaks_stay_on_the_one_line() -> None:
    document = register_document() | {"provision_forms": {"a\nb\x1b": ["x"]}}
    assert refusal(lambda: register_of(document)).startswith("register.json: provision_forms.a")


GOOD_UNITS: list[Document] = [
    {},
    {"colour": {"any": [None]}, "places": {"colour": 1}, "agreements": [{"agreement": 7}]},
    {"ages": [None, None], "companion_ages": [0, 0], "genders": [], "services": []},
    {"location": {"lat": 57.7}},
    {"location": {"lat": -90, "lon": 180}},
    {"places": {"total": 1, "occupied": 5}},
    {"places": {"total": HUGE - 1, "occupied": 0, "unavailable": HUGE - 1}},
    {"open_from": "2026-03-03", "open_to": "2026-03-03"},
    {"open_from": "0001-01-01", "open_to": "9999-12-31"},
    {"in_house_rate": 1e300, "name": "två\nrader"},
    {"in_house_rate": 0},
    {"in_house_rate": HUGE - 1},
    {"stops": [{}], "agreements": [{}], "services": [{}], "permit": {}, "direct_award": {}},
    {"needs_met": ["a", "a"]},
    {
        "services": [{"service_type": "protected_housing"}],
        "location": {"municipality": "1480", "lat": "kept secret", "lon": 999},
    },
]


@pytest.mark.parametrize("unit", GOOD_UNITS)
def test_what_the_format_leaves_open_is_taken(unit: Document) -> None:
    assert list(register_of(register_document(**unit)).ids) == ["U1", "U2"]


@settings(made_up, max_examples=80)
@given(st.randoms(use_true_random=False))
def test_nothing_but_a_refusal_comes_of_a_spoilt_document(random: Random) -> None:
    """One value anywhere is another thing than it should be: refused by name, or harmless."""
    document, needs = Maker(random).case()
    both = json.loads(json.dumps({"register": document, "need": needs[0]}))
    _spoil(both, random)
    assert _said_of(both).startswith(("r: ", "n: ", "matched"))


def _said_of(both: Document) -> str:
    try:
        register = Register.from_document(both["register"], place="r")
        types = register.provision_forms
        need = Need.from_document(both["need"], place="n", service_types=types)
    except BadInput as bad:
        return str(bad)
    matched(need.to_document(), register).to_json()
    return "matched"


JUNK: list[Any] = [
    None, True, -1, 1.5, "", "x", "2026-02-30", [], {}, [None], [""], {"x": []}, 1e400, HUGE, "\0"
]  # fmt: skip


def _spoil(whole: Document, random: Random) -> None:
    part: Any = whole[random.choice(["register", "need"])]
    while True:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        if not keys:
            return
        key = random.choice(keys)
        inner = part[key]
        if not isinstance(inner, dict | list) or not inner or random.random() < 0.2:
            part[key] = random.choice(JUNK)
            return
        part = inner
