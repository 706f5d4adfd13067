"""The demonstration's settings, on a database of the benchmarks' own that is made anew."""

from pathlib import Path

from spink.settings.base import database, env
from spink.settings.demo import *  # noqa: F403 - settings are built in layers

BENCH_DIR = Path(env.str("BENCH_DIR"))
DURABLE = env.bool("BENCH_DURABLE", default=False)
"""Whether a row of the access log waits for the disk, which is the disk's figure and not ours."""

DATABASES = {"default": database(BENCH_DIR / "postgres", durable=DURABLE)}
if named := env.str("BENCH_DATABASE", default=""):
    DATABASES["default"]["NAME"] = named
EMAIL_FILE_PATH = BENCH_DIR / "mail"
