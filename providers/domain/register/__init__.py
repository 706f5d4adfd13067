from providers.domain.register.register import Register
from providers.domain.register.unit_document import UnitRow, read_unit

__all__ = ["Register", "UnitRow", "read_unit"]
