"""What the demo prints: the story as tables, and who may log in."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from django.utils.translation import gettext as _
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from placements.domain.values import Answer
from placements.models.choices import Answers
from placements.web.placing.words import reason_word
from spink.accounts.models import User
from spink.accounts.wording import described
from spink.catalogue import queries as catalogue
from spink.catalogue.wording import rung_name
from spink.sample.loading import Advance
from spink.sample.story import Story

SHOWN_AT_MOST: Final = 6
WIDTH: Final = 118


class Bars:
    """Progress of the loading, one bar a part."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def part(self, name: str, steps: int) -> Iterator[Advance]:
        labels = {
            "register": _("The register, edition by edition"),
            "history": _("Requests of 2023 and 2024"),
            "queue": _("Open requests of today"),
            "control": _("The control of providers"),
            "everyday": _("What else happens on an ordinary day"),
            "today": _("A stop of this hour"),
        }
        columns = (
            TextColumn("{task.description:<36}"),
            BarColumn(bar_width=40),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        with Progress(*columns, console=self._console) as progress:
            task = progress.add_task(labels[name], total=steps)
            yield lambda done: progress.update(task, advance=done)


def tell(story: Story, console: Console) -> None:
    _tell_need(story, console)
    for rung in story["ladder"]:
        _tell_rung(rung, console)
    _tell_excluded(story, console)
    _tell_end(story, console)


def tell_logins(logins: Iterable[User], address: str, password: str, console: Console) -> None:
    table = _table(_("Log in at %(address)s") % {"address": address})
    for heading in (_("Username"), _("Name"), _("Role")):
        table.add_column(heading)
    for user in logins:
        table.add_row(user.username, escape(str(user)), escape(described(user)))
    console.print(table)
    console.print(_("The password of all of them: %(password)s") % {"password": password})
    console.print(_("Stop with Ctrl-C. Start over with: python manage.py demo --fresh"))


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", header_style="bold")


def _tell_need(story: Story, console: Console) -> None:
    need = story["need"]
    table = _table(
        _("Request %(reference)s, filed by %(filer)s, matched by %(officer)s")
        % {
            "reference": story["reference"],
            "filer": story["filed_by"],
            "officer": story["officer"],
        }
    )
    table.add_column(_("Need"))
    table.add_column("")
    for label, value in _need_rows(need):
        table.add_row(label, escape(value))
    console.print(table)
    console.print(
        _("Matched against number %(number)s of the register: %(units)s units.")
        % {"number": story["register_number"], "units": story["counts"]["units"]}
    )


def _need_rows(need: dict[str, Any]) -> list[tuple[str, str]]:
    near = need["near"]
    return [
        (_("Service"), _name(need["service_type"], "service")),
        (_("Subtype"), _name(need["subtype"], "subtype")),
        (_("Wanted start"), need["wanted_start"]),
        (_("Age"), str(need["age"])),
        (_("Must be met"), _names(need["needs_required"], "need")),
        (_("Wished"), _names(need["needs_wished"], "need")),
        (_("At most"), _("%(km)s km away") % {"km": near["within_km"]} if near else ""),
    ]


def _tell_rung(rung: dict[str, Any], console: Console) -> None:
    candidates = rung["candidates"]
    title = _("%(rung)s: %(count)s fit") % {
        "rung": rung_name(rung["provision_form"]),
        "count": len(candidates),
    }
    if not candidates:
        console.print(f"\n[bold]{escape(title)}[/bold]")
        return
    table = _table(title)
    for heading in (_("Care unit"), _("Provider"), _("Meets wishes"), _("Place")):
        table.add_column(heading)
    for heading in (_("Rank"), _("Rate"), _("km")):
        table.add_column(heading, justify="right")
    for one in candidates[:SHOWN_AT_MOST]:
        table.add_row(*_candidate_row(one))
    console.print(table)
    _tell_left_out(len(candidates), console)


def _candidate_row(one: dict[str, Any]) -> Sequence[str]:
    return (
        escape(one["name"]),
        escape(one["provider"]),
        escape(_names(one["wished_met"], "need")) or "–",
        _("certain") if one["places_certain"] else _("uncertain"),
        _number(one["rank"]),
        _number(one["rate"]),
        _number(one["distance_km"]),
    )


def _tell_left_out(count: int, console: Console) -> None:
    if count > SHOWN_AT_MOST:
        console.print(_("and %(count)s more") % {"count": count - SHOWN_AT_MOST})


def _tell_excluded(story: Story, console: Console) -> None:
    counts = story["counts"]
    table = _table(_("Excluded: %(count)s") % {"count": counts["excluded"]})
    table.add_column(_("Reason"))
    table.add_column(_("Care units"), justify="right")
    for reason, count in counts["by_reason"].items():
        table.add_row(reason_word(reason), str(count))
    console.print(table)
    near = story["near_misses"]
    table = _table(_("Near to fitting: %(count)s, for one reason each") % {"count": len(near)})
    for heading in (_("Care unit"), _("Provider"), _("Reason")):
        table.add_column(heading)
    for one in near[:SHOWN_AT_MOST]:
        reasons = ", ".join(reason_word(reason) for reason in one["reasons"])
        table.add_row(escape(one["name"]), escape(one["provider"]), reasons)
    console.print(table)
    _tell_left_out(len(near), console)


def _tell_end(story: Story, console: Console) -> None:
    table = _table(_("What happened"))
    table.add_column("")
    table.add_column(_("Care unit"))
    table.add_column("")
    for one in story["inquiries"]:
        said = str(Answers(Answer(one["answer"])).label)
        table.add_row(_("Asked"), escape(one["name"]), escape(f"{said}. {one['note']}"))
    for one in story["recommendation"]["units"]:
        price = _("%(rate)s kronor a day since %(day)s") % {
            "rate": one["rate"],
            "day": one["rate_from"],
        }
        form = rung_name(one["provision_form"])
        table.add_row(_("Recommended"), escape(one["name"]), f"{form}, {price}")
    choice = story["choice"]
    table.add_row(
        _("Chosen"), escape(choice["name"]), rung_name(choice["provision_form"]), style="bold"
    )
    console.print(table)


def _name(code: str, kind: str) -> str:
    return catalogue.names([code], of=kind)[code]


def _names(codes: Sequence[str], kind: str) -> str:
    named = catalogue.names(codes, of=kind)
    return ", ".join(named[code] for code in codes)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:n}"
