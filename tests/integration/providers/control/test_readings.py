"""Whoever reads free texts of the control of providers stands in the access log."""

import pytest

from spink.accounts.domain.roles import Role
from tests.factories.accounts import holding
from tests.factories.control import FindingFactory, ReviewFactory, VettingFactory
from tests.integration.providers.test_register_pages import client_of
from tests.permissions.asking import logged_subjects

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue", "frozen_clock")]


def test_opening_a_finding_a_vetting_or_a_review_stands_in_the_access_log() -> None:
    lawyer = client_of(holding(Role.LAWYER))
    parts = {
        "findings": FindingFactory(),
        "vettings": VettingFactory(),
        "reviews": ReviewFactory(reason="Enskild näringsidkare som har dömts"),
    }
    for part in parts:
        lawyer.get(f"/control/{part}/")
    assert logged_subjects() == set()
    for part, row in parts.items():
        lawyer.get(f"/control/{part}/{row.pk}/")
    assert logged_subjects() == {row.reference for row in parts.values()}


def test_text_shown_to_one_who_was_too_late_stands_there_too() -> None:
    review = ReviewFactory(version=2)
    quality = client_of(holding(Role.QUALITY_CONTROLLER))
    url = f"/control/reviews/{review.pk}/steps/ask-lawyer/"
    assert quality.post(url, {"version": 1, "text": "Räcker det?"}).status_code == 409
    assert logged_subjects() == {review.reference}
