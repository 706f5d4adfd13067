"""What the types of messages tell, in words."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from spink.webhooks.domain.addresses import Wrong
from spink.webhooks.domain.types import MessageType

TYPES: Final[Mapping[MessageType, Promise]] = {
    MessageType.SUBMITTED: _("A request was filed."),
    MessageType.ASSIGNED: _("An officer has taken on the request, or got it from a colleague."),
    MessageType.INFORMATION_ASKED: _("The officer asks for more; the request waits."),
    MessageType.INFORMATION_ANSWERED: _("What the officer asked was answered."),
    MessageType.SERVICE_PROPOSED: _("The officer proposes another service."),
    MessageType.SERVICE_ACCEPTED: _("The proposed service was accepted; the request is ended."),
    MessageType.SERVICE_DECLINED: _("The proposed service was declined."),
    MessageType.PROPOSAL_WITHDRAWN: _("The proposal of another service was withdrawn."),
    MessageType.RECOMMENDED: _("Units were recommended."),
    MessageType.RECOMMENDATION_WITHDRAWN: _(
        "A recommendation was withdrawn, or a unit of it: by the officer, or since it is stopped."
    ),
    MessageType.STOP_LIFTED: _("The stop of a unit that had been recommended was lifted."),
    MessageType.OUTCOME_REPORTED: _("It was reported what came of it; the request is ended."),
    MessageType.NEW_MATCH_ASKED: _("The unit asks for a new match."),
    MessageType.PLACED_ACUTE: _("The person was placed out of hours."),
    MessageType.COMPLETED: _("A placement made out of hours was completed; it is ended."),
    MessageType.WITHDRAWN: _("The request was withdrawn."),
    MessageType.MESSAGE_WRITTEN: _("One of the sides wrote a message to the other."),
    MessageType.DOCUMENT_ADDED: _("There is a new document on the request."),
    MessageType.PING: _("A ping that was asked for, to try the webhook."),
}
WRONG: Final[Mapping[Wrong, Promise]] = {
    Wrong.MALFORMED: _("This is no address."),
    Wrong.NOT_HTTPS: _("The address must begin with https."),
    Wrong.HOLDS_LOGIN: _("The address must hold no name and no password."),
    Wrong.HOLDS_FRAGMENT: _("The address must hold nothing after a #."),
    Wrong.PORT: _("The port is not one of those that may be called."),
    Wrong.OWN_NETWORK: _("The address lies in a network that may not be called."),
}
