"""The demonstration's settings, on a database of the benchmarks' own that is made anew."""

from pathlib import Path

from spink.settings.base import OAUTH2_PROVIDER, database, env
from spink.settings.demo import *  # noqa: F403 - settings are built in layers

BENCH_DIR = Path(env.str("BENCH_DIR"))
DURABLE = env.bool("BENCH_DURABLE", default=False)
"""Whether a row of the access log waits for the disk, which is the disk's figure and not ours."""

DATABASES = {"default": database(BENCH_DIR / "postgres", durable=DURABLE)}
if named := env.str("BENCH_DATABASE", default=""):
    DATABASES["default"]["NAME"] = named
EMAIL_FILE_PATH = BENCH_DIR / "mail"
ROOT_URLCONF = "bench.urls"
API_CALLS_PER_MINUTE = 1_000_000
"""They are counted, but nobody is sent away."""
OAUTH2_PROVIDER = OAUTH2_PROVIDER | {"ACCESS_TOKEN_EXPIRE_SECONDS": 7200}
"""A whole run, however busy the machine."""
