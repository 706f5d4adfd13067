"""What a recommendation passes, and what the file says of a direct award."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain.recommending import (
    Offer,
    Passed,
    direct_award_reason,
    in_ladder_order,
    passed_over,
)
from placements.domain.values import Answer
from spink.catalogue.domain.ladder import LADDER, ProvisionForm

OWN, IOP, FRAMEWORK, DIRECT = LADDER
LADDERED = {OWN: ["own"], FRAMEWORK: ["first", "second", "third"], DIRECT: ["bought", "other"]}
RANKS = {"first": 1, "second": 2, "third": 3}
NOBODY: dict[str, Answer] = {}


def offer(
    candidates: dict[ProvisionForm, list[str]] = LADDERED,
    answers: dict[str, Answer] = NOBODY,
    *,
    split: bool = False,
    ranked: bool = True,
) -> Offer:
    ranks = RANKS if ranked else {}
    return Offer(candidates, answers, own_share_reached=split, ranks=ranks)


def no(*units: str) -> dict[str, Answer]:
    return dict.fromkeys(units, Answer.NO)


@pytest.mark.parametrize(
    ("chosen", "answers", "passed"),
    [
        (["own"], {}, Passed((), ())),
        (["first"], {}, Passed((OWN,), ())),
        (["first"], no("own"), Passed((), ())),
        (["own", "first"], {}, Passed((), ())),
        (["own", "second"], {}, Passed((), ("first",))),
        (["own", "second"], no("first"), Passed((), ())),
        (["own", "second"], {"first": Answer.LATER}, Passed((), ("first",))),
        (["own", "third"], no("second"), Passed((), ("first",))),
        (["own", "first", "second", "third"], {}, Passed((), ())),
        (["bought"], no("own", "first", "second", "third"), Passed((), ())),
        (["bought"], no("own", "first", "second"), Passed((FRAMEWORK,), ())),
        (["first", "bought"], no("own"), Passed((FRAMEWORK,), ())),
        (["first", "bought"], {}, Passed((OWN, FRAMEWORK), ())),
        (["other"], no("own", "first", "second", "third"), Passed((), ())),
    ],
)
def test_units_that_come_first_are_passed_unless_they_said_no(
    chosen: list[str], answers: dict[str, Answer], passed: Passed
) -> None:
    assert passed_over(chosen, offer(answers=answers)) == passed


def test_framework_without_a_ranking_passes_no_unit() -> None:
    assert passed_over(["own", "third"], offer(ranked=False)) == Passed((), ())


def test_own_units_are_not_passed_where_the_split_gives_the_place_to_others() -> None:
    assert passed_over(["first"], offer(split=True)) == Passed((), ())


@pytest.mark.parametrize(
    ("candidates", "answers", "split", "given_reason", "code"),
    [
        (LADDERED, {}, False, "safety", "skipped_with_reason"),
        (LADDERED, no("own", "first", "second", "third"), False, "", "all_answered_no"),
        (LADDERED, no("first", "second", "third"), True, "", "own_share_reached"),
        ({OWN: [], FRAMEWORK: [], DIRECT: ["bought"]}, {}, False, "", "no_fitting_unit"),
        ({OWN: [], DIRECT: ["bought"]}, {}, False, "", "no_framework_exists"),
    ],
)
def test_direct_award_says_why_the_rungs_before_it_are_not_used(
    candidates: dict[ProvisionForm, list[str]],
    answers: dict[str, Answer],
    split: bool,
    given_reason: str,
    code: str,
) -> None:
    offered = offer(candidates, answers, split=split)
    assert direct_award_reason(offered, skipped_rung_reason=given_reason) == code


@given(st.data())
def test_direct_award_without_a_reason_is_made_only_where_everybody_before_said_no(
    data: st.DataObject,
) -> None:
    """Whatever is chosen beside it, and whoever has answered what."""
    units = [unit for units in LADDERED.values() for unit in units]
    answers = data.draw(st.dictionaries(st.sampled_from(units), st.sampled_from(Answer)))
    free = [unit for unit in units if answers.get(unit) is not Answer.NO]
    chosen = data.draw(st.lists(st.sampled_from(free), unique=True, min_size=1)) if free else []
    offered = offer(answers=answers)
    if chosen and DIRECT in {form for _, form in in_ladder_order(chosen, offered)}:
        before = LADDERED[OWN] + LADDERED[FRAMEWORK]
        all_refused = all(answers.get(unit) is Answer.NO for unit in before)
        assert bool(passed_over(chosen, offered).rungs) == (not all_refused)
