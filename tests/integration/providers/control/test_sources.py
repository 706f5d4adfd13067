"""Sources are asked over real HTTP, and what they say is believed only where it can be."""

import time
from dataclasses import replace
from ipaddress import ip_address
from typing import Any

import pytest
import redis

from providers.domain.control.facts import Answer, Fact, Problem, Subject
from providers.monitoring.asking import Asker, Pace
from providers.monitoring.settings import Told, sources
from providers.monitoring.source import NotAnswered, NotNow
from spink.foundation.outward import is_public
from tests.support.sources import Said, Server, as_json, organisation

NUMBER = "5560125790"
OTHER = "5565475489"
QUICK = Pace(rate="", attempts=3, first_wait=0.001, longest_wait=0.002)
MIB = 1024 * 1024


def told(settings: dict[str, Any]) -> Told:
    return sources({"it": settings})["it"]


def asked(settings: dict[str, Any], number: str = NUMBER, *names: str, **bounds: Any) -> Answer:
    source = told(settings)
    source = replace(source, bounds=replace(source.bounds, **bounds))
    return source.source().ask(Subject(number, names))


def problem(settings: dict[str, Any], number: str = NUMBER, **bounds: Any) -> Problem:
    with pytest.raises(NotAnswered) as raised:
        asked(settings, number, **bounds)
    assert number not in str(raised.value)
    return raised.value.problem


def says(server: Server, **parts: Any) -> Said:
    said = as_json({"organisationer": [organisation(NUMBER, **parts)]})
    server.says[NUMBER] = said
    return said


# Bolagsverket


def test_company_that_lives_is_told_of_without_its_number_in_an_address(server: Server) -> None:
    assert asked(server.settings).facts == {
        Fact.REGISTERED: True,
        Fact.DEREGISTERED: "",
        Fact.PROCEDURES: (),
        Fact.ACTIVE: True,
        Fact.LEGAL_FORM: "AB",
        Fact.NAME: "Solbacken AB",
    }
    assert server.asked == ["/token", f"/v1/organisationer {NUMBER}"]


def test_bankruptcy_and_last_day_are_told(server: Server) -> None:
    long = "pagaendeAvvecklingsEllerOmstruktureringsforfarande"
    says(
        server,
        avregistreradOrganisation={"avregistreringsdatum": "2025-02-01T00:00:00.000+00:00"},
        **{long: {f"{long}Lista": [{"kod": "LI"}, {"kod": "KK"}, {"kod": "KK"}]}},
    )
    facts = asked(server.settings).facts
    assert (facts[Fact.DEREGISTERED], facts[Fact.PROCEDURES]) == ("2025-02-01", ("KK", "LI"))


def test_part_whose_own_source_did_not_answer_is_not_known(server: Server) -> None:
    out = {"fel": {"typ": "OTILLGANGLIG_UPPGIFTSKALLA"}}
    says(server, verksamOrganisation=out, avregistreradOrganisation=out, organisationsnamn=out)
    assert set(asked(server.settings).facts) == {
        Fact.REGISTERED,
        Fact.PROCEDURES,
        Fact.LEGAL_FORM,
    }


def test_number_that_is_not_registered_is_an_answer(server: Server) -> None:
    server.says[NUMBER] = as_json({"code": "ORGANISATION_FINNS_EJ"}, 404)
    assert asked(server.settings).facts == {Fact.REGISTERED: False}


def test_firm_of_a_sole_trader_that_lives_is_told_of_first(server: Server) -> None:
    dead = organisation(NUMBER, avregistreradOrganisation={"avregistreringsdatum": "2019-01-01"})
    server.says[NUMBER] = as_json({"organisationer": [dead, organisation(NUMBER)]})
    assert asked(server.settings).facts[Fact.DEREGISTERED] == ""


def test_token_is_fetched_once_and_again_when_it_is_taken_back(server: Server) -> None:
    source = told(server.settings).source()
    for _ in range(3):
        source.ask(Subject(NUMBER))
    assert server.tokens == 1
    server.valid_from_token = 2
    assert source.ask(Subject(NUMBER)).facts[Fact.REGISTERED] is True
    assert server.tokens == 2


def test_wrong_secret_is_a_refusal(server: Server) -> None:
    assert problem(server.settings | {"client_secret": "fel"}) == Problem.REFUSED


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (as_json({"organisationer": [organisation(OTHER)]}), Problem.OTHER_NUMBER),
        (
            as_json({"organisationer": [organisation(NUMBER), organisation(OTHER)]}),
            Problem.OTHER_NUMBER,
        ),
        (as_json({"organisationer": []}), Problem.MALFORMED),
        (as_json({"organisationer": ["text"]}), Problem.MALFORMED),
        (as_json([]), Problem.MALFORMED),
        (Said(body=b"<html>Inloggning</html>"), Problem.MALFORMED),
        (Said(body=b"[" * 100_000), Problem.MALFORMED),
        (Said(), Problem.MALFORMED),
        (as_json({"organisationer": [organisation(NUMBER, organisationsnamn={
            "organisationsnamnLista": [{"namn": 7}]})]}), Problem.MALFORMED),
        (as_json({"organisationer": [organisation(NUMBER, avregistreradOrganisation={
            "avregistreringsdatum": "i fjol"})]}), Problem.MALFORMED),
        (as_json({"fault": "x"}, 500), Problem.FAILED),
        (Said(503), Problem.BUSY),
        (Said(429, headers={"Retry-After": "60"}), Problem.BUSY),
        (Said(403), Problem.REFUSED),
        (Said(400, b"{}"), Problem.MALFORMED),
        (Said(302, headers={"Location": "http://127.0.0.1:1/"}), Problem.REDIRECTED),
        (Said(body=b"x" * (3 * MIB)), Problem.TOO_LARGE),
        (Said(body=b"\x1f\x8b", headers={"Content-Encoding": "gzip"}), Problem.MALFORMED),
        (Said(body=b"short", headers={"Content-Length": "500"}), Problem.SLOW),
    ],
)  # fmt: skip
def test_answer_that_cannot_be_believed_is_none(
    server: Server, said: Said, expected: Problem
) -> None:
    server.says[NUMBER] = said
    assert problem(server.settings, seconds_between=0.5) == expected


@pytest.mark.parametrize(
    "said",
    [Said(body=b"{}", seconds=2), Said(body=b" " * 500, drip=0.02)],
    ids=["silent", "by the byte"],
)
def test_slow_answer_is_not_waited_for(server: Server, said: Said) -> None:
    server.says[NUMBER] = said
    begun = time.monotonic()
    assert problem(server.settings, seconds_between=0.3, seconds=0.4) == Problem.SLOW
    assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (as_json({"token_type": "Bearer"}), Problem.REFUSED),
        (as_json([1]), Problem.MALFORMED),
        (Said(302, headers={"Location": "/elsewhere"}), Problem.REDIRECTED),
        (Said(500), Problem.FAILED),
        (Said(body=b"x" * (3 * MIB)), Problem.TOO_LARGE),
    ],
)
def test_token_that_is_none_is_no_answer(server: Server, said: Said, expected: Problem) -> None:
    server.says["/token"] = said
    assert problem(server.settings) == expected
    assert server.asked == ["/token"]


def test_nobody_there_is_unreachable(server: Server) -> None:
    gone = "http://127.0.0.1:1"
    assert problem(server.settings | {"url": gone, "token_url": gone}) == Problem.UNREACHABLE


# Where it may be asked


def test_address_of_the_own_network_is_asked_only_where_the_settings_allow(
    server: Server,
) -> None:
    assert problem(server.settings | {"private": False}) == Problem.FORBIDDEN_ADDRESS
    inner = server.url.replace("http", "https")
    closed = {"kind": "feed", "url": inner}
    assert problem(closed) == Problem.FORBIDDEN_ADDRESS
    assert problem({"kind": "feed", "url": "https://localhost/"}) == Problem.FORBIDDEN_ADDRESS
    assert server.asked == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", True),
        ("2001:4860:4860::8888", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("::127.0.0.1", False),
        ("fec0::1", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False),
    ],
)
def test_public_address_is_told_from_one_of_ones_own(address: str, expected: bool) -> None:
    assert is_public(ip_address(address)) == expected


# Again, later, and not at all


def test_passing_failure_is_asked_again(server: Server) -> None:
    failing = iter([Said(500), Said(503)])
    server.says[NUMBER] = lambda: next(failing, None) or says(server)
    asker = Asker("it", told(server.settings).source(), QUICK)
    assert asker.ask(Subject(NUMBER)).facts[Fact.REGISTERED] is True
    assert len(server.asked) == 4


def test_lie_is_not_asked_for_again(server: Server) -> None:
    server.says[NUMBER] = as_json({"organisationer": [organisation(OTHER)]})
    with pytest.raises(NotAnswered):
        Asker("it", told(server.settings).source(), QUICK).ask(Subject(NUMBER))
    assert len(server.asked) == 2


def test_source_that_is_down_is_left_alone_until_it_may_be_tried(server: Server) -> None:
    server.says[NUMBER] = Said(500)
    pace = replace(QUICK, failures=3, seconds_alone=0.3)
    asker = Asker("it", told(server.settings).source(), pace)
    with pytest.raises(NotAnswered):
        asker.ask(Subject(NUMBER))
    asked_until_then = len(server.asked)
    with pytest.raises(NotNow):
        asker.ask(Subject(NUMBER))
    assert len(server.asked) == asked_until_then
    del server.says[NUMBER]
    time.sleep(0.35)
    assert asker.ask(Subject(NUMBER)).facts[Fact.REGISTERED] is True


def test_source_is_asked_no_faster_than_agreed(server: Server) -> None:
    pace = replace(QUICK, rate="3/hour")
    asker = Asker("slow-one", told(server.settings).source(), pace)
    for _ in range(3):
        asker.ask(Subject(NUMBER))
    with pytest.raises(NotNow) as raised:
        asker.ask(Subject(NUMBER))
    assert raised.value.seconds == 1200


@pytest.mark.redis
def test_pace_and_breaker_are_shared_through_redis(server: Server, redis_url: str) -> None:
    redis.from_url(redis_url).flushall()
    server.says[OTHER] = Said(500)
    pace = replace(QUICK, rate="20/hour", failures=3)
    one, two = (
        Asker("shared", told(server.settings).source(), pace, redis_url=redis_url) for _ in "12"
    )
    with pytest.raises(NotAnswered):
        one.ask(Subject(OTHER))
    with pytest.raises(NotNow) as raised:
        two.ask(Subject(NUMBER))
    assert raised.value.seconds == pace.seconds_alone
