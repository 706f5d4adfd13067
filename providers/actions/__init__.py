from providers.actions.import_register import (
    BadRegisterFile,
    Imported,
    check_register,
    import_register,
)
from providers.actions.places import confirm_places
from providers.actions.register_files import (
    LARGEST_FILE,
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

__all__ = [
    "LARGEST_FILE",
    "BadRegisterFile",
    "Imported",
    "NotWaiting",
    "RegisterChanged",
    "carry_out_import",
    "check_register",
    "confirm_places",
    "confirm_upload",
    "discard_upload",
    "end_stop",
    "forget_expired_uploads",
    "import_register",
    "review_upload_again",
    "set_stop",
    "upload_register_file",
]
