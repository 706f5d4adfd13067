"""The catalogue comes from data with dates: what exists, from when, and where else to turn."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from spink.catalogue import queries
from spink.catalogue.actions import load_catalogue
from spink.catalogue.domain.ladder import LADDER
from spink.catalogue.models import (
    CodedReason,
    LegalBasis,
    ReasonKind,
    ServiceRung,
    ServiceType,
    SpecialNeed,
    Subtype,
)

DAY = date(2025, 3, 3)

# Own units, IOP, framework agreements, direct award: which rungs each service has.
RUNGS = """
supported_social_housing   yes -   yes yes
emergency_aid_housing      yes -   -   yes
protected_housing          yes yes yes yes
housing_first              yes -   yes -
treatment                  -   -   yes yes
supported_accommodation    yes -   yes yes
foster_home                -   -   yes yes
residential_care_home      yes -   yes yes
outpatient_care            -   -   yes yes
short_term_housing         yes -   yes yes
short_term_stay            yes -   yes yes
special_service_housing    yes -   yes yes
temporary_protection_home  yes yes -   -
sis_care                   -   -   -   -
lvm_care                   -   -   -   -
"""


@pytest.fixture
def _loaded(db: None) -> None:
    load_catalogue()


pytestmark = pytest.mark.usefixtures("_loaded")


def contents() -> list[list[object]]:
    models = (ServiceType, Subtype, ServiceRung, SpecialNeed, LegalBasis, CodedReason)
    return [sorted(model.objects.values_list()) for model in models]


def test_catalogue_loaded_twice_is_the_same_and_leaves_no_mark_in_the_diary() -> None:
    changes = apps.get_model("providers", "RegisterChange").objects
    before, written = contents(), changes.count()
    load_catalogue()
    assert contents() == before
    assert changes.count() == written


def test_loading_mends_what_was_changed_and_keeps_what_was_added() -> None:
    ServiceType.objects.filter(code="treatment").update(name_sv="Något annat")
    added = SpecialNeed.objects.create(code="added-here", name_sv="Tillagt")
    load_catalogue()
    assert ServiceType.objects.get(code="treatment").name_sv == "Behandlingsinsatser"
    assert SpecialNeed.objects.filter(pk=added.pk).exists()


@pytest.mark.parametrize("line", RUNGS.strip().splitlines(), ids=lambda line: line.split()[0])
def test_service_has_the_rungs_of_the_table(line: str) -> None:
    service, *cells = line.split()
    expected = tuple(form for form, cell in zip(LADDER, cells, strict=True) if cell == "yes")
    assert queries.rungs_of(service, DAY) == expected


def test_table_of_rungs_names_every_service() -> None:
    named = {line.split()[0] for line in RUNGS.strip().splitlines()}
    assert {service.code for service in queries.all_services()} == named


def test_service_that_does_not_exist_has_no_rungs() -> None:
    assert queries.rungs_of("nothing", DAY) == ()


def test_requests_are_filed_for_services_that_are_routed_here() -> None:
    requested = {service.code for service in queries.requestable_services(DAY)}
    not_here = {service.code for service in queries.all_services()} - requested
    assert not_here == {
        "special_service_housing",
        "temporary_protection_home",
        "sis_care",
        "lvm_care",
    }


@pytest.mark.parametrize("language", ["sv", "en"])
def test_service_that_is_not_routed_here_says_where_to_turn(language: str) -> None:
    requested = queries.requestable_services(DAY)
    with translation.override(language):
        silent = [
            service.code
            for service in queries.all_services()
            if service not in requested and not service.referral
        ]
    assert silent == []


def test_service_was_routed_here_until_its_last_day() -> None:
    def requested_on(day: date) -> bool:
        codes = [service.code for service in queries.requestable_services(day)]
        return "special_service_housing" in codes

    assert [requested_on(date(2024, 3, 31)), requested_on(date(2024, 4, 1))] == [True, False]


@pytest.mark.parametrize("code", ["sis_care", "lvm_care"])
def test_care_of_sis_points_to_the_mark_of_its_shortage(code: str) -> None:
    service = queries.service(code)
    assert service is not None
    assert service.points_to_sis_shortage
    assert "SiS-platsbrist" in service.referral_sv


def test_subtype_exists_from_its_first_day() -> None:
    def subtypes_on(day: date) -> set[str]:
        return {one.code for one in queries.subtypes_of("supported_social_housing", day)}

    new = subtypes_on(date(2025, 4, 1)) - subtypes_on(date(2025, 3, 31))
    assert new == {"förstärkt kollektivt"}


def test_legal_basis_of_social_services_changes_with_the_law() -> None:
    def bases_on(day: date) -> set[str]:
        return {basis.code for basis in queries.legal_bases(day)}

    old, new = bases_on(date(2025, 6, 30)), bases_on(date(2025, 7, 1))
    assert old - new == {"sol_4_1", "sol_6_1a"}
    assert new - old == {"sol_2025", "sol_2025_placement"}


def test_compulsory_care_that_goes_to_sis_is_not_handled_here_and_says_so() -> None:
    refused = [basis for basis in queries.legal_bases(DAY) if not basis.is_handled_here]
    assert {basis.code for basis in refused} == {"lvm", "sis"}
    assert [basis.code for basis in refused if not basis.referral] == []


def test_sixteen_special_needs_are_known() -> None:
    assert len(queries.special_needs(DAY)) == 16


@pytest.mark.parametrize("kind", ReasonKind)
def test_every_kind_of_reason_has_some_to_choose(kind: ReasonKind) -> None:
    assert len(queries.reasons(kind, DAY)) >= 2


def test_new_assignments_of_housing_first_are_split_in_halves() -> None:
    share = queries.own_share("housing_first", DAY)
    assert share is not None
    assert share * 2 == 1
    assert queries.own_share("treatment", DAY) is None


def test_name_of_an_ended_code_is_still_known_and_an_unknown_one_names_itself() -> None:
    found = queries.names(["sol_4_1", "nothing"], of="basis")
    assert found["nothing"] == "nothing"
    assert found["sol_4_1"] != "sol_4_1"


@pytest.mark.parametrize("kind", ["skipped_rung", "withdrawn"])
def test_names_of_reasons_are_those_of_their_kind(kind: str) -> None:
    reasons = queries.reasons(kind, DAY)
    assert queries.names([one.code for one in reasons], of=kind) == {
        one.code: one.name for one in reasons
    }


def test_names_of_many_kinds_are_those_of_each_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    wanted = {"service": ["treatment", "nothing"], "need": ["mobility"], "withdrawn": ["deceased"]}
    one_by_one = {of: queries.names(codes, of=of) for of, codes in wanted.items()}
    with django_assert_num_queries(1):
        assert queries.names_of_many(wanted) == one_by_one


def test_name_is_english_for_readers_of_english() -> None:
    treatment = ServiceType.objects.get(code="treatment")
    with translation.override("en"):
        assert treatment.name == treatment.name_en != treatment.name_sv


def test_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(IntegrityError, match="specialneed_period_in_order"), transaction.atomic():
        SpecialNeed.objects.create(
            code="x", name_sv="X", valid_from=date(2025, 2, 1), valid_to=date(2025, 1, 31)
        )
