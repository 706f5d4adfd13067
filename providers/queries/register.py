"""The register as columns: kept by each process, and brought up to the diary before every use."""

from collections import OrderedDict
from datetime import date, datetime
from functools import lru_cache
from threading import Lock

from providers.domain.register import Register
from providers.models import RegisterEdition
from providers.queries import loading
from providers.queries.loading import START, Change, Loaded, Position, Touched
from spink.foundation import clock

PLACE = "register"
KEPT_REGISTERS = 3
"""The newest, and those that another transaction may still see."""

_kept: OrderedDict[Change, Register] = OrderedDict()
_lock = Lock()


def current_number() -> int:
    """The number of the last change that this transaction sees; 0 for an untouched register."""
    return loading.position().number


def current_register() -> Register:
    """The register now, today. One tiny query where nothing changed since the last call."""
    change, today = loading.position().change, clock.today()
    with _lock:
        register = _kept.get(change)
        if register is None or register.instant != today:
            change, register = _brought_up(today)
            _keep(change, register)
    return register


def register_at_number(number: int, *, instant: date) -> Register:
    """The register at a number of the diary, as a match on the instant (a day) sees it.

    Raises ValueError for a number that the diary does not have.
    """
    if not 0 <= number <= current_number():
        raise ValueError(f"the diary has no number {number}")
    return _from_diary(loading.position_at(number), instant)


def register_as_of(at: datetime) -> Register:
    """The register at the last number that was committed by then (an aware time)."""
    return register_at_number(number_as_of(at), instant=at.astimezone(clock.STOCKHOLM).date())


def number_as_of(at: datetime) -> int:
    """The last number committed by then; 0 before the first."""
    if at.tzinfo is None:
        raise ValueError("the diary is asked for aware times only")
    last = RegisterEdition.objects.filter(at__lte=at).order_by("-number").first()
    return last.number if last else 0


@lru_cache(maxsize=4)
def _from_diary(position: Position, instant: date) -> Register:
    """The position's change keeps apart what a transaction that was rolled back had called so."""
    return _built(loading.load_at(position.number, instant), instant)


def _built(loaded: Loaded, instant: date) -> Register:
    return Register.from_document(
        loaded.as_document(instant), place=PLACE, number=loaded.position.number
    )


def _brought_up(today: date) -> tuple[Change, Register]:
    """From the newest kept register that this transaction's diary knows, or else from nothing."""
    while True:
        touched = loading.touched_since(_kept)
        if touched is None:
            loaded = loading.load(today)
            return loaded.position.change, _built(loaded, today)
        loaded = loading.load(today, touched.ids)
        if loaded.position.change == touched.last:  # else more was changed in between
            return touched.last, _patched(_kept[touched.base], touched, loaded, today)


def _patched(register: Register, touched: Touched, loaded: Loaded, today: date) -> Register:
    return _with_head(register, loaded, today).with_units(
        loaded.units.values(),
        touched.codes - loaded.units.keys(),
        number=loaded.position.number,
    )


def _with_head(register: Register, loaded: Loaded, today: date) -> Register:
    forms = {code: frozenset(forms) for code, forms in loaded.provision_forms.items()}
    if forms != register.provision_forms:
        register = register.with_provision_forms(forms)
    return register.at(today).with_horizon(loaded.places_horizon_days)


def _keep(change: Change, register: Register) -> None:
    if change == START:
        return
    _kept[change] = register
    _kept.move_to_end(change)
    while len(_kept) > KEPT_REGISTERS:
        _kept.popitem(last=False)
