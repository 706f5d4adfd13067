"""ETag and If-Match: whoever changes something says which version of it was read."""

from django.utils.translation import gettext as _

from spink.web.api.problems import ApiProblem, Problem


def etag(version: int) -> str:
    return f'"{version}"'


def expected_version(if_match: str | None) -> int:
    """The version that the call was made for. Raises ApiProblem: 428 with no header, 412 for what
    no version of ours ever looked like (any version, `*`, is no version)."""
    if if_match is None:
        raise ApiProblem(Problem.IF_MATCH_MISSING)
    text = if_match.strip()
    number = text[1:-1]
    is_quoted = len(text) > 2 and text[0] == text[-1] == '"'
    if not (is_quoted and number.isascii() and number.isdigit() and len(number) < 10):
        raise ApiProblem(Problem.CHANGED_MEANWHILE, _("Give the ETag as it was answered."))
    return int(number)
