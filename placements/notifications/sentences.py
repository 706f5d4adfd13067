"""What a notification says, in the pages and by mail: what happened, and nothing about anybody."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spink.foundation.events import EventName

SENTENCES: Final[Mapping[EventName, Promise]] = {
    EventName.REQUEST_SUBMITTED: _("A new placement request has come in."),
    EventName.REQUEST_ASSIGNED: _("A placement officer has taken on the request."),
    EventName.REQUEST_HANDED_OVER: _("The request has been handed over to you."),
    EventName.COMPLETION_ASKED: _("The placement officer asks for more information."),
    EventName.COMPLETION_ANSWERED: _("The question about the request has been answered."),
    EventName.REQUEST_RECOMMENDED: _("There is a recommendation to take a stand on."),
    EventName.RECOMMENDATION_WITHDRAWN: _("A recommendation has been withdrawn."),
    EventName.SERVICE_PROPOSED: _("The placement officer proposes another service."),
    EventName.SERVICE_ACCEPTED: _("The proposed service has been accepted."),
    EventName.SERVICE_DECLINED: _("The proposed service has been declined."),
    EventName.PROPOSAL_WITHDRAWN: _("The proposal of another service has been withdrawn."),
    EventName.OUTCOME_REPORTED: _("The outcome of the request has been reported."),
    EventName.NEW_MATCH_ASKED: _("The filing side asks for a new match."),
    EventName.MESSAGE_WRITTEN: _("There is a new message on the request."),
    EventName.ATTACHMENT_FOUND_CLEAN: _("There is a new document on the request."),
    EventName.ATTACHMENT_REFUSED: _("A document that you added could not be taken."),
    EventName.REQUEST_PLACED_ACUTE: _("A person has been placed out of hours."),
    EventName.REQUEST_COMPLETED: _("A placement made out of hours has been completed."),
    EventName.REQUEST_STOPPED: _("A unit that the request could have had has been stopped."),
    EventName.REQUEST_STOP_LIFTED: _("The stop of a unit that was recommended has been lifted."),
    EventName.ALTERNATIVE_PICKED: _("The social worker wants to go on with another unit."),
    EventName.REQUEST_WITHDRAWN: _("The request has been withdrawn."),
}


def sentence(event: str) -> str:
    return str(SENTENCES[EventName(event)])
