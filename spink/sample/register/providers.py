"""Providers as units ask for them: firms with some units each, associations, municipalities."""

from dataclasses import replace
from datetime import date
from typing import Final

from spink.sample import names
from spink.sample.drawing import Draw
from spink.sample.places import GOTEBORG, MEMBERS
from spink.sample.register.plans import Group, Provider

MUNICIPALITIES: Final = {
    "1480": "Göteborgs Stad",
    "1440": "Ale kommun",
    "1401": "Härryda kommun",
    "1482": "Kungälvs kommun",
    "1441": "Lerums kommun",
    "1481": "Mölndals stad",
    "1402": "Partille kommun",
    "1415": "Stenungsunds kommun",
    "1419": "Tjörns kommun",
    "1407": "Öckerö kommun",
    "1384": "Kungsbacka kommun",
    "1489": "Alingsås kommun",
    "1462": "Lilla Edets kommun",
}
PRIVATE_FORMS: Final = {"company": 90.0, "trading_partnership": 5.0, "economic_association": 5.0}
IDEA_FORMS: Final = {"association": 55.0, "foundation": 35.0, "economic_association": 10.0}
GROUPS: Final = 12
LARGEST: Final = {"vuxen": 4, "barn": 4, "funktion": 9}


class Providers:
    """Hands out a provider for a unit: now a new one, now one that has units of the same area."""

    def __init__(self, seed: int) -> None:
        self._draw = Draw(seed, "providers")
        self._firms = names.firm_names(Draw(seed, "firms"))
        self._numbers = names.organisation_numbers(Draw(seed, "numbers"))
        self._taken: dict[str, list[Provider]] = {}
        self._counts: dict[str, int] = {}
        self.groups = [
            Group(f"K{number + 1:02}", f"{next(self._firms)} Gruppen") for number in range(GROUPS)
        ]
        self.all: dict[str, Provider] = {}
        self._municipal_company: Provider | None = None

    def municipality(self, code: str) -> Provider:
        ownership = "own_municipality" if code in MEMBERS else "other_municipality"
        known = self.all.get(f"L{code}")
        return known or self._add(
            f"L{code}", MUNICIPALITIES[code], "municipality", ownership, "", code
        )

    def municipal_company(self) -> Provider:
        """One company, owned by the municipalities together."""
        if self._municipal_company is None:
            name = f"{next(self._firms)} Vård AB"
            self._municipal_company = self._add(
                "L9001", name, "company", "municipal_company", next(self._numbers), GOTEBORG
            )
        return self._municipal_company

    def state(self) -> Provider:
        known = self.all.get("L9002")
        return known or self._add("L9002", "Statens vårdboenden", "state", "state", "", GOTEBORG)

    def sole_trader(self, municipality: str) -> Provider:
        """Without a number: a sole trader's is a person's."""
        name = f"{' '.join(names.person_name(self._draw))} Familjevård"
        return self._new(name, "sole_trader", "private", "", municipality)

    def applicant(self, idea_based: bool, *, known_from: date) -> Provider:
        """One that comes into the register to be vetted."""
        made = self._private_or_idea_based(idea_based, GOTEBORG)
        self.all[made.code] = replace(made, known_from=known_from)
        return self._count(self.all[made.code])

    def for_unit(
        self, *, area: str, idea_based: bool, municipality: str, alone: bool = False
    ) -> Provider:
        """`alone`: a provider that has no unit yet."""
        key = f"{area}/{idea_based}"
        known = self._taken.setdefault(key, [])
        open_ones = [one for one in known if self._counts[one.code] < LARGEST[area]]
        if alone or not open_ones or self._draw.chance(0.42):
            known.append(self._private_or_idea_based(idea_based, municipality))
            return self._count(known[-1])
        return self._count(self._draw.one(open_ones))

    def _private_or_idea_based(self, idea_based: bool, municipality: str) -> Provider:
        if idea_based:
            form = self._draw.weighted(IDEA_FORMS)
            words = {"association": "Föreningen", "foundation": "Stiftelsen"}
            name = f"{words.get(form, 'Kooperativet')} {next(self._firms)}"
            return self._new(name, form, "idea_based", next(self._numbers), municipality)
        form = self._draw.weighted(PRIVATE_FORMS)
        ends = {"company": "AB", "trading_partnership": "HB", "economic_association": "ek. för."}
        name = f"{next(self._firms)} {self._draw.one(names.FIRM_KINDS)} {ends[form]}"
        return self._new(name, form, "private", next(self._numbers), municipality)

    def _new(
        self, name: str, form: str, ownership: str, number: str, municipality: str
    ) -> Provider:
        return self._add(f"L{len(self.all) + 1:04}", name, form, ownership, number, municipality)

    def _add(
        self, code: str, name: str, form: str, ownership: str, number: str, municipality: str
    ) -> Provider:
        in_group = ownership == "private" and form == "company" and self._draw.chance(0.22)
        provider = Provider(
            code=code,
            name=name,
            legal_form=form,
            ownership=ownership,
            number=number,
            municipality=municipality,
            contact=" ".join(names.person_name(self._draw)),
            phone=names.phone(self._draw),
            email=f"placering@{names.ascii_name(name)}.example",
            group=self._draw.one(self.groups).code if in_group else "",
        )
        self.all[code] = provider
        return provider

    def _count(self, provider: Provider) -> Provider:
        self._counts[provider.code] = self._counts.get(provider.code, 0) + 1
        return provider
