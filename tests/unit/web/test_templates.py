"""Every template can be read, whether a test shows it or not."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.mark.parametrize(
    "name", sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*"))
)
def test_template_has_no_fault_of_syntax(name: str) -> None:
    assert get_template(name).template.name == name
