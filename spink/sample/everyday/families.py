"""Requests that belong together: a household, two services side by side, and a likely double."""

from dataclasses import replace
from datetime import timedelta

from placements import actions
from placements.domain.sections import Section
from placements.domain.values import Protection
from placements.models import PlacementRequest
from spink.foundation import clock
from spink.sample.everyday.stage import COLLEAGUE, FILER, OFFICER, Stage
from spink.sample.persons import Somebody
from spink.sample.requests.filing import details_of

HOUSEHOLD_SHELTER = "våld i nära relation eller hedersrelaterat våld"
CHILDREN = ((9, "man"), (4, "woman"))
INTERESTS = (
    "Barnet behöver skydd tillsammans med sin mamma och kunna fortsätta skolan.",
    "Barnet behöver skydd och trygghet hos sin mamma. Förskola ska ordnas nära.",
)
OWN_VIEWS = (
    "Vill vara med mamma och vill fortsätta spela fotboll.",
    "Har träffats i lek med barnsamtalsledare. Vill ha sin nalle med sig.",
)
ELSEWHERE = ("Centrum", "Missbruk och beroende")
DOUBLED_AS = ("supported_social_housing", "kortsiktigt kollektivt")
ASKED = "Kan personen ha fått ett beslut av någon mer? Fråga personen innan jag söker vidare."
TAKEN_BACK = "Personen har redan ett beslut och en egen handläggare. Vi tar tillbaka vår."
DOUBLED, BESIDE = 2, 3
"""Which of the official test numbers."""


def household(stage: Stage) -> None:
    """A mother with two children, to be matched as one by the officer who has them."""
    filer = stage.user(FILER).actor
    at = stage.workday(1, 9, 20)
    mother = replace(stage.somebody(age=36, gender="woman"), protection=Protection.MARKED)
    adult = stage.file(
        "household",
        mother,
        "protected_housing",
        HOUSEHOLD_SHELTER,
        at=at,
        by=stage.user(FILER),
        change=lambda asked: replace(asked, companions=(), needs_required=()),
        send=False,
    )
    with clock.frozen(at + timedelta(minutes=12)):
        for number in range(len(CHILDREN)):
            _add_child(stage, adult, number)
        actions.submit_household(request_id=adult.pk, by=filer)
    with clock.frozen(at + timedelta(minutes=40)):
        actions.take_request(request_id=adult.pk, by=stage.user(OFFICER).actor)


def _add_child(stage: Stage, adult: PlacementRequest, number: int) -> None:
    filer = stage.user(FILER).actor
    age, gender = CHILDREN[number]
    child = stage.somebody(age=age, gender=gender)
    draft = actions.add_child(
        request_id=adult.pk, creation_key=stage.key("child", number), by=filer
    )
    actions.save_person(request_id=draft.pk, details=details_of(child, age=age), by=filer)
    values = {
        "lives_together": True,
        "best_interests": INTERESTS[number],
        "childs_view": OWN_VIEWS[number],
    }
    actions.save_section(request_id=draft.pk, section=Section.CHILD, values=values, by=filer)


def side_by_side(stage: Stage) -> None:
    """A residential home and a foster home are asked for at once, for the same youth."""
    youth = stage.somebody(age=15, gender="man", official=BESIDE)
    filer = stage.user(COLLEAGUE)
    home, family = (
        stage.file(service, youth, service, subtype, at=stage.workday(2, 13, 10 * number), by=filer)
        for number, (service, subtype) in enumerate(
            (("residential_care_home", "utredning"), ("foster_home", "familjehem"))
        )
    )
    with clock.frozen(stage.workday(2, 13, 20)):
        actions.link_side_by_side(request_id=home.pk, other_id=family.pk, by=filer.actor)


def double(stage: Stage) -> None:
    """Two departments ask the same for the same person, and neither knows of the other."""
    twice = stage.somebody(age=47, gender="man", official=DOUBLED)
    stage.file("double, there", twice, *DOUBLED_AS, at=stage.workday(3, 10), unit=ELSEWHERE)
    here = stage.file("double, here", twice, *DOUBLED_AS, at=stage.workday(1, 11))
    with clock.frozen(stage.workday(1, 13)):
        actions.take_request(request_id=here.pk, by=stage.user(OFFICER).actor)


def resolved_double(stage: Stage) -> None:
    """The officer asked without telling of the other, and the one who had filed it took it back."""
    twice = _with_a_number(stage, age=52, gender="woman")
    filer, officer = stage.user(FILER), stage.user(OFFICER).actor
    kept = stage.file("resolved, kept", twice, *DOUBLED_AS, at=stage.workday(2, 9), unit=ELSEWHERE)
    back = stage.file("resolved, back", twice, *DOUBLED_AS, at=stage.workday(2, 10), by=filer)
    with clock.frozen(stage.workday(1, 11)):
        for one in (kept, back):
            actions.take_request(request_id=one.pk, by=officer)
        actions.ask_information(request_id=back.pk, question=ASKED, by=officer)
    with clock.frozen(stage.workday(1, 15)):
        actions.withdraw_request(
            request_id=back.pk, reason="double", text=TAKEN_BACK, by=filer.actor
        )


def _with_a_number(stage: Stage, *, age: int, gender: str) -> Somebody:
    """One who can be told by it; of a protected person no double is pointed out."""
    while True:
        found = stage.somebody(age=age, gender=gender)
        if found.number and found.protection is Protection.NONE:
            return found
