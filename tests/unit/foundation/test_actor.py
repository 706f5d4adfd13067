import pytest

from spink.foundation.actor import Actor, ActorKind


def test_actor_of_the_system_is_named_after_its_job() -> None:
    assert Actor.system("sweep").as_dict() == {"kind": "system", "id": "sweep", "label": "sweep"}


WITH_ACCOUNT = frozenset({ActorKind.PERSON, ActorKind.API_CLIENT})


@pytest.mark.parametrize("kind", sorted(WITH_ACCOUNT))
def test_actor_with_an_account_has_a_user_id(kind: ActorKind) -> None:
    assert Actor(kind, "7", "Kim").user_id == 7


@pytest.mark.parametrize("kind", sorted(set(ActorKind) - WITH_ACCOUNT))
def test_actor_of_another_kind_has_no_user_id(kind: ActorKind) -> None:
    with pytest.raises(ValueError, match="is no user"):
        assert Actor(kind, "7", "Kim").user_id
