"""A form a section: what is written may be left half done and is kept; only nonsense is refused."""

from placements.web.filing.forms.answers import AnswerForm, DeclineForm, WithdrawForm
from placements.web.filing.forms.base import SectionForm
from placements.web.filing.forms.child import ChildForm
from placements.web.filing.forms.decision import DecisionForm
from placements.web.filing.forms.more import MoreForm
from placements.web.filing.forms.needs import NeedsForm
from placements.web.filing.forms.person import PersonForm
from placements.web.filing.forms.place import PlaceForm
from placements.web.filing.forms.report import ReportForm
from placements.web.filing.forms.service import ServiceForm

__all__ = [
    "AnswerForm",
    "ChildForm",
    "DecisionForm",
    "DeclineForm",
    "MoreForm",
    "NeedsForm",
    "PersonForm",
    "PlaceForm",
    "ReportForm",
    "SectionForm",
    "ServiceForm",
    "WithdrawForm",
]
