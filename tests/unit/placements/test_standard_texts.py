"""Placeholders are a closed list, and what is filled in is never read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.domain.standard_texts import (
    ALLOWED,
    Placeholder,
    Purpose,
    filled,
    says_the_same_of_all,
    unknown_in,
)


@pytest.mark.parametrize(
    ("body", "unknown"),
    [
        ("Hej {socialsekreterare}!", []),
        ("Om {namn}", ["{namn}"]),
        ("{personnummer} och {namn}, {namn}", ["{personnummer}", "{namn}"]),
        ("{ referens }", ["{ referens }"]),
        ("{}", ["{}"]),
        ("en { ensam", ["{"]),
        ("{{referens}}", ["{", "}"]),
    ],
)
def test_what_is_not_on_the_list_is_unknown(body: str, unknown: list[str]) -> None:
    assert unknown_in(body, Purpose.ASK_INFORMATION) == unknown


def test_units_are_named_in_a_recommendation_alone() -> None:
    body = "Vi föreslår {verksamheter}"
    found = {purpose: unknown_in(body, purpose) for purpose in Purpose}
    assert found == {
        Purpose.ASK_INFORMATION: ["{verksamheter}"],
        Purpose.RECOMMENDATION: [],
        Purpose.HAND_OVER: ["{verksamheter}"],
        Purpose.MESSAGE: ["{verksamheter}"],
        Purpose.ASK_PROVIDER: ["{verksamheter}"],
    }


def test_provider_reads_nothing_that_leads_to_the_person() -> None:
    everything = " ".join(f"{{{one.value}}}" for one in Placeholder)
    unknown = unknown_in(everything, Purpose.ASK_PROVIDER)
    assert unknown == ["{referens}", "{verksamheter}", "{socialsekreterare}"]


@pytest.mark.parametrize(
    ("body", "same"),
    [
        ("", True),
        ("Ring {handläggare}, {telefon}", True),
        ("{handläggare} om {insats}", False),
        ("{referens}", False),
    ],
)
def test_text_is_shared_by_many_where_nothing_of_one_request_is_in_it(
    body: str, same: bool
) -> None:
    assert says_the_same_of_all(body) is same


def test_every_purpose_has_its_list() -> None:
    assert set(ALLOWED) == set(Purpose)


def test_filled_in_text_is_not_filled_in_again() -> None:
    values = {Placeholder.OFFICER: "{referens}", Placeholder.REFERENCE: "2025-00001"}
    assert filled("{handläggare} {referens}", values) == "{referens} 2025-00001"


@given(st.text(alphabet=st.characters(exclude_characters="{}")))
def test_text_without_braces_stays_as_it_is(body: str) -> None:
    assert (filled(body, {}), unknown_in(body, Purpose.RECOMMENDATION)) == (body, [])
