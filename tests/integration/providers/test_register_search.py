"""Finding units: by every word that is said of them, and whoever changed it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from providers.actions import set_stop
from providers.diary import changing_register
from providers.models import CareUnit, CareUnitService, CorporateGroup, Provider, StopKind
from spink.accounts.models import Municipality, User
from spink.catalogue.models import SpecialNeed, Subtype
from spink.foundation import clock
from spink.foundation.actor import Actor
from tests.factories import providers as made
from tests.factories.accounts import MunicipalityFactory
from tests.support.register_edits import next_transaction

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

KEEPER = Actor.system("keeper")


@pytest.fixture
def reader(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper, backend="django.contrib.auth.backends.ModelBackend")
    return client


def found(reader: Client, text: str = "", **filters: str) -> list[str]:
    rows = reader.get("/register/units/", {"q": text, **filters}).context["rows"]
    return [row.name for row in rows]


def sjovik() -> CareUnit:
    unit = made.CareUnitFactory(
        code="U-7",
        name="Sjövik",
        district="Hisingen",
        methods=["Motiverande samtal", "ÅP"],
        needs_met=["mobility"],
        genders=["woman"],
        priority_group="unga vuxna",
        provider__name="Gullhed Vård AB",
        provider__group=made.CorporateGroupFactory(name="Nordkoncernen"),
    )
    made.CareUnitServiceFactory(unit=unit, subtypes=["fysiska funktionsnedsättningar"])
    made.CareUnitFactory(
        code="E-1", name="Ekhagen", municipality="1481", provider__name="Annan", methods=["KBT"]
    )
    return unit


@pytest.mark.parametrize(
    "text",
    ["sjövik", "SJÖ", "sjovik", "u-7", "U 7", "gullhed", "vard", "nordkon", "hisingen",
     "motiverande", "åp", "ap", "göteborg", "goteb", "fysiska", "korttidsboende", "förflyttn",
     "kvinnor", "unga", "sjö gullhed fysiska", "  gullhed,sjövik "],
)  # fmt: skip
def test_unit_is_found_by_the_beginning_of_every_word(reader: Client, text: str) -> None:
    sjovik()
    assert found(reader, text) == ["Sjövik"]


@pytest.mark.parametrize("text", ["sjövik ekhagen", "sjåvik", "psykiska", "foster", "män"])
def test_unit_is_not_found_by_what_is_not_said_of_it(reader: Client, text: str) -> None:
    sjovik()
    assert found(reader, text) == []


def test_letters_with_dots_are_letters_and_without_they_are_forgiving(reader: Client) -> None:
    for name in ("Får", "Far", "För"):
        made.CareUnitFactory(name=name)
    assert found(reader, "får") == ["Får"]
    assert found(reader, "far") == ["Far", "Får"]
    assert found(reader, "för") == ["För"]


def test_own_name_comes_before_the_providers_and_that_before_what_is_given(reader: Client) -> None:
    made.CareUnitFactory(name="A", methods=["Linden"])
    made.CareUnitFactory(name="B", provider__name="Linden")
    for name in ("Linden två", "Linden ett"):
        made.CareUnitFactory(name=name)
    assert found(reader, "linden") == ["Linden ett", "Linden två", "B", "A"]


def test_part_inside_a_name_is_found_where_no_word_begins_so(reader: Client) -> None:
    sjovik()
    assert found(reader, "jövi") == ["Sjövik"]


def changes() -> dict[str, object]:
    return {
        "unit": lambda: CareUnit.objects.filter(code="U-7").update(name="Nyhem"),
        "method": lambda: CareUnit.objects.filter(code="U-7").update(methods=["Nyhem"]),
        "provider": lambda: Provider.objects.filter(units__code="U-7").update(name="Nyhem"),
        "group": lambda: CorporateGroup.objects.update(name="Nyhem"),
        "other provider": lambda: CareUnit.objects.filter(code="U-7").update(
            provider=made.ProviderFactory(name="Nyhem")
        ),
        "catalogue": lambda: Subtype.objects.filter(
            code="fysiska funktionsnedsättningar"
        ).update(name_sv="Nyhem"),
        "need": lambda: SpecialNeed.objects.filter(code="mobility").update(name_sv="Nyhem"),
        "municipality": lambda: Municipality.objects.filter(code="1480").update(name="Nyhem"),
    }  # fmt: skip


@pytest.mark.parametrize("what", list(changes()))
def test_words_follow_every_change(reader: Client, what: str) -> None:
    sjovik()
    with changing_register(by=KEEPER):
        changes()[what]()  # type: ignore[operator]
    assert [row.split()[0] for row in found(reader, "nyhem")] in (["Sjövik"], ["Nyhem"])
    assert all_words() == all_words_anew()


def test_words_follow_services_that_come_and_go(reader: Client) -> None:
    unit = sjovik()
    with changing_register(by=KEEPER):
        made.CareUnitServiceFactory(unit=unit, service_type_id="foster_home")
        assert found(reader, "familjehem") == ["Sjövik"]
        CareUnitService.objects.filter(service_type="foster_home").delete()
    assert found(reader, "familjehem") == []
    with changing_register(by=KEEPER):
        CareUnit.objects.filter(code="U-7").delete()
    assert all_words() == all_words_anew()


def test_municipality_that_is_named_later_is_found(reader: Client) -> None:
    made.CareUnitFactory(name="Ekhagen", municipality="1440")
    MunicipalityFactory(code="1440", name="Ale")
    assert found(reader, "ale") == ["Ekhagen"]


def all_words() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, document::text FROM providers_unitsearch ORDER BY 1")
        return cursor.fetchall()


def all_words_anew() -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit_id, document::text FROM providers_search_documents("
            "ARRAY(SELECT id FROM providers_careunit)) ORDER BY 1"
        )
        return cursor.fetchall()


def test_age_need_stop_and_permit_narrow_the_list(reader: Client) -> None:
    today = clock.today()
    young = made.CareUnitFactory(name="Ung", age_to=20, needs_met=["mobility"])
    made.CareUnitFactory(name="Vuxen", age_from=21)
    made.PermitFactory(unit=young, valid_to=today + timedelta(days=90))
    lacking = made.PermitFactory(unit__name="Utan", valid_from=None)
    made.PermitFactory(unit__name="Ej krav", valid_from=None, required=False)
    set_stop(on=lacking.unit.provider, kind=StopKind.PAUSED, by=KEEPER, reason_code="")
    next_transaction()
    assert found(reader, age="20") == ["Ej krav", "Ung", "Utan"]
    assert found(reader, need="mobility") == ["Ung"]
    assert found(reader, stop="now") == ["Utan"]
    assert found(reader, stop="none") == ["Ej krav", "Ung", "Vuxen"]
    assert found(reader, permit="soon") == ["Ung"]
    assert found(reader, permit="lacking") == ["Utan"]
    assert len(found(reader, age="gammal")) == 4


def test_search_asks_as_few_queries_with_many_units(reader: Client) -> None:
    counts = []
    for size in (2, 20):
        for number in range(size):
            made.CareUnitFactory(name=f"Linden {size} {number}")
        next_transaction()
        with CaptureQueriesContext(connection) as queries:
            found(reader, "linden")
        counts.append(len(queries))
    assert counts[0] == counts[1]
