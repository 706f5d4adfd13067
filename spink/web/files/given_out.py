"""A document given out to be saved, and never to be shown as a page of ours."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from spink.foundation.files import vault
from spink.foundation.files.kinds import Kind
from spink.foundation.models import HandedInFile

SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"


def given_out(file: HandedInFile) -> HttpResponse:
    """Whoever asks may have it, and it has been found clean: the caller has seen to both."""
    try:
        content = vault.read(file.stored_as)
    except vault.Missing:
        raise Http404 from None
    answer = HttpResponse(content, content_type=Kind.by_ending(file.ending).content_type)
    answer["Content-Disposition"] = content_disposition_header(True, file.name) or ""
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
