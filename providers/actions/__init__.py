from providers.actions.import_register import (
    BadRegisterFile,
    Imported,
    import_register,
    try_import,
)
from providers.actions.keeping import (
    REMOVED,
    Outdated,
    agree,
    cancel_planned,
    carry_out_planned,
    change_part,
    end_provider,
    plan_change,
    remove_part,
)
from providers.actions.places import confirm_as_they_stand, confirm_places
from providers.actions.register_files import (
    IMPORTED,
    NotWaiting,
    RegisterChanged,
    carry_out_import,
    confirm_upload,
    discard_upload,
    forget_expired_uploads,
    review_upload_again,
    upload_register_file,
)
from providers.actions.stops import end_stop, set_stop
from providers.actions.undoing import CannotUndo, undo_edition

__all__ = [
    "IMPORTED",
    "REMOVED",
    "BadRegisterFile",
    "CannotUndo",
    "Imported",
    "NotWaiting",
    "Outdated",
    "RegisterChanged",
    "agree",
    "cancel_planned",
    "carry_out_import",
    "carry_out_planned",
    "change_part",
    "confirm_as_they_stand",
    "confirm_places",
    "confirm_upload",
    "discard_upload",
    "end_provider",
    "end_stop",
    "forget_expired_uploads",
    "import_register",
    "plan_change",
    "remove_part",
    "review_upload_again",
    "set_stop",
    "try_import",
    "undo_edition",
    "upload_register_file",
]
