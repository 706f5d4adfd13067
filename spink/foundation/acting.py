"""Tell the database who acts, for as long as the transaction lasts: its triggers write it down."""

import json

from django.db import connection

from spink.foundation.actor import Actor


def set_actor(by: Actor) -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("the actor is named within a transaction")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('spink.actor', %s, true)",
            [json.dumps(by.as_dict(), ensure_ascii=False)],
        )
