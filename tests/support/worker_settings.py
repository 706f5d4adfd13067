"""What the workers that a test starts run on: the test's own database, its broker, its mailbox."""

import os
from pathlib import Path

from spink.settings.test import *  # noqa: F403 - settings are built in layers
from spink.settings.test import DATABASES

DATABASES["default"]["NAME"] = os.environ["SPINK_TEST_DATABASE"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = Path(os.environ["SPINK_TEST_MAILBOX"])
