"""What complaints, answers and visits of the sample say."""

from typing import Final

SAID: Final[dict[str, tuple[str, ...]]] = {
    "documentation": (
        "Månadsrapporten har inte kommit på tre månader trots två påminnelser.",
        "Genomförandeplanen saknas fortfarande sex veckor efter inflyttning.",
        "Journalen säger inget om de två veckor då stödet ändrades.",
        "Rapporterna är kopierade från månad till månad och beskriver inte hur det går.",
        "Vi fick veta om en allvarlig händelse först när vi frågade, och den var inte nedtecknad.",
    ),
    "support": (
        "Stödet på kvällarna som vi har beställt ges bara varannan dag.",
        "Kontaktpersonen har bytts fyra gånger på två månader och samtalen har uteblivit.",
        "Hjälpen med skolgången har inte kommit i gång.",
        "Läkarbesök har missats två gånger eftersom ingen följde med.",
    ),
    "treatment": (
        "Personalen talar över huvudet på den boende i möten.",
        "Den boende beskriver ett hårt tonläge när något går fel.",
    ),
    "staffing": (
        "Samma vikarie ensam på plats tre helger i rad.",
        "Personalen har inte den kompetens om neuropsykiatri som beskrivs i avtalet.",
    ),
    "cooperation": (
        "Verksamheten svarar inte på telefon och återkommer efter flera dagar.",
        "Mötet ställdes in samma dag, utan förslag på ny tid.",
    ),
    "safety": (
        "Jourhemmet lämnade barnet utan tillsyn en hel kväll, och konsulenten svarade inte.",
        "Droger har kommit in på boendet vid flera tillfällen utan att rutinerna har ändrats.",
        "Larmet var ur funktion i två veckor.",
    ),
    "premises": ("Rummet var inte städat och saknade säng vid inflyttning.",),
    "price": ("Fakturan tar upp extra tillsyn som vi inte har beställt.",),
    "ending": ("Placeringen sades upp med en dags varsel.",),
}
ANSWERED: Final = (
    "Vi beklagar det inträffade. Rutinen är genomgången med personalen och följs upp varje vecka.",
    "Vi delar bilden. Rapporterna är nu skickade, och en ansvarig är utsedd.",
    "Vi har tillsatt en ny kontaktperson och tagit fram ett schema som skickas till er.",
    "Vi har inte sett att det brister på det sättet, men har ändrat hur vi informerar.",
)
SENT: Final = "Skickad till verksamhetens föreståndare med en begäran om svar."
HANDED: Final = "Gäller en utförare med ramavtal. Överlämnad till INK."
INKS_ANSWER: Final = "INK har tagit upp det på avtalsmötet. Utföraren rättar till det."
TOLD: Final = "Utföraren har svarat. Säg till om något av det inte stämmer."
CLOSED: Final[dict[str, str]] = {
    "communicated": "Svaret är lämnat och dokumenterat.",
    "put_right": "Utföraren har visat att bristen är rättad.",
    "visit": "Tas upp vid nästa besök i verksamheten.",
    "in_depth_review": "Flera liknande synpunkter. Vi gör en fördjupad kontroll.",
    "stop": "Vi rekommenderar inte utföraren tills vidare.",
    "no_answer": "Utföraren har inte svarat trots påminnelser. Noterat inför nästa kontroll.",
    "unfounded": "Underlaget visar att uppdraget har utförts som beställt.",
    "withdrawn": "Återtagen: det visade sig gälla en annan verksamhet.",
}
QUESTIONS: Final = (
    "Hur många är i tjänst dag, kväll och natt?",
    "Vilka behov möter ni särskilt väl, och vilka inte?",
    "Hur går det till när någon flyttar in?",
    "Hur dokumenterar ni, och hur får vi rapporterna?",
    "Stämmer uppgifterna i registret?",
)
QUESTIONS_OF: Final[dict[str, tuple[str, ...]]] = {
    "residential_care_home": (
        "Vilka metoder används, och vem är utbildad i dem?",
        "Hur ser en vanlig dag ut, med skola och fritid?",
        "Hur arbetar ni när någon avviker?",
    ),
    "foster_home": (
        "Hur utreds och handleds familjerna?",
        "Hur snabbt kan ni ta emot i jourhem?",
        "Hur följer ni barnets skolgång?",
    ),
    "supported_accommodation": ("Hur förbereds den unge för eget boende?",),
    "outpatient_care": ("Hur lång är väntetiden till första samtalet?",),
    "supported_social_housing": (
        "Hur arbetar ni vid återfall?",
        "Får den boende ha husdjur eller besök?",
    ),
    "treatment": ("Vilka metoder används, och hur mäts resultatet?", "Hur ser eftervården ut?"),
    "protected_housing": (
        "Hur skyddas adressen?",
        "Hur tas medföljande barn om hand?",
    ),
    "short_term_housing": ("Är lokalerna tillgängliga för rullstol?",),
    "special_service_housing": ("Hur många bor här, och hur är de matchade mot varandra?",),
}
REPLIES: Final[dict[str, tuple[str, ...]]] = {
    QUESTIONS[0]: (
        "Tre på dagen, två på kvällen och en vaken på natten.",
        "Två dygnet runt, varav en sovande jour på natten.",
        "Fyra på dagen, två på kvällen. Beredskap på natten.",
    ),
    QUESTIONS[1]: (
        "Vana vid neuropsykiatri och vid samsjuklighet. Tar inte emot vid pågående hot.",
        "Möter unga med skolfrånvaro väl. Lokalerna passar inte den som använder rullstol.",
        "Lugn miljö för den som behöver struktur. Svårare vid utåtagerande.",
    ),
    QUESTIONS[2]: (
        "Studiebesök samma vecka, sedan ett möte med alla berörda på inflyttningsdagen.",
        "Två i personalen möter. Genomförandeplan inom tre veckor.",
    ),
    QUESTIONS[3]: (
        "I eget system varje dag. Månadsrapport den femte i nästa månad.",
        "Sammanfattning varannan vecka, händelser samma dag på telefon.",
    ),
    QUESTIONS[4]: (
        "Ja, bortsett från antalet platser och telefonnumret.",
        "Ja, allt stämmer.",
        "Målgruppen behöver förtydligas, i övrigt ja.",
    ),
}
REPLIES_ELSE: Final = (
    "Beskrivs väl och stämmer med det vi såg.",
    "Rutinen finns skriven och personalen känner till den.",
    "Utvecklas just nu. Följs upp vid nästa kontakt.",
)
NOTES: Final = (
    "Trivsamt och lugnt. Personalen verkar ha arbetat länge tillsammans.",
    "Bra samtal med föreståndaren om vilka som passar att bo ihop.",
    "Passar den som behöver mycket vuxenstöd. Ett rum är anpassat.",
    "Tydliga rutiner. Kan ta emot akut på vardagar om vi ringer före klockan 14.",
)
