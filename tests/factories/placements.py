"""Persons and requests for tests: behind the wall, so the job of sample data adds them."""

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from placements import models
from placements.domain.lifecycle import Side, State
from placements.domain.values import Answer, Audience, Result, Urgency
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import clock
from spink.foundation.files import vault
from spink.foundation.files.states import FileState
from tests.factories.accounts import (
    PlacementFunctionFactory,
    PlacementTeamFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.control import ComplaintFactory
from tests.factories.providers import StopFactory

DIGEST = "0" * 64


class GuardedFactory(DjangoModelFactory[Any]):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
            return super()._create(model_class, *args, **kwargs)


class PersonFactory(GuardedFactory):
    """Somebody without protected identity; who it is stands in `PersonIdentityFactory`."""

    class Meta:
        model = models.Person

    unit = factory.SubFactory(UnitFactory)
    created_by = factory.SubFactory(UserFactory)
    number_hash = factory.Sequence(lambda n: f"{n:064x}")


class PersonIdentityFactory(GuardedFactory):
    class Meta:
        model = models.PersonIdentity

    person = factory.SubFactory(PersonFactory)
    given_name = "Alva"
    family_name = factory.Sequence(lambda n: f"Testsson {n}")
    number = "191500722390"
    address = "Provgatan 1"


class PlacementRequestFactory(GuardedFactory):
    """A draft that names its service; `submitted` makes it a complete one that has been sent."""

    class Meta:
        model = models.PlacementRequest

    class Params:
        submitted = factory.Trait(
            state=State.SUBMITTED,
            wanted_start=date(2025, 3, 10),
            decision_date=date(2025, 3, 1),
            urgency=Urgency.SOON,
            legal_basis="sol_4_1",
            submitted_at=factory.LazyFunction(clock.now),
            submitted_by=factory.SelfAttribute("created_by"),
            due_at=factory.LazyFunction(clock.now),
            placement_function=factory.SubFactory(
                PlacementFunctionFactory,
                municipality=factory.SelfAttribute("..unit.department.municipality"),
            ),
            team=factory.SubFactory(
                PlacementTeamFactory, function=factory.SelfAttribute("..placement_function")
            ),
        )

    reference = factory.Sequence(lambda n: f"2025-{n:05}")
    unit = factory.SubFactory(UnitFactory)
    department = factory.SelfAttribute("unit.department")
    municipality = factory.SelfAttribute("unit.department.municipality")
    created_by = factory.SubFactory(UserFactory)
    person = factory.SubFactory(
        PersonFactory,
        unit=factory.SelfAttribute("..unit"),
        created_by=factory.SelfAttribute("..created_by"),
    )
    age = 34
    gender = "woman"
    service_type = "short_term_housing"
    subtype = "fysiska funktionsnedsättningar"


class OfRequest(GuardedFactory):
    class Meta:
        abstract = True

    request = factory.SubFactory(PlacementRequestFactory, submitted=True)


class RecommendationFactory(OfRequest):
    class Meta:
        model = models.Recommendation

    number = 1
    sent_by = factory.SubFactory(UserFactory)
    need = factory.LazyFunction(
        lambda: {
            "municipality": "1480",
            "service_type": "short_term_housing",
            "wanted_start": "2025-03-10",
        }
    )
    register_number = 0
    instant = date(2025, 3, 3)
    rules_version = "1"
    rungs = factory.LazyFunction(list)
    outcome_digest = DIGEST


class RecommendedUnitFactory(GuardedFactory):
    class Meta:
        model = models.RecommendedUnit

    recommendation = factory.SubFactory(RecommendationFactory)
    position = 0
    unit_code = factory.Sequence(lambda n: f"U{n}")
    unit_name = factory.Sequence(lambda n: f"Verksamhet {n}")
    provision_form = ProvisionForm.FRAMEWORK
    places_certain = True

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        """On a rung of what was kept, unless it is recommended by exception."""
        sent, code = kwargs["recommendation"], kwargs["unit_code"]
        with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
            if not sent.exceptions.filter(unit_code=code).exists():
                rung = {"provision_form": kwargs["provision_form"], "candidates": [{"unit": code}]}
                sent.rungs = [*sent.rungs, rung]
                sent.save()
        return super()._create(model_class, *args, **kwargs)


class RecommendationExceptionFactory(GuardedFactory):
    class Meta:
        model = models.RecommendationException

    recommendation = factory.SubFactory(RecommendationFactory)
    unit_code = factory.Sequence(lambda n: f"U-excepted-{n}")
    excluded_for = ["age"]
    reason = "takes_this_person"
    note = "Tar emot yngre efter samtal"
    confirmed_by = "Mona Ek"
    confirmed_on = date(2025, 3, 3)


class ProviderInquiryFactory(OfRequest):
    class Meta:
        model = models.ProviderInquiry

    class Params:
        answered = factory.Trait(
            answer=Answer.NO,
            answered_at=factory.LazyFunction(clock.now),
            answer_noted_by=factory.SelfAttribute("asked_by"),
        )

    unit_code = factory.Sequence(lambda n: f"U-asked-{n}")
    unit_name = factory.Sequence(lambda n: f"Verksamhet {n}")
    asked_by = factory.SubFactory(UserFactory)


class StopTouchFactory(OfRequest):
    class Meta:
        model = models.StopTouch

    stop = factory.SubFactory(StopFactory)
    unit_codes = ["U-stopped"]
    unit_names = ["Stoppade huset"]
    withdrawn_codes: list[str] = []
    alternative_code = "U-instead"
    alternative_name = "Nästa bästa huset"
    alternative_form = ProvisionForm.FRAMEWORK


class SelfCheckFactory(GuardedFactory):
    class Meta:
        model = models.SelfCheck

    placement_function = factory.SubFactory(PlacementFunctionFactory)
    month = factory.Sequence(lambda n: date(2000 + n // 12, n % 12 + 1, 1))
    seed = "5eed"
    size = 20
    population = 1
    drawn_at = factory.LazyFunction(clock.now)
    drawn_by = factory.SubFactory(UserFactory)


class SelfCheckQuestionFactory(GuardedFactory):
    class Meta:
        model = models.SelfCheckQuestion

    self_check = factory.SubFactory(SelfCheckFactory)
    position = 1
    code = "ladder_followed"
    about = "ladder"
    name_sv = "Är stegordningen följd?"
    name_en = "Was the ladder followed?"


class SelfCheckItemFactory(OfRequest):
    class Meta:
        model = models.SelfCheckItem

    self_check = factory.SubFactory(
        SelfCheckFactory,
        placement_function=factory.SelfAttribute("..request.placement_function"),
    )
    position = 1
    handlers: list[int] = []


class SelfCheckAnswerFactory(GuardedFactory):
    class Meta:
        model = models.SelfCheckAnswer

    question = factory.SubFactory(
        SelfCheckQuestionFactory, self_check=factory.SelfAttribute("..item.self_check")
    )
    answer = models.CheckAnswer.NO
    answered_at = factory.LazyFunction(clock.now)
    answered_by = factory.SubFactory(UserFactory)


class InformationRequestFactory(OfRequest):
    class Meta:
        model = models.InformationRequest

    question = "Vad behövs mer?"
    asked_by = factory.SubFactory(UserFactory)


class HandOverNoteFactory(OfRequest):
    class Meta:
        model = models.HandOverNote

    to = factory.SubFactory(UserFactory)
    written_by = factory.SubFactory(UserFactory)
    text = "Ring i dag"


class ServiceProposalFactory(OfRequest):
    class Meta:
        model = models.ServiceProposal

    service_type = "foster_home"
    note = "Passar bättre"
    proposed_by = factory.SubFactory(UserFactory)


class OutcomeFeedbackFactory(OfRequest):
    class Meta:
        model = models.OutcomeFeedback

    result = Result.NONE_CHOSEN
    reason = "declined"
    reported_by = factory.SubFactory(UserFactory)


class AcutePlacementFactory(OfRequest):
    class Meta:
        model = models.AcutePlacement

    unit_code = "U-acute"
    reason = "no_roof"
    placed_at = factory.LazyFunction(clock.now)
    registered_by = factory.SubFactory(UserFactory)


class DelayReasonFactory(OfRequest):
    class Meta:
        model = models.DelayReason

    quarter_from = date(2025, 1, 1)
    reason = "no_place"
    given_by = factory.SubFactory(UserFactory)


class TimelineEntryFactory(OfRequest):
    class Meta:
        model = models.TimelineEntry

    actor_kind = "person"
    actor_id = "1"
    actor_label = "Kim Larsson"
    kind = "message"
    audience = Audience.BOTH
    text = "Hej"


class NotificationFactory(OfRequest):
    class Meta:
        model = models.Notification

    event_id = factory.Faker("uuid4")
    event = "request_submitted"
    user = factory.SubFactory(UserFactory)


class StandardTextFactory(DjangoModelFactory[Any]):
    class Meta:
        model = models.StandardText

    purpose = "ask_information"
    name = factory.Sequence(lambda n: f"Text {n}")


class StandardTextVersionFactory(DjangoModelFactory[Any]):
    class Meta:
        model = models.StandardTextVersion

    text = factory.SubFactory(StandardTextFactory)
    body = "Vi behöver veta mer om {referens}."
    valid_from = date(2025, 1, 1)
    saved_by = factory.SubFactory(UserFactory)


class SavedViewFactory(DjangoModelFactory[Any]):
    class Meta:
        model = models.SavedView

    owner = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda n: f"Vy {n}")
    query = "view=all&urgency=acute"


class AttachmentFactory(OfRequest):
    """One that was found clean, with its file in the vault."""

    class Meta:
        model = models.Attachment

    place = 1
    name = "Utredning.txt"
    ending = "txt"
    size = 9
    side = Side.FILING
    state = FileState.CLEAN
    stored_as = factory.LazyFunction(lambda: vault.keep(b"Utredning"))
    added_by = factory.SubFactory(UserFactory)
    checked_at = factory.LazyFunction(clock.now)


class ComplaintRequestFactory(OfRequest):
    class Meta:
        model = models.ComplaintRequest

    complaint = factory.SubFactory(ComplaintFactory)


class ProcessDeviationFactory(GuardedFactory):
    class Meta:
        model = models.ProcessDeviation

    category = "handling_time"
    text = "Det tog fem veckor."
    unit = factory.SubFactory(UnitFactory)
    filed_by = factory.SubFactory(UserFactory)
    filed_at = factory.LazyFunction(clock.now)


class ProcessDeviationRequestFactory(OfRequest):
    class Meta:
        model = models.ProcessDeviationRequest

    deviation = factory.SubFactory(ProcessDeviationFactory, has_request=True)


class ReadMarkFactory(OfRequest):
    class Meta:
        model = models.ReadMark

    user = factory.SubFactory(UserFactory)
    side = Side.FILING
    read_to = 1
