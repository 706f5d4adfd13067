"""Files and feeds that others hand over, and the settings that tell of sources."""

import os
import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from providers.domain.control.facts import Fact, Problem, Subject, Value
from providers.monitoring.asking import Asker, Pace
from providers.monitoring.settings import BadSettings, sources
from providers.monitoring.source import NotAnswered
from spink.composition.checks import sources_can_be_asked
from tests.integration.providers.control.test_sources import (
    MIB,
    NUMBER,
    OTHER,
    asked,
    problem,
    told,
)
from tests.support.sources import Said, Server

# Files


def handed(folder: Path, content: str | bytes, name: str = "lista.csv", age: float = 60) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    at = time.time() - age
    os.utime(path, (at, at))
    return path


def of_files(folder: Path, **settings: Any) -> dict[str, Any]:
    return {"kind": "files", "folder": str(folder), **settings}


EXAMPLE = Path(__file__).resolve().parents[4] / "deploy/sources.example.toml"
ROWS = (
    f"Organisationsnummer;Skuld;F-skatt;Tillstånd\n{NUMBER[:6]}-{NUMBER[6:]};12 500,50;ja;IVO-2\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_row_of_a_file_is_told(tmp_path: Path, encoding: str) -> None:
    handed(tmp_path, (ROWS + f"16{NUMBER};500;ja;IVO-1\n").encode(encoding))
    expected = {Fact.DEBTS: 13_000, Fact.F_TAX: True, Fact.PERMITS: ("IVO-1", "IVO-2")}
    assert asked(of_files(tmp_path)).facts == expected


def test_json_file_tells_the_same(tmp_path: Path) -> None:
    handed(
        tmp_path,
        f'[{{"organisationsnummer": "{NUMBER}", "f-skatt": false, "tillstånd": ["IVO-1", "IVO-2"],'
        ' "beslut": [{"id": "8.5-1", "rubrik": "Föreläggande", "datum": "2025-02-01",'
        ' "länk": "javascript:alert(1)"}]}]',
        "ivo.json",
    )
    answer = asked(of_files(tmp_path))
    assert answer.facts == {Fact.F_TAX: False, Fact.PERMITS: ("IVO-1", "IVO-2")}
    assert [(one.key, one.title, one.day, one.link) for one in answer.happenings] == [
        ("8.5-1", "Föreläggande", "2025-02-01", "")
    ]


def test_columns_are_named_in_the_settings(tmp_path: Path) -> None:
    handed(tmp_path, f"Organisationsnummer,Rating\n{NUMBER},AA\n")
    settings = of_files(tmp_path, columns={"credit_rating": "Rating"})
    assert asked(settings).facts == {Fact.CREDIT_RATING: "AA"}


@pytest.mark.parametrize(
    ("complete", "expected"), [(["permits", "debts"], {"permits": (), "debts": 0}), ([], {})]
)
def test_whoever_is_not_in_a_complete_file_has_nothing(
    tmp_path: Path, complete: list[str], expected: dict[str, Value]
) -> None:
    handed(tmp_path, ROWS)
    answer = asked(of_files(tmp_path, complete=complete), OTHER)
    assert answer.facts == {Fact(name): value for name, value in expected.items()}


def test_newest_whole_file_is_read_and_the_next_one_when_it_comes(tmp_path: Path) -> None:
    handed(tmp_path, ROWS, "b.csv", age=3600)
    handed(tmp_path, ROWS.replace("12 500", "1"), "a.csv", age=60)
    handed(tmp_path, "half a fi", "c.csv", age=0)
    source = told(of_files(tmp_path)).source()
    assert source.ask(Subject(NUMBER)).facts[Fact.DEBTS] == 1
    handed(tmp_path, ROWS.replace("12 500", "2"), "c.csv", age=10)
    assert source.ask(Subject(NUMBER)).facts[Fact.DEBTS] == 2


@pytest.mark.parametrize(
    ("content", "settings", "expected"),
    [
        ("Nummer;Skuld\n5560125790;1\n", {}, Problem.MALFORMED),
        ("Organisationsnummer;Skuld\n5560125790;mycket\n", {}, Problem.MALFORMED),
        ("Organisationsnummer;Skuld\n5560125791;1\n", {}, Problem.MALFORMED),
        ("Organisationsnummer;Skuld\n5560125790;1;2\n", {}, Problem.MALFORMED),
        ("Organisationsnummer;F-skatt\n5560125790;kanske\n", {}, Problem.MALFORMED),
        ("[{]", {}, Problem.MALFORMED),
        ('{"organisationsnummer": "5560125790"}', {}, Problem.MALFORMED),
        ("", {}, Problem.MALFORMED),
        ("Organisationsnummer;Skuld\n", {}, Problem.TOO_FEW),
        (ROWS, {"at_least": 2}, Problem.TOO_FEW),
        (ROWS + "x" * MIB, {"megabytes": 1}, Problem.TOO_LARGE),
    ],
)
def test_file_that_cannot_be_believed_is_no_answer(
    tmp_path: Path, content: str, settings: dict[str, Any], expected: Problem
) -> None:
    handed(tmp_path, content)
    assert problem(of_files(tmp_path, **settings)) == expected


def test_old_file_and_no_file_are_no_answer(tmp_path: Path) -> None:
    assert problem(of_files(tmp_path / "none")) == Problem.MISSING
    assert problem(of_files(tmp_path)) == Problem.MISSING
    handed(tmp_path, ROWS, age=50 * 24 * 3600)
    assert problem(of_files(tmp_path)) == Problem.OLD
    assert asked(of_files(tmp_path, days=60)).facts[Fact.DEBTS] == 12_500


def test_file_at_an_address_is_fetched_once_for_all(server: Server) -> None:
    server.says["/ivo.csv"] = Said(body=ROWS.encode())
    source = told({"kind": "files", "url": f"{server.url}/ivo.csv", "private": True}).source()
    for number in (NUMBER, OTHER):
        source.ask(Subject(number))
    assert server.asked == ["/ivo.csv"]


# Media

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Nyheter</title>
<item><title>Kritik mot Solbackens  ledning</title><guid>a-1</guid>
<link>https://nyheter.example/1</link><pubDate>Mon, 03 Mar 2025 08:00:00 GMT</pubDate></item>
<item><title>Solbackenbarnen sjunger</title><guid>a-2</guid></item>
<item><title>Brand</title><guid>a-3</guid><link>javascript:alert(1)</link>
<description>&lt;p&gt;Vid &lt;b&gt;Villa Ek&lt;/b&gt; i natt&lt;script&gt;x&lt;/script&gt;
</description></item>
</channel></rss>"""  # fmt: skip
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><id>urn:1</id>
<title>SOLBACKEN läggs ned</title><updated>2025-03-01T10:00:00Z</updated>
<link href="https://nyheter.example/2"/></entry></feed>"""


def of_feed(server: Server, content: str) -> dict[str, Any]:
    server.says["/feed"] = Said(body=content.encode(), headers={"Content-Type": "text/xml"})
    return {"kind": "feed", "url": f"{server.url}/feed", "private": True}


def test_articles_that_name_a_provider_or_its_unit_are_told(server: Server) -> None:
    answer = asked(of_feed(server, RSS), NUMBER, "Solbacken AB", "Villa Ek", "Ek")
    assert [(one.key, one.title, one.link, one.day) for one in answer.happenings] == [
        ("a-1", "Kritik mot Solbackens ledning", "https://nyheter.example/1", "2025-03-03"),
        ("a-3", "Brand", "", ""),
    ]


def test_atom_is_read_as_well(server: Server) -> None:
    (one,) = asked(of_feed(server, ATOM), NUMBER, "Solbacken Vård AB", "Solbacken").happenings
    assert (one.key, one.title, one.day) == ("urn:1", "SOLBACKEN läggs ned", "2025-03-01")


@pytest.mark.parametrize("content", ["<html><body>Stängt</body></html>", "", "{}"])
def test_page_that_is_no_feed_is_no_answer(server: Server, content: str) -> None:
    assert problem(of_feed(server, content)) == Problem.MALFORMED


def test_title_of_nothing_but_signs_holds_nobody_up(server: Server) -> None:
    content = RSS.replace("<item>", f"<item><title>{'&lt;' * 300_000}</title></item><item>", 1)
    assert len(asked(of_feed(server, content), NUMBER, "Solbacken").happenings) == 1


def test_feed_with_characters_that_are_none_is_no_answer(server: Server) -> None:
    content = "<rss version='2.0'><channel><item><title>&#xd800;</title></item></channel></rss>"
    assert problem(of_feed(server, content)) == Problem.MALFORMED


@pytest.mark.parametrize("text", ["Solbacken\\u0000", "Solbacken\\ud800"])
def test_text_that_the_database_does_not_take_is_no_answer(tmp_path: Path, text: str) -> None:
    row = f'[{{"organisationsnummer": "{NUMBER}", "beslut": [{{"id": "1", "rubrik": "{text}"}}]}}]'
    handed(tmp_path, row, "ivo.json")
    asker = Asker("it", told(of_files(tmp_path)).source(), Pace(rate="", attempts=1))
    with pytest.raises(NotAnswered) as raised:
        asker.ask(Subject(NUMBER))
    assert raised.value.problem == Problem.MALFORMED


def test_feed_cannot_read_files_of_ours_or_unfold_without_end(
    server: Server, tmp_path: Path
) -> None:
    secret = handed(tmp_path, "Solbacken hemlig", "hemlig.txt")
    entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>'
    content = f"{entity}<rss version='2.0'><channel><item><title>&x;</title></item></channel></rss>"
    assert asked(of_feed(server, content), NUMBER, "Solbacken").happenings == ()


def test_feed_that_is_the_name_of_a_file_is_not_read_from_there(
    server: Server, tmp_path: Path
) -> None:
    ours = handed(tmp_path, RSS, "hemlig.xml")
    assert problem(of_feed(server, str(ours))) == Problem.MALFORMED


def test_day_of_an_article_can_be_kept_whatever_the_feed_says(server: Server) -> None:
    content = ATOM.replace("2025-03-01T", "0099-01-01T")
    (one,) = asked(of_feed(server, content), NUMBER, "Solbacken").happenings
    assert date.fromisoformat(one.day) == date(99, 1, 1)


# Settings


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({}, "it: kind is one of bolagsverket, files, feed"),
        ({"kind": "feed", "url": "x", "colour": "blue"}, "it: what is colour?"),
        ({"kind": "files"}, "it: either folder or url"),
        ({"kind": "files", "folder": "a", "complete": ["x"]}, "it: 'x' is not a valid Fact"),
        ({"kind": "feed", "url": "x", "rate": "often"},
            "it: couldn't parse rate limit string 'often'"),
        ({"kind": "feed"}, "it: 'url'"),
    ],
)  # fmt: skip
def test_settings_that_make_no_sense_say_so(table: dict[str, Any], expected: str) -> None:
    with pytest.raises(BadSettings) as raised:
        sources({"it": table})
    assert str(raised.value) == expected


def test_check_of_the_settings_names_the_source(settings: Any) -> None:
    settings.MONITORING_SOURCES = {"ivo": {"kind": "files"}}
    (error,) = sources_can_be_asked()
    assert error.msg == "SOURCES_FILE: ivo: either folder or url"
    settings.MONITORING_SOURCES = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
    assert sources_can_be_asked() == []


def test_number_is_not_printed_with_its_subject() -> None:
    assert repr(Subject(NUMBER, ("Kim",))) == "Subject(names=('Kim',))"
