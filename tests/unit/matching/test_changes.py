"""A register that has been changed is the register of the changed documents."""

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.matching import Outcome
from providers.domain.register import Register
from spink.foundation.bad_input import BadInput
from tests.unit.matching.cases import Maker
from tests.unit.matching.made import made_up, matched, matched_together, register_of

Document = dict[str, Any]
SERVICE = "short_term_housing"


def register_document(*units: Document, **more: Any) -> Document:
    forms = {SERVICE: ["in_house", "framework", "direct_award"], "treatment": ["direct_award"]}
    return {"instant": "2026-03-03", "provision_forms": forms, "units": list(units), **more}


def unit(unit_id: str, **more: Any) -> Document:
    services = [{"service_type": SERVICE}]
    return {"id": unit_id, "services": services, "direct_award": {}, **more}


def need(**more: Any) -> Document:
    return {
        "municipality": "1480",
        "service_type": SERVICE,
        "wanted_start": "2026-03-05",
        **more,
    }


def candidates(outcome: Outcome) -> list[str]:
    rungs: Any = outcome.to_dict()["rungs"]
    return [candidate["unit"] for rung in rungs for candidate in rung["candidates"]]


@settings(made_up)
@given(st.randoms(use_true_random=False))
def test_changed_register_is_the_register_built_anew(random: Random) -> None:
    """Units change, come and go while outcomes are asked for between the changes."""
    maker = Maker(random)
    document, needs = maker.case()
    register = register_of(document)
    units = {unit["id"]: unit for unit in document["units"]}
    for _ in range(3):
        matched(needs[0], register).to_json()
        removed = [unit_id for unit_id in units if random.random() < 0.15]
        pool = sorted({*units, "U0", "U40", "Ö1"} if random.random() < 0.5 else units)
        named = random.sample(pool, random.randint(0, min(3, len(pool))))
        changed = [maker.unit(unit_id) for unit_id in named]
        units = {unit_id: units[unit_id] for unit_id in units if unit_id not in removed}
        units |= {unit["id"]: unit for unit in changed}
        register = register.with_units(changed, removed)
        anew = register_of(document | {"units": list(units.values())})
        assert list(register.ids) == list(anew.ids)
        for asked in needs:
            assert matched(asked, register).to_json() == matched(asked, anew).to_json()


def test_changed_unit_leaves_the_earlier_register_as_it_was() -> None:
    earlier = register_of(register_document(unit("A", ages=[18, None]), unit("B")))
    before = matched(need(age=17), earlier).to_json()
    later = earlier.with_units([unit("A")])
    assert candidates(matched(need(age=17), later)) == ["A", "B"]
    assert matched(need(age=17), earlier).to_json() == before


def test_offering_of_another_service_is_kept_when_a_unit_changes() -> None:
    register = register_of(
        register_document(unit("A"), unit("B", services=[{"service_type": "treatment"}]))
    )
    treatment, housing = register.offering("treatment"), register.offering(SERVICE)
    changed = register.with_units([unit("A", ages=[18, 20])])
    assert changed.offering("treatment") is treatment
    assert changed.offering(SERVICE) is not housing


def test_unit_that_changes_service_leaves_the_one_and_joins_the_other() -> None:
    register = register_of(register_document(unit("A"), unit("B")))
    assert candidates(matched(need(), register)) == ["A", "B"]
    assert candidates(matched(need(service_type="treatment"), register)) == []
    moved = register.with_units([unit("A", services=[{"service_type": "treatment"}])])
    assert candidates(matched(need(), moved)) == ["B"]
    assert candidates(matched(need(service_type="treatment"), moved)) == ["A"]


def test_unit_that_goes_while_another_comes_takes_its_id_along() -> None:
    register = register_of(register_document(unit("A"), unit("C")))
    matched(need(), register).to_json()
    changed = register.with_units([unit("B")], ["A"])
    assert candidates(matched(need(), changed)) == ["B", "C"]


def test_removing_an_unknown_unit_is_no_fault() -> None:
    register = register_of(register_document(unit("A")))
    assert candidates(matched(need(), register.with_units([], ["B"]))) == ["A"]


def test_codes_grow_past_any_number_in_an_unbroken_line_of_changes() -> None:
    """More than a word of 64 codes of every kind, some known from the start, most not."""
    register = register_of(register_document(unit("U000", needs_met=["need0"])))
    for number in range(1, 140):
        code = f"need{number}"
        agreement = {
            "provision_form": "framework",
            "service_type": SERVICE,
            "parties": [f"M{number}"],
            "subtypes": [f"sub{number}"],
        }
        changed = unit(
            f"U{number:03}",
            needs_met=[code],
            needs_refused=[f"no{number}"],
            services=[{"service_type": SERVICE, "subtypes": [f"sub{number}"]}],
            direct_award=None,
            agreements=[agreement],
        )
        asked = need(municipality=f"M{number}", subtype=f"sub{number}", needs_required=[code])
        assert candidates(matched(asked, register)) == []
        register = register.with_units([changed])
        assert candidates(matched(asked, register)) == [f"U{number:03}"]
        refused = asked | {"needs_wished": [f"no{number}"]}
        assert candidates(matched(refused, register)) == []
    together = [
        need(municipality=f"M{n}", subtype=f"sub{n}", needs_required=[f"need{n}"])
        for n in (1, 63, 64, 65, 127, 128, 139)
    ]
    outcomes = matched_together(together, register)
    assert [candidates(outcome) for outcome in outcomes] == [
        [f"U{n:03}"] for n in (1, 63, 64, 65, 127, 128, 139)
    ]


def test_more_wished_needs_than_a_word_holds_are_counted_and_told() -> None:
    wished = [f"need{number}" for number in range(150)]
    register = register_of(
        register_document(unit("A", needs_met=wished[:149]), unit("B", needs_met=wished))
    )
    outcome = matched(need(needs_wished=wished), register)
    rungs: Any = outcome.to_dict()["rungs"]
    told = {c["unit"]: c["wished_met"] for c in rungs[2]["candidates"]}
    assert list(told.items()) == [("B", wished), ("A", wished[:149])]


def test_register_at_another_instant_sees_the_stops_of_that_day() -> None:
    stop = {"kind": "paused", "from": "2026-01-01", "to": "2026-02-01"}
    register = register_of(register_document(unit("A", stops=[stop])))
    earlier = register.at(register.instant.replace(month=2, day=1))
    assert candidates(matched(need(), register)) == ["A"]
    assert candidates(matched(need(), earlier)) == []


def test_register_with_other_rungs_or_horizon_matches_by_them() -> None:
    full = {"total": 1, "occupied": 1}
    register = register_of(register_document(unit("A", places=full)))
    assert candidates(matched(need(), register)) == []
    near = register.with_horizon(1)
    assert candidates(matched(need(), near)) == ["A"]
    without = near.with_provision_forms({SERVICE: ["in_house"], "treatment": []})
    assert matched(need(), without).to_dict()["counts"] == {
        "units": 1,
        "excluded": 1,
        "by_reason": {"no_agreement": 1},
    }


def test_number_follows_the_changes() -> None:
    document = register_document(unit("A"))
    register = Register.from_document(document, place="diary", number=7)
    assert register.number == 7
    assert register.with_units([unit("A")], number=8).number == 8
    assert register.with_units([unit("A")]).number == 7
    assert register.with_number(9).number == 9
    assert register_of(document).number is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ([unit("A"), unit("A")], "units[1]: id: is the id of another unit too"),
        ([unit("A", ages=[3])], "units[0]: ages: must be a list of two bounds"),
        (["A"], "units[0]: must be an object"),
        (
            [unit("A", services=[{"service_type": "unheard_of"}])],
            "units[0]: services[0].service_type: is not known",
        ),
    ],
)
def test_bad_change_is_refused_and_changes_nothing(changed: list[Any], said: str) -> None:
    register = register_of(register_document(unit("A")))
    before = matched(need(), register).to_json()
    with pytest.raises(BadInput) as refused:
        register.with_units(changed)
    assert str(refused.value) == said
    assert matched(need(), register).to_json() == before


def test_changing_one_of_ten_thousand_units_touches_no_other_row_in_python() -> None:
    """Counted and not timed: the columns are copied in whole runs around the changed unit."""
    register = register_of(register_document(*(unit(f"U{n:05}") for n in range(10_000))))
    changed = register.with_units([unit("U05000", ages=[18, 20])])
    same = register.tables.units.age_from == changed.tables.units.age_from
    assert np.flatnonzero(~same).tolist() == [5000]
    assert changed.ids is register.ids
