"""What the control of providers keeps, for tests."""

from datetime import date
from typing import Any
from uuid import uuid4

import factory
from factory.django import DjangoModelFactory

from providers import models
from providers.domain.control import checks
from spink.accounts import wall
from spink.accounts.domain.jobs import SystemJob
from spink.foundation import clock
from spink.foundation.files import vault
from spink.foundation.files.states import FileState
from tests.factories.accounts import PlacementTeamFactory, UnitFactory, UserFactory
from tests.factories.providers import CareUnitFactory, DirectAwardVettingFactory, ProviderFactory


class MonitoringSourceFactory(DjangoModelFactory[Any]):
    class Meta:
        model = models.MonitoringSource
        django_get_or_create = ("code",)

    code = "bolagsverket"
    name = "Bolagsverket"


class FindingFactory(DjangoModelFactory[Any]):
    """A company that is no longer registered for F-tax, as a source has said."""

    class Meta:
        model = models.Finding

    provider = factory.SubFactory(ProviderFactory)
    source = factory.SubFactory(MonitoringSourceFactory)
    fact = "f_tax"
    severity = "serious"
    before = True
    after = False
    fingerprint = factory.LazyFunction(lambda: uuid4().hex)
    found_at = factory.LazyFunction(clock.now)


class ComplaintFactory(DjangoModelFactory[Any]):
    """About a provider bought by direct award; made as a job would, whatever the wall."""

    class Meta:
        model = models.Complaint

    provider = factory.SubFactory(ProviderFactory)
    provision_form = "direct_award"
    category = "documentation"
    text = "Dokumentationen saknas."
    unit = factory.SubFactory(UnitFactory)
    filed_by = factory.SubFactory(UserFactory)
    filed_at = factory.LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
            return super()._create(model_class, *args, **kwargs)


class SiteVisitFactory(DjangoModelFactory[Any]):
    """Planned for the spring, with a unit bought by framework agreement."""

    class Meta:
        model = models.SiteVisit

    care_unit = factory.SubFactory(CareUnitFactory)
    team = factory.SubFactory(PlacementTeamFactory)
    provision_form = "framework"
    mode = "on_site"
    planned_on = date(2025, 4, 10)
    planned_by = factory.SubFactory(UserFactory)


def visited(**given: Any) -> Any:
    return SiteVisitFactory(
        **{"state": "made", "made_on": date(2025, 2, 14), "outcome": "fit", **given}
    )


def watched(**given: Any) -> Any:
    return FindingFactory(state="watched", watched_until=date(2025, 4, 1), **given)


def directly_procured(number: str, **given: Any) -> Any:
    """A provider with a unit that is vetted for direct award."""
    provider = ProviderFactory(organisation_number=number, **given)
    DirectAwardVettingFactory(unit__provider=provider)
    return provider


class VettingFactory(DjangoModelFactory[Any]):
    """A company that runs something with a permit; nothing is checked yet."""

    class Meta:
        model = models.Vetting

    provider = factory.SubFactory(ProviderFactory)
    checks = factory.LazyAttribute(
        lambda one: [*checks.checks_for(one.provider.legal_form, needs_permit=one.needs_permit)]
    )
    needs_permit = True
    begun_at = factory.LazyFunction(clock.now)
    begun_by = factory.SubFactory(UserFactory)


class ProviderCheckFactory(DjangoModelFactory[Any]):
    class Meta:
        model = models.ProviderCheck

    vetting = factory.SubFactory(VettingFactory)
    check_code = "finances"
    result = "passed"
    source = "Kreditupplysning"
    evidence = "Utdrag"
    made_on = date(2024, 9, 1)
    holds_until = date(2025, 9, 1)
    at = factory.LazyFunction(clock.now)
    by = factory.SubFactory(UserFactory)


class CheckDocumentFactory(DjangoModelFactory[Any]):
    """One that was found clean, with its file in the vault; made as a job would."""

    class Meta:
        model = models.CheckDocument

    provider_check = factory.SubFactory(ProviderCheckFactory)
    name = "Utdrag.txt"
    ending = "txt"
    size = 6
    state = FileState.CLEAN
    stored_as = factory.LazyFunction(lambda: vault.keep(b"Utdrag"))
    added_by = factory.SubFactory(UserFactory)
    checked_at = factory.LazyFunction(clock.now)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        with wall.opened_for_job(SystemJob.LOAD_SAMPLE):
            return super()._create(model_class, *args, **kwargs)


class ReviewFactory(DjangoModelFactory[Any]):
    """Just opened, with one check to do."""

    class Meta:
        model = models.Review

    provider = factory.SubFactory(ProviderFactory)
    kind = "in_depth"
    reason = "Skulder hos Kronofogden"
    checks = factory.LazyFunction(lambda: ["finances"])
    opened_at = factory.LazyFunction(clock.now)
    opened_by = factory.SubFactory(UserFactory)
