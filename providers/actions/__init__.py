from providers.actions.import_register import (
    BadRegisterFile,
    Imported,
    check_register,
    import_register,
)
from providers.actions.places import confirm_places
from providers.actions.stops import end_stop, set_stop

__all__ = [
    "BadRegisterFile",
    "Imported",
    "check_register",
    "confirm_places",
    "end_stop",
    "import_register",
    "set_stop",
]
