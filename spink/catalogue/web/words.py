"""Labels and help of the fields that many kinds of rows have."""

from django.utils.translation import gettext_lazy as _

NAMES = {"name_sv": _("Name in Swedish"), "name_en": _("Name in English")}
DATES = {"valid_from": _("Holds from"), "valid_to": _("Holds through")}
DATES_HELP = {
    "valid_from": _("May lie ahead. Leave empty if it has always held."),
    "valid_to": _("The last day. Leave empty if no end is known."),
}
