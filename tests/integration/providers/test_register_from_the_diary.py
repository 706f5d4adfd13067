"""The diary gives at every number what the live tables gave, and the kept columns keep up."""

import json

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from providers.domain.register import Register
from providers.queries import current_number, current_register, loading
from providers.queries import register as kept
from tests.support.register_edits import DAY, EDITS, apply, next_transaction

pytestmark = pytest.mark.django_db

steps = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 1000)), min_size=5, max_size=25)
modest = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def printed(loaded: loading.Loaded) -> str:
    return json.dumps(loaded.as_document(DAY))


def plain_columns(register: Register) -> dict[str, str]:
    """Those that hold no codes: codes are numbered as each register met them."""
    units = register.tables.units._asdict()
    coded = ("operated_by", "municipality", "needs_met", "needs_refused")
    return {name: str(column.tolist()) for name, column in units.items() if name not in coded}


@modest
@given(steps=steps)
def test_diary_gives_what_was_live_at_every_number(catalogue: None, steps: list) -> None:
    with transaction.atomic():
        live = {}
        for edit, seed in steps:
            next_transaction()
            apply(edit, seed)
            live[current_number()] = printed(loading.load(DAY))
        assert {number: printed(loading.load_at(number, DAY)) for number in live} == live
        transaction.set_rollback(True)


@modest
@given(steps=steps, rolled_back=st.sets(st.integers(0, 24)))
def test_kept_register_is_what_a_fresh_load_gives(
    catalogue: None, steps: list, rolled_back: set[int]
) -> None:
    with transaction.atomic():
        for number, (edit, seed) in enumerate(steps):
            with transaction.atomic():
                apply(edit, seed)
                current_register()
                transaction.set_rollback(number in rolled_back)
            register = current_register()
            fresh = kept._built(loading.load(register.instant), register.instant)
            assert register.number == fresh.number
            assert register.ids == fresh.ids
            assert register.provision_forms == fresh.provision_forms
            assert register.places_horizon_days == fresh.places_horizon_days
            assert plain_columns(register) == plain_columns(fresh)
        transaction.set_rollback(True)


@modest
@given(steps=steps, batch=st.integers(1, 5))
def test_touched_units_are_all_that_differ(catalogue: None, steps: list, batch: int) -> None:
    with transaction.atomic():
        seen = loading.load(DAY)
        units = seen.units
        for number, (edit, seed) in enumerate(steps):
            apply(edit, seed)
            if number % batch == 0:
                touched = loading.touched_since([seen.position.change])
                assert touched is not None
                seen = loading.load(DAY, touched.ids)
                units = {
                    code: unit for code, unit in units.items() if code not in touched.codes
                } | seen.units
                assert units == loading.load(DAY).units
        transaction.set_rollback(True)
