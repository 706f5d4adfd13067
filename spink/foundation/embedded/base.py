"""The Django database backend: ordinary PostgreSQL, whose first connection starts the server.

`DATABASES["default"]` takes two more keys: `FOLDER`, where the data lies, and `DURABLE`, false
where a crash of the machine may cost the data (tests).
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base
from django.db.utils import OperationalError

from spink.foundation.embedded.access import Access
from spink.foundation.embedded.cluster import EmbeddedServerError


@cache
def access_to(folder: Path, durable: bool) -> Access:
    return Access(folder, durable=durable)


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        access = access_to(Path(self.settings_dict["FOLDER"]), self.settings_dict["DURABLE"])
        try:
            sockets = access.sockets()
        except EmbeddedServerError as problem:
            raise OperationalError(str(problem)) from problem
        return {**super().get_connection_params(), "host": sockets}
