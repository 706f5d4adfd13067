"""Every template can be read, whether a test shows it or not."""

import re
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


INCLUDED = re.compile(r'{% include "([^"]+)"([^%]*)%}')


def _texts() -> dict[str, str]:
    return {str(one.relative_to(TEMPLATES)): one.read_text() for one in TEMPLATES.rglob("*.html")}


def _with_forms(texts: dict[str, str]) -> set[str]:
    """Those that write a token themselves, or through a part."""
    found = {name for name, text in texts.items() if "{% csrf_token %}" in text}
    while more := {
        name
        for name, text in texts.items()
        if name not in found and any(part in found for part, _given in INCLUDED.findall(text))
    }:
        found |= more
    return found


def test_part_with_a_form_is_given_the_token_where_it_is_given_nothing_else() -> None:
    """`only` takes away the token as well, and without it whatever is sent is refused."""
    texts = _texts()
    forms = _with_forms(texts)
    assert [
        (name, part)
        for name, text in texts.items()
        for part, given in INCLUDED.findall(text)
        if part in forms and given.split()[-1:] == ["only"] and "csrf_token=" not in given
    ] == []
