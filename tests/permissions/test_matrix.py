"""Every route × method × role × two departments × two municipalities, twice.

The routes come from the URL configuration, the cells from `expected.csv`, and whose requests
somebody sees from `two_municipalities.seen_by`. Whatever is answered, in any cell: no canary from
outside the own wall, and no record that is shown without its row in the access log.
"""

from collections.abc import Iterator
from itertools import product

import pytest

from tests.permissions import unfiltered, values
from tests.permissions.asking import ANONYMOUS, Answer, Asked
from tests.permissions.routes import Route, all_routes
from tests.permissions.table import Cell, Line, line_of, lines
from tests.support.two_municipalities import KINDS, PLACES, VARIANTS, Key, World, seen_by

ROUTES = all_routes()
HOME = "A1"
READING = ("GET", "HEAD")
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS")
MADE_FOR = ("GET", "POST")
"""What pages are asked by, in every cell and of every record."""
METHODS = (*READING, "POST", *OTHER_METHODS)
METHODS_OF_ALL = ("GET", "POST", "DELETE")
"""Pages that make no difference between methods: the administration of Django."""

DONE = {200, 302, 409, 422}
"""What a page answers that lets somebody in: shown, done, changed meanwhile, faulty answers."""
REFUSED = {403, 404}
NOT_TAKEN = {405, *REFUSED}


def _is_guarded(route: Route) -> bool:
    """Whether the page shows requests; a route that is not listed fails in a test of its own."""
    return any(line.covers(route) and (line.kind or line.logged) for line in lines())


def test_every_route_is_listed_once() -> None:
    unlisted = [route.path for route in ROUTES if not any(line.covers(route) for line in lines())]
    assert unlisted == []


def test_every_line_is_a_route_that_exists() -> None:
    covered = {line_of(route).path for route in ROUTES}
    assert [line.path for line in lines() if line.path not in covered] == []


def test_every_line_has_a_cell_for_every_role() -> None:
    assert [line.path for line in lines() if list(line.cells) != list(VARIANTS)] == []


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path or "start")
def test_route(world: World, asked: Asked, route: Route) -> None:
    methods = METHODS_OF_ALL if line_of(route).methods == {"ALL"} else METHODS
    assert "\n".join(_all_faults(world, asked, route, methods)) == ""


@pytest.mark.parametrize(
    "route", [route for route in ROUTES if _is_guarded(route)], ids=lambda route: route.path
)
def test_route_with_the_database_alone(
    world: World, asked: Asked, route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once more without the application's own filters: row security alone holds the wall.

    What lies within the own wall is left to the test above, but for protected identities.
    """
    unfiltered.switch_off(monkeypatch)
    faults = _all_faults(world, asked, route, MADE_FOR, within_wall=False)
    assert "\n".join(faults) == ""


def _all_faults(
    world: World, asked: Asked, route: Route, methods: tuple[str, ...], *, within_wall: bool = True
) -> Iterator[str]:
    line = line_of(route)
    for variant in (ANONYMOUS, *VARIANTS):
        for method, key, url in _questions(world, route, line, variant, methods):
            if not within_wall and key in seen_by(variant, HOME) - _kept_by_database(line):
                continue
            answer = asked(variant, method, url, values.sent(route))
            yield from _faults(world, line, variant, method, key, answer)
        for method in _taken(line, methods):
            yield from _tells_what_exists(world, asked, route, line, variant, method)


def _kept_by_database(line: Line) -> set[Key]:
    return {(HOME, line.kind), (HOME, "protected")}


Question = tuple[str, Key | None, str]


def _questions(
    world: World, route: Route, line: Line, variant: str, methods: tuple[str, ...]
) -> Iterator[Question]:
    """Method, record and address.

    Methods that the page is not made for are refused before anybody is looked at: they are tried
    by a visitor, and by one of those who share a cell.
    """
    if variant not in _stands_for_its_cell(line):
        methods = _taken(line, methods)
    for key, method in product(_keys(line, variant), methods):
        if key is None or key in _asked_of(line, method):
            for filled in values.of(world, route, key):
                yield method, key, route.filled(filled)


def _taken(line: Line, methods: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in methods if one in MADE_FOR and _takes(line, one))


def _stands_for_its_cell(line: Line) -> set[str]:
    first = {line.cells[variant]: variant for variant in reversed(VARIANTS)}
    return {ANONYMOUS, *first.values()}


def _asked_of(line: Line, method: str) -> set[Key]:
    """Of which records: reading of every kind; what is sent, of the line's and protected ones.

    What no page takes is tried at home, and where nothing is one's own.
    """
    if method in MADE_FOR and _takes(line, method):
        kinds = KINDS if method == "GET" else (line.kind, "protected")
        return set(product(PLACES, kinds))
    places = PLACES if method in READING else (HOME, "B2")
    return {(place, line.kind) for place in places}


def _keys(line: Line, variant: str) -> list[Key | None]:
    """The own unit's records of every kind, and of the other departments those that could leak."""
    if not line.kind:
        return [None]
    there = (line.kind, "protected") if seen_by(variant, HOME) else (line.kind,)
    return [
        *((HOME, kind) for kind in (KINDS if seen_by(variant, HOME) else (line.kind,))),
        *product(PLACES[1:], there),
    ]


def _tells_what_exists(
    world: World, asked: Asked, route: Route, line: Line, variant: str, method: str
) -> Iterator[str]:
    """A record outside the own wall answers as a record that is not there at all."""
    outside = ("B1", line.kind)
    if not line.kind or outside in seen_by(variant, HOME):
        return
    found = values.of(world, route, outside)[0]
    here = asked(variant, method, route.filled(found)).status
    nowhere = asked(variant, method, route.filled(found | {"reference": "2099-99999"})).status
    if here != nowhere:
        yield f"{method} {line.path} {variant}: {here}, and {nowhere} for what does not exist"


def _faults(
    world: World, line: Line, variant: str, method: str, key: Key | None, answer: Answer
) -> list[str]:
    where = f"{method} {line.path} {variant} {key}: {answer.status}"
    expected = _expected(line, variant, method, key)
    faults = []
    if answer.status not in expected:
        faults.append(f"{where} is not among {sorted(expected)}")
    if leaked := _canaries_in(answer, world) - _may_meet(world, variant):
        faults.append(f"{where} shows {sorted(leaked)}")
    if foreign := _references_in(answer, world) - _own_references(world, variant, key):
        faults.append(f"{where} names {sorted(foreign)}")
    if answer.changed:
        faults.append(f"{where} has changed rows")
    if unlogged := _shown_references(world, answer) - answer.logged:
        faults.append(f"{where} shows {sorted(unlogged)} without a row in the access log")
    if _must_show(line, variant, method, key):
        faults += [f"{where} {fault}" for fault in _missing(world, line, key, answer)]
    return faults


def _expected(line: Line, variant: str, method: str, key: Key | None) -> set[int]:
    if variant == ANONYMOUS:
        return _expected_of_visitor(line)
    if not _takes(line, method):
        return NOT_TAKEN | ({200} if method == "OPTIONS" else set()) | _away(line)
    if method == "HEAD":
        return {405, *_expected(line, variant, "GET", key)}
    if key is None or key == (HOME, line.kind):
        return _expected_by_table(line, line.cells[variant], method)
    return _expected_by_wall(line, variant, key)


def _expected_by_table(line: Line, cell: Cell, method: str) -> set[int]:
    if cell is Cell.REFUSED:
        return {403}
    if cell is Cell.NOTHING:
        return {404}
    if cell is Cell.READS:
        return {"POST": {403}, "DELETE": {200, 403}}.get(method, {200, 302})
    return DONE | {405} if line.methods == {"ALL"} else DONE


def _expected_by_wall(line: Line, variant: str, key: Key) -> set[int]:
    """Records but the one that the table speaks of: those outside the wall do not exist."""
    seen = seen_by(variant, HOME)
    if key in seen:
        return DONE | REFUSED
    return {404} if seen and line.cells[variant] is not Cell.REFUSED else REFUSED


def _away(line: Line) -> set[int]:
    """The login page leads on whoever is logged in, by whatever method."""
    return {302} if Cell.OPEN in line.cells.values() else set()


def _expected_of_visitor(line: Line) -> set[int]:
    if Cell.OPEN in line.cells.values():
        return DONE | {405}
    return {302, 405}


def _takes(line: Line, method: str) -> bool:
    return line.methods == {"ALL"} or (
        "GET" in line.methods if method in READING else method in line.methods
    )


def _canaries_in(answer: Answer, world: World) -> set[str]:
    flat = answer.text.replace("-", "").replace("&#x27;", "'")
    return {text for text in world.all_said() if text in answer.text or text in flat}


def _may_meet(world: World, variant: str) -> set[str]:
    return set() if variant == ANONYMOUS else world.said_to(variant, HOME)


def _shown_references(world: World, answer: Answer) -> set[str]:
    """Of the records whose texts the answer shows."""
    shown = _canaries_in(answer, world)
    return {
        world.requests[key].reference
        for key, said in world.canaries.items()
        if shown & set(said.values())
    }


def _references_in(answer: Answer, world: World) -> set[str]:
    every = {request.reference for request in world.requests.values()}
    return {reference for reference in every if reference in answer.text}


def _own_references(world: World, variant: str, asked: Key | None) -> set[str]:
    """Of the own wall, and the one that was asked for: it stands in the address already."""
    seen = set() if variant == ANONYMOUS else seen_by(variant, HOME)
    return {world.requests[key].reference for key in seen | ({asked} if asked else set())}


def _must_show(line: Line, variant: str, method: str, key: Key | None) -> bool:
    if variant == ANONYMOUS or method != "GET":
        return False
    if line.cells[variant] not in (Cell.MAY, Cell.READS):
        return False
    return key is None or (key[1] == line.kind and key in seen_by(variant, HOME))


def _missing(world: World, line: Line, key: Key | None, answer: Answer) -> list[str]:
    said = world.canaries[key] if key else {}
    faults = [f"does not show {name}" for name in line.shows if said[name] not in answer.text]
    reference = {world.requests[key].reference} if key else set()
    if line.logged and answer.status == 200 and not reference <= answer.logged:
        faults.append("is not logged")
    return faults


@pytest.mark.parametrize("other", [("A2", "plain"), ("B1", "plain")])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_part_of_one_request_is_not_reached_by_way_of_another(
    world: World, asked: Asked, method: str, other: Key
) -> None:
    mine = world.requests["A1", "plain"].reference
    inquiry = world.rows[other]["providerinquiry"][0]
    answer = asked("placement_officer", method, f"/requests/{mine}/inquiries/{inquiry.pk}/")
    assert (answer.status, answer.changed) == (404, False)
