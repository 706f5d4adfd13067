from spink.catalogue.domain.ladder import LADDER, PURCHASED


def test_ladder_is_climbed_from_own_units_to_direct_award() -> None:
    assert [form.value for form in LADDER] == ["in_house", "iop", "framework", "direct_award"]


def test_purchases_are_made_on_the_last_two_rungs() -> None:
    assert set(LADDER[2:]) == PURCHASED
