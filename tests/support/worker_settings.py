"""What the workers that a test starts run on: the test's own database, its broker, its mailbox."""

import os
from pathlib import Path

from spink.settings.test import *  # noqa: F403 - settings are built in layers
from spink.settings.test import DATABASES

DATABASES["default"]["NAME"] = os.environ["SPINK_TEST_DATABASE"]
DATABASES["default"]["FOLDER"] = Path(os.environ["SPINK_TEST_FOLDER"])
EMAIL_BACKEND = "tests.support.slow_mail.EmailBackend"
SECONDS_TO_SEND = float(os.environ["SPINK_TEST_SECONDS_TO_SEND"])
EMAIL_FILE_PATH = Path(os.environ["SPINK_TEST_MAILBOX"])
