"""What calls for an in-depth review, what is checked then, and how it is decided."""

from typing import Final, NamedTuple

from providers.domain.control.checks import Check
from providers.domain.control.review import Decision
from spink.sample.register.stops import IVOS, OWN


class Theme(NamedTuple):
    found: str
    """What was noted before the review; nothing where complaints have called for it."""
    reason: str
    failing: tuple[tuple[Check, str], ...]
    passing: tuple[Check, ...]
    codes: tuple[str, ...]
    verdict: str


THEMES: Final[dict[str, Theme]] = {
    "weak_finances": Theme(
        "Flera betalningsförelägganden på kort tid",
        "Kreditupplysningen har försämrats i två steg sedan i våras.",
        (
            (Check.FINANCES, "Kortfristiga skulder är dubbelt så stora som tillgångarna."),
            (Check.DEBTS, "Tre restförda skulder, den äldsta från i maj."),
        ),
        (Check.F_TAX, Check.EMPLOYER),
        ("weak_finances", "debts"),
        "Ekonomin bär inte verksamheten. Frågan tas upp igen när bokslutet är klart.",
    ),
    OWN: Theme(
        "Tidigare anställd berättar om obemannade nätter",
        "Uppgifterna är allvarliga och har lämnats av två personer oberoende av varandra.",
        ((Check.UNIT_DIRECTOR, "Föreståndaren är på plats en dag i veckan."),),
        (Check.PERMIT, Check.FINANCES),
        ("shortcomings_at_visit", "unsuitable_staff"),
        "Bemanningen motsvarar inte det som står i registret och i tillståndet.",
    ),
    "no_unit_director": Theme(
        "Föreståndaren har slutat, ingen ny är anmäld",
        "IVO har inte fått någon anmälan om ny föreståndare.",
        ((Check.UNIT_DIRECTOR, "Ingen godkänd föreståndare sedan sex veckor."),),
        (Check.PERMIT,),
        ("no_approved_director",),
        "Pausas tills IVO har godkänt en föreståndare.",
    ),
    IVOS: Theme(
        "IVO förelägger utföraren att rätta till brister",
        "Beslutet gäller bemanning, dokumentation och hur händelser rapporteras.",
        ((Check.INSPECTIONS, "Föreläggande vid vite. Svar till IVO saknas."),),
        (Check.PERMIT, Check.FINANCES),
        ("ivo_findings",),
        "Bristerna är för allvarliga för att vi ska rekommendera verksamheten.",
    ),
    "audit_remarks": Theme(
        "Revisorn har lämnat en oren revisionsberättelse",
        "Revisorn anmärker på lån till närstående och på sent betalda skatter.",
        ((Check.FINANCES, "Oren revisionsberättelse för förra räkenskapsåret."),),
        (Check.F_TAX, Check.EMPLOYER, Check.COURT_OF_COMPANY),
        ("weak_finances",),
        "Pausas tills revisorns anmärkningar är åtgärdade.",
    ),
    "serious_complaints": Theme(
        "",
        "Flera synpunkter om utebliven dokumentation, från olika enheter.",
        ((Check.INSPECTIONS, "IVO har påtalat samma sak tidigare."),),
        (Check.UNIT_DIRECTOR,),
        ("complaints",),
        "Utföraren har inte visat att bristerna är åtgärdade.",
    ),
}
MILD: Final[tuple[tuple[Decision, Theme], ...]] = tuple(
    (decision, theme)
    for decision, theme, count in (
        (
            Decision.NO_ACTION,
            Theme(
                "Artikel om missnöjda anhöriga",
                "Artikeln nämner inga händelser, men gäller en verksamhet som vi ofta anlitar.",
                (),
                (Check.INSPECTIONS, Check.UNIT_DIRECTOR),
                ("unfounded",),
                "Inget av det som har påståtts har bekräftats.",
            ),
            3,
        ),
        (
            Decision.NO_ACTION,
            Theme(
                "Utföraren saknas i registret över arbetsgivare",
                "Avregistrerad som arbetsgivare i två veckor.",
                (),
                (Check.EMPLOYER, Check.F_TAX),
                ("remedied",),
                "Registreringen var ett misstag och är rättad.",
            ),
            3,
        ),
        (
            Decision.WATCHED,
            Theme(
                "Styrelsen har bytts ut i sin helhet",
                "Nya ägare sedan i somras, utan erfarenhet av området.",
                (),
                (Check.FINANCES, Check.COURT_OF_BOARD),
                ("other",),
                "Inget att anmärka på nu. Vi följer upp när de nya ägarna har lämnat bokslut.",
            ),
            3,
        ),
    )
    for _ in range(count)
)
