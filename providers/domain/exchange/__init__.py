from providers.domain.exchange.entries import Known, RegisterFile
from providers.domain.exchange.reading import read_register

__all__ = ["Known", "RegisterFile", "read_register"]
