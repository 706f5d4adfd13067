"""The two sides of a request, as they are called beside a name."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from placements.domain.lifecycle import Side

SIDES: dict[Side, Promise] = {
    Side.FILING: _("the department"),
    Side.PLACING: _("the placement function"),
}
