"""The officer's desk: an exception, a request handed over, saved views, a conversation, a paper."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from placements import actions
from placements.attachments.checking import check_attachment
from placements.domain.exceptions import may_be_excepted
from placements.domain.lifecycle import Side
from placements.domain.values import Answer, Audience
from placements.matching.reasons import Reason
from placements.models import PlacementRequest
from placements.queries import excepting, matching
from providers.queries import named_units
from spink.catalogue.domain.ladder import ProvisionForm
from spink.foundation import clock
from spink.foundation.events import EventName
from spink.foundation.files import states
from spink.foundation.files.kinds import Kind
from spink.foundation.models import OutboxEvent
from spink.sample.everyday.stage import FILER, OFFICER, OTHER_OFFICER, Stage
from spink.web.pdf import Document

SHORT_TERM, PHYSICAL = "short_term_housing", "fysiska funktionsnedsättningar"
HANDED_OVER = "Boendet ringer tillbaka i morgon om trappan till entrén. Tar du det därifrån?"
PAPER = (
    "Personen förflyttar sig med rullstol inomhus och behöver ett anpassat badrum.",
    "Stöd vid morgon- och kvällsrutiner. Klarar medicin med påminnelse.",
    "Bedömningen är påhittad och hör till en provkörning.",
)


def exception(stage: Stage) -> None:
    """A unit that the register has as full says yes: recommended, and the register to be put
    right."""
    officer, at = stage.user(OFFICER).actor, stage.workday(1, 10, 15)
    request = _short_term(stage, "exception", days_ago=2)
    with clock.frozen(at):
        actions.take_request(request_id=request.pk, by=officer)
        request = PlacementRequest.objects.get(pk=request.pk)
        found = _full_under_agreement(request)
        if found is None:
            return
        unit, form = found
        (inquiry,) = actions.ask_providers(
            request_id=request.pk,
            units=[actions.AskedUnit(unit, named_units([unit])[unit].name, form)],
            by=officer,
        )
    with clock.frozen(at + timedelta(minutes=50)):
        actions.note_answer(
            request_id=request.pk,
            inquiry_id=inquiry.pk,
            answer=Answer.YES,
            note="En plats blev ledig i går, den är inte inlagd än.",
            by=officer,
        )
        why = actions.AskedException("places_outdated", "Föreståndaren bekräftade på telefon.")
        actions.recommend(
            request_id=request.pk,
            units=[unit],
            skipped_rung_reason="continuity",
            exceptions={unit: why},
            by=officer,
        )


def _full_under_agreement(request: PlacementRequest) -> tuple[str, ProvisionForm] | None:
    matched = matching.match_now(request)
    near: Any = matched.outcome.to_dict("near")["excluded"]
    full = [one["unit"] for one in near if one["reasons"] == [Reason.NO_FREE_PLACE]]
    for unit, one in excepting.excluded_among(full, matched).items():
        excluded = one.excluded
        if excluded.form is ProvisionForm.FRAMEWORK and may_be_excepted(excluded.reasons):
            return unit, excluded.form
    return None


def handed_over(stage: Stage) -> None:
    """A colleague's request that waits on the desk, with a note that is not read yet."""
    colleague, officer = stage.user(OTHER_OFFICER).actor, stage.user(OFFICER)
    request = _short_term(stage, "handed over", days_ago=2)
    with clock.frozen(stage.workday(2, 14)):
        actions.take_request(request_id=request.pk, by=colleague)
    with clock.frozen(stage.workday(1, 16, 40)):
        actions.hand_over(request_id=request.pk, to=officer.pk, note=HANDED_OVER, by=colleague)


def saved_views(stage: Stage) -> None:
    """One of the officer's own, and one that a colleague shares with the team."""
    team = stage.staff.team_for("vuxna").pk
    with clock.frozen(stage.workday(6, 9)):
        actions.save_view(
            by=stage.user(OFFICER).actor,
            name="Mina korttidsboenden",
            query=f"view=mine&service={SHORT_TERM}",
            team_id=None,
            is_first=False,
        )
        actions.save_view(
            by=stage.user(OTHER_OFFICER).actor,
            name="Akut i teamet",
            query=f"view=team-{team}&urgency=acute",
            team_id=team,
            is_first=False,
        )


def conversation(stage: Stage) -> None:
    """The officer has read the question but not the last answer; a paper came with it."""
    filer, officer = stage.user(FILER), stage.user(OFFICER)
    request = _short_term(stage, "conversation", days_ago=1)
    said = (
        (officer, Side.PLACING, "Går det bra med ett boende i Mölndal, om det är tillgängligt?"),
        (filer, Side.FILING, "Ja, bara det går att nå daglig verksamhet med färdtjänst."),
        (officer, Side.PLACING, "Bra. Hur ser behovet av stöd ut på kvällarna?"),
        (filer, Side.FILING, "Hjälp vid sänggåendet. Jag lägger till bedömningen som handling."),
    )
    begins = stage.workday(1, 13)
    with clock.frozen(begins):
        actions.take_request(request_id=request.pk, by=officer.actor)
    for number, (who, side, text) in enumerate(said):
        with clock.frozen(begins + timedelta(minutes=15 * (number + 1))):
            entry = actions.write(
                request_id=request.pk, text=text, audience=Audience.BOTH, side=side, by=who.actor
            )
            actions.note_reading(request_id=request.pk, user_id=who.pk, side=side, read_to=entry.pk)
    with clock.frozen(begins + timedelta(minutes=70)):
        _hand_in(request, stage)
    asked = _short_term(stage, "question", days_ago=3)
    with clock.frozen(stage.workday(1, 15)):
        actions.take_request(request_id=asked.pk, by=officer.actor)
        text = "Två boenden har plats från den första. Vill personen göra ett studiebesök?"
        actions.write(
            request_id=asked.pk,
            text=text,
            audience=Audience.BOTH,
            side=Side.PLACING,
            by=officer.actor,
        )


def check_documents(_stage: Stage) -> None:
    """What the outbox does with what is handed in, so that it can be opened at once."""
    for event in OutboxEvent.objects.filter(name=EventName.ATTACHMENT_ADDED):
        check_attachment(event)


def _hand_in(request: PlacementRequest, stage: Stage) -> None:
    document = states.Document("Funktionsbedömning.pdf", Kind.PDF, _paper())
    filer = stage.user(FILER).actor
    actions.add_attachment(request_id=request.pk, document=document, side=Side.FILING, by=filer)


def _paper() -> bytes:
    paper = Document("Funktionsbedömning", language="sv", foot="Provkörning", made_at=clock.now())
    paper.heading("Funktionsbedömning", level=1)
    for text in PAPER:
        paper.paragraph(text)
    return bytes(paper.output())


def _short_term(stage: Stage, name: str, *, days_ago: int) -> PlacementRequest:
    draw = stage.draw(name)
    somebody = stage.somebody(age=draw.whole(46, 60), gender=draw.one(("man", "woman")))
    at = stage.workday(days_ago, 9, draw.whole(0, 59))
    start = stage.now.date() + timedelta(days=9)
    return stage.file(
        name,
        somebody,
        SHORT_TERM,
        PHYSICAL,
        at=at,
        by=stage.user(FILER),
        change=lambda asked: replace(
            asked, wanted_start=start, needs_required=("mobility",), needs_wished=("supervision",)
        ),
    )
