"""A recommendation to print: as a page, and as a PDF. For those who may see the recommendation."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from placements.models import PlacementRequest
from placements.web.shared import recommendations
from placements.web.shared.head import head_of
from placements.web.shared.need_facts import need_facts
from placements.web.shared.opening import about_readable_request
from placements.web.shared.recommendations import Offer, Shown
from spink.accounts.middleware import WallRequest
from spink.foundation import clock
from spink.web import wording
from spink.web.pdf import Document


@require_safe
@about_readable_request
def printed(request: WallRequest, placement: PlacementRequest, number: int) -> HttpResponse:
    shown = _one(placement, number)
    context = {
        "head": head_of(placement, current=""),
        "shown": shown,
        "facts": need_facts(placement),
        "rests_on": _rests_on(shown),
    }
    return render(request, "placements/shared/printed.html", context)


@require_safe
@about_readable_request
def pdf(_request: WallRequest, placement: PlacementRequest, number: int) -> HttpResponse:
    """The name of the file is the reference: nothing of the person."""
    shown = _one(placement, number)
    response = HttpResponse(_document(placement, shown), content_type="application/pdf")
    name = f"{placement.reference}-{number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _one(placement: PlacementRequest, number: int) -> Shown:
    found = recommendations.shown_of(placement)
    shown = next((one for one in found if one.number == number), None)
    if shown is None:
        raise Http404
    return shown


def _rests_on(shown: Shown) -> str:
    return _(
        "It rests on a match against the register no. %(number)s as it was %(day)s, by version "
        "%(rules)s of the rules."
    ) % {
        "number": wording.number(shown.register_number),
        "day": wording.day(shown.instant),
        "rules": shown.rules_version,
    }


def _document(placement: PlacementRequest, shown: Shown) -> bytes:
    now = clock.now()
    named = {"number": shown.number, "reference": placement.reference}
    title = _("Recommendation %(number)s, request %(reference)s") % named
    made = _("Taken out %(moment)s") % {"moment": wording.full_moment(now)}
    paper = Document(
        title, language=get_language() or "sv", foot=f"{placement.reference}. {made}", made_at=now
    )
    paper.heading(title, level=1)
    sent = {"officer": shown.sent_by, "moment": wording.full_moment(shown.sent_at)}
    paper.paragraph(_("Sent %(moment)s by %(officer)s.") % sent)
    if shown.is_withdrawn:
        paper.paragraph(_("Withdrawn."))
    paper.paragraph(shown.message)
    for offer in shown.offers:
        _offer(paper, offer)
    paper.heading(_("What it rests on"), level=2)
    for text in (_rests_on(shown), *_reasons(shown), made + "."):
        paper.paragraph(text)
    return paper.as_bytes()


def _reasons(shown: Shown) -> list[str]:
    return [
        text % {"reason": reason}
        for text, reason in (
            (_("Why an earlier rung was passed: %(reason)s."), shown.skipped_reason),
            (_("Why a direct award: %(reason)s."), shown.direct_award_reason),
        )
        if reason
    ]


def _offer(paper: Document, offer: Offer) -> None:
    paper.heading(f"{offer.above}: {offer.name}" if offer.above else offer.name, level=2)
    for term, lines in _facts(offer):
        paper.fact(term, lines)


def _facts(offer: Offer) -> list[tuple[str, list[str]]]:
    """The same as the page says of a unit, in its order."""
    rank = _("rank %(rank)d") % {"rank": offer.rank} if offer.rank is not None else ""
    found: list[tuple[str, list[str]]] = [
        (_("Provider"), [offer.provider]),
        (_("Provision form"), [", ".join(filter(None, [offer.form, rank]))]),
        (_("Why"), [offer.why, wording.listed(offer.wished)]),
    ]
    if offer.exception is not None:
        exception = offer.exception
        found.append((_("Exception"), [exception.reason, exception.note, exception.confirmed]))
    found += [
        (_("Price"), [_rate(offer), offer.rate_note.text]),
        (_("Place"), [offer.place, *(note.text for note in offer.place_notes)]),
    ]
    if offer.distance:
        found.append((_("Distance"), [offer.distance]))
    if card := offer.card:
        found.append((_("Contact"), [card.contact, card.phone, card.email]))
    return [(term, lines) for term, lines in found if any(lines)]


def _rate(offer: Offer) -> str:
    rate: Any = offer.rate
    return "" if rate is None else wording.rate(rate, offer.rate_unit)
