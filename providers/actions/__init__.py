from providers.actions.import_register import (
    BadRegisterFile,
    Imported,
    check_register,
    import_register,
)

__all__ = ["BadRegisterFile", "Imported", "check_register", "import_register"]
