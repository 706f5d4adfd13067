"""How a file that was handed in stands, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from spink.foundation.files.cleaning import Refusal
from spink.foundation.files.states import FileState

REFUSALS: dict[str, Promise] = {
    Refusal.INFECTED: gettext_lazy("Something malicious was found in it. Tell your IT support."),
    Refusal.LOCKED: gettext_lazy(
        "It is locked with a password, so it cannot be checked. Add it without one."
    ),
    Refusal.MACROS: gettext_lazy("It holds macros. Save it without them, or as PDF."),
    Refusal.ACTIVE: gettext_lazy(
        "It holds other files, or something that runs or is fetched from elsewhere when it is"
        " opened. Print it as PDF, and add that."
    ),
    Refusal.UNREADABLE: gettext_lazy("It cannot be opened. Save it anew, or as PDF."),
    Refusal.UNFOLDS: gettext_lazy("It is too large once it is opened. Make it smaller."),
}
WORDS: dict[FileState, Promise] = {
    FileState.CHECKING: gettext_lazy("Being checked"),
    FileState.CLEAN: gettext_lazy("Nothing malicious found"),
    FileState.REFUSED: gettext_lazy("Refused"),
}
LOOKS = {
    FileState.CHECKING: "working",
    FileState.CLEAN: "done",
    FileState.REFUSED: "stopped",
}
