import pytest

from spink.foundation.events import PAYLOAD_KEYS, Event, EventName

OF_A_REQUEST: dict[str, str | int | None] = {
    "request_id": 7,
    "reference": "2025-00007",
    "by_user_id": 3,
}


@pytest.mark.parametrize("name", EventName)
def test_event_of_every_name_knows_its_keys_and_none_is_about_a_person(name: EventName) -> None:
    keys = PAYLOAD_KEYS[name]
    assert [key for key in keys if not (key == "reference" or key.endswith("_id"))] == []


def test_event_with_its_own_keys_is_made() -> None:
    assert Event(EventName.REQUEST_SUBMITTED, OF_A_REQUEST).payload == OF_A_REQUEST


@pytest.mark.parametrize("missing", sorted(OF_A_REQUEST))
def test_event_without_one_of_its_keys_is_refused(missing: str) -> None:
    payload = {key: value for key, value in OF_A_REQUEST.items() if key != missing}

    with pytest.raises(ValueError, match="request_submitted carries"):
        Event(EventName.REQUEST_SUBMITTED, payload)


def test_event_with_a_name_in_it_is_refused() -> None:
    with pytest.raises(ValueError, match="carries"):
        Event(EventName.REQUEST_SUBMITTED, OF_A_REQUEST | {"name": "Åsa Öberg"})
