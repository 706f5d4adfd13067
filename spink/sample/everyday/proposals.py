"""Another service is proposed: one proposal waits for its answer, one has been accepted."""

from datetime import timedelta

from placements import actions
from spink.foundation import clock
from spink.sample.everyday.stage import COLLEAGUE, FILER, OFFICER, Stage

WAITS_WHY = (
    "Han klarar det mesta själv på dagarna, och efter ett korttidsboende måste han flytta igen. "
    "Socialt boende med stöd har personal kvällar och nätter, och där kan han bo kvar längre."
)
ACCEPTED_WHY = (
    "Hon fyller arton till hösten och har bott själv i perioder. Ett stödboende nära skolan ligger "
    "närmare det ni beskriver än ett familjehem."
)


def waiting(stage: Stage) -> None:
    """The social worker who logs in to the demo has it to answer."""
    somebody = stage.somebody(age=29, gender="man")
    request = stage.file(
        "proposed",
        somebody,
        "short_term_housing",
        "psykiska funktionsnedsättningar",
        at=stage.workday(2, 9, 5),
        by=stage.user(FILER),
    )
    officer = stage.user(OFFICER).actor
    at = stage.workday(1, 10, 15)
    with clock.frozen(at):
        actions.take_request(request_id=request.pk, by=officer)
    with clock.frozen(at + timedelta(minutes=50)):
        actions.propose_service(
            request_id=request.pk,
            service_type="supported_social_housing",
            subtype="kortsiktigt kollektivt",
            note=WAITS_WHY,
            by=officer,
        )


def accepted(stage: Stage) -> None:
    """What goes on is a draft: the new service waits for a decision of its own."""
    youth = stage.somebody(age=17, gender="woman")
    filer, officer = stage.user(COLLEAGUE), stage.user(OFFICER).actor
    at = stage.workday(5, 13, 40)
    request = stage.file("accepted", youth, "foster_home", "familjehem", at=at, by=filer)
    with clock.frozen(stage.workday(4, 9, 30)):
        actions.take_request(request_id=request.pk, by=officer)
        actions.propose_service(
            request_id=request.pk,
            service_type="supported_accommodation",
            note=ACCEPTED_WHY,
            by=officer,
        )
    with clock.frozen(stage.workday(3, 8, 45)):
        actions.accept_service(request_id=request.pk, by=filer.actor)
