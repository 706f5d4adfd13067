"""A PostgreSQL of one's own, for trials and tests: a Django database backend that starts it.

`cluster` knows the data folder and the server in it, `keeper` is the process that looks after a
running server, `access` is what an application process holds, and `base` is the backend.
Only `base` imports Django; `cluster` and `keeper` need the standard library alone.
"""
