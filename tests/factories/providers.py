"""Rows of the register for tests, each changed in the name of the tests."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from providers import models
from providers.diary import changing_register
from spink.foundation import clock
from spink.foundation.actor import Actor
from tests.factories.accounts import UserFactory

TESTS = Actor.system("tests")


class RegisterFactory(DjangoModelFactory[Any]):
    """Every row that it makes is a change of the register."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with changing_register(by=TESTS):
            return super()._create(model_class, *args, **kwargs)


class CorporateGroupFactory(RegisterFactory):
    class Meta:
        model = models.CorporateGroup

    code = factory.Sequence(lambda n: f"G{n}")
    name = factory.Sequence(lambda n: f"Koncern {n}")


class ProviderFactory(RegisterFactory):
    class Meta:
        model = models.Provider

    code = factory.Sequence(lambda n: f"P{n}")
    name = factory.Sequence(lambda n: f"Utförare {n} AB")
    legal_form = models.LegalForm.COMPANY
    ownership = models.Ownership.PRIVATE


class CareUnitFactory(RegisterFactory):
    """A unit with ten places, three of them free, in Göteborg; it gives no service yet."""

    class Meta:
        model = models.CareUnit

    code = factory.Sequence(lambda n: f"U{n}")
    name = factory.Sequence(lambda n: f"Verksamhet {n}")
    provider = factory.SubFactory(ProviderFactory)
    municipality = "1480"
    latitude = 57.7
    longitude = 11.97
    places_total = 10
    places_occupied = 7


class CareUnitServiceFactory(RegisterFactory):
    """`service_type_id` is the code of a service that is in the catalogue."""

    class Meta:
        model = models.CareUnitService

    unit = factory.SubFactory(CareUnitFactory)
    service_type_id = "short_term_housing"


class PermitFactory(RegisterFactory):
    class Meta:
        model = models.Permit

    unit = factory.SubFactory(CareUnitFactory)
    number = factory.Sequence(lambda n: f"IVO-{n}")
    valid_from = date(2024, 1, 1)


class DirectAwardVettingFactory(RegisterFactory):
    class Meta:
        model = models.DirectAwardVetting

    unit = factory.SubFactory(CareUnitFactory)
    rate = Decimal(3400)


class AgreementFactory(RegisterFactory):
    class Meta:
        model = models.Agreement

    code = factory.Sequence(lambda n: f"A{n}")
    provision_form = models.AgreementForm.FRAMEWORK
    name = factory.Sequence(lambda n: f"Ramavtal {n}")
    parties = ["1480", "1481"]
    valid_from = date(2025, 2, 1)
    valid_to = date(2029, 1, 31)


class AgreementLotFactory(RegisterFactory):
    class Meta:
        model = models.AgreementLot

    agreement = factory.SubFactory(AgreementFactory)
    code = factory.Sequence(lambda n: f"L{n}")
    service_type_id = "short_term_housing"


class AgreementUnitFactory(RegisterFactory):
    class Meta:
        model = models.AgreementUnit

    lot = factory.SubFactory(AgreementLotFactory)
    unit = factory.SubFactory(CareUnitFactory)


class PriceFactory(RegisterFactory):
    class Meta:
        model = models.Price

    agreement_unit = factory.SubFactory(AgreementUnitFactory)
    rate = Decimal(2950)


class StopFactory(RegisterFactory):
    """A recommendation stop, without end, on a unit of its own."""

    class Meta:
        model = models.Stop

    kind = models.StopKind.RECOMMENDATION_STOP
    unit = factory.SubFactory(CareUnitFactory)


class RegisterCorrectionFactory(DjangoModelFactory[Any]):
    """A task to correct the register: not a row of the register itself."""

    class Meta:
        model = models.RegisterCorrection

    unit_code = factory.Sequence(lambda n: f"U{n}")
    unit_name = factory.Sequence(lambda n: f"Verksamhet {n}")
    fact = models.Fact.PLACES
    confirmed_by = "Mona Ek"
    confirmed_on = date(2025, 3, 3)
    raised_by = factory.SubFactory(UserFactory)


class PlannedChangeFactory(RegisterFactory):
    """An age from which a unit of its own takes people, a month from now."""

    class Meta:
        model = models.PlannedChange

    unit = factory.SubFactory(CareUnitFactory)
    row_id = factory.SelfAttribute("unit.pk")
    part = "unit"
    values = {"age_from": 21}
    day = factory.LazyFunction(lambda: clock.today() + timedelta(days=30))
    planned_at = factory.LazyFunction(clock.now)
    planned_by = TESTS.as_dict()
