"""The rules against their plain second reading, on cases in which little things decide."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from placements.matching import Excluded
from tests.unit.matching import plain
from tests.unit.matching.cases import Maker, case
from tests.unit.matching.made import (
    as_bytes,
    listing,
    made_up,
    matched,
    matched_together,
    need_of,
    register_of,
)

chance = st.randoms(use_true_random=False)


@settings(made_up)
@given(chance)
def test_match_is_the_plain_reading(random: Random) -> None:
    document, needs = Maker(random).case()
    register = register_of(document)
    for need in needs:
        assert matched(need, register).to_dict() == plain.match(need, document)


@settings(made_up)
@given(chance)
def test_needs_together_give_what_each_gives_alone(random: Random) -> None:
    document, needs = Maker(random).case()
    register = register_of(document)
    together = matched_together(needs, register)
    assert [outcome.to_dict() for outcome in together] == [
        plain.match(need, document) for need in needs
    ]


@pytest.mark.parametrize("excluded", ["none", "near", "all"])
@settings(made_up)
@given(chance)
def test_json_is_the_document_byte_for_byte(excluded: Excluded, random: Random) -> None:
    document, needs = Maker(random).case()
    register = register_of(document)
    for need in needs:
        outcome = matched(need, register)
        expected = listing(plain.match(need, document), excluded)
        assert outcome.to_json(excluded) == as_bytes(expected)
        assert as_bytes(outcome.to_dict(excluded)) == as_bytes(expected)


@settings(made_up)
@given(chance)
def test_need_comes_back_from_its_document(random: Random) -> None:
    document, needs = Maker(random).case()
    register = register_of(document)
    for need in needs:
        read = need_of(need, register)
        assert need_of(read.to_document(), register) == read


@pytest.mark.parametrize("hundreds", range(10))
def test_match_is_the_plain_reading_in_a_thousand_cases(hundreds: int) -> None:
    for seed in range(100 * hundreds, 100 * (hundreds + 1)):
        document, needs = case(seed)
        register = register_of(document)
        expected = [plain.match(need, document) for need in needs]
        assert matched(needs[0], register).to_dict() == expected[0], seed
        together = [outcome.to_dict() for outcome in matched_together(needs, register)]
        assert together == expected, seed
