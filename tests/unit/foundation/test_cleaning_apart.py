"""A document is opened in a process of its own, which may take so much and no more."""

import pytest

from spink.foundation.files.apart import cleaned_apart
from spink.foundation.files.cleaning import Refusal, Refused, cleaned
from spink.foundation.files.kinds import Kind
from tests.support.documents import jpeg, odt


def test_document_is_cleaned_apart_as_it_is_here() -> None:
    assert cleaned_apart(jpeg(comment=b"Kanariefotograf"), Kind.JPEG) == cleaned(jpeg(), Kind.JPEG)
    with pytest.raises(Refused) as refused:
        cleaned_apart(odt(more={"a.xml": b"<draw:object-ole/>"}), Kind.ODT)
    assert refused.value.reason is Refusal.ACTIVE


def test_document_that_takes_too_long_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        cleaned_apart(jpeg(), Kind.JPEG, longest=0.001)
    assert refused.value.reason is Refusal.UNFOLDS
