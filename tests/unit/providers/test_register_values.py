"""Single values of a register file that mean harm, or are larger than any arithmetic takes."""

import pytest

from providers.domain.exchange import Known, read_register, values
from spink.foundation.bad_input import BadInput


@pytest.mark.parametrize("rate", [1e300, 1e30, 10**11, 0.001])
def test_rate_that_the_register_cannot_keep_is_refused(rate: float) -> None:
    with pytest.raises(BadInput) as refused:
        values.kronor({"rate": rate}, "rate")
    assert refused.value.field == "rate"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)//https://omsorg.example",
        "data:text/html,x",
        "//omsorg.example",
        "https://",
        "https://omsorg.example@evil.example",
        "https://omsorg.example/a b",
        " https://omsorg.example",
    ],
)
def test_website_that_is_no_address_of_the_web_is_refused(address: str) -> None:
    with pytest.raises(BadInput) as refused:
        values.website({"website": address}, "website")
    assert refused.value.field == "website"


@pytest.mark.parametrize("address", ["https://omsorg.example/hem?x=@", "http://omsorg.example", ""])
def test_website_is_read(address: str) -> None:
    assert values.website({"website": address}, "website") == address


@pytest.mark.parametrize("key", ["units", "providers"])
def test_script_for_a_website_is_a_fault_of_the_file(key: str) -> None:
    entry = {"id": "A", "name": "A", "website": "javascript:alert(1)"}
    _register, faults = read_register({key: [entry]}, Known(subtypes={}, needs=frozenset()))
    assert [fault.field for fault in faults if fault.field == "website"] == ["website"]
