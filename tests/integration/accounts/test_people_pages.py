"""People as administrators keep them: found, made, changed, given roles, let in and shut out."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from spink.accounts import queries
from spink.accounts.actions import start_duty_shift
from spink.accounts.domain.roles import Role
from spink.accounts.models import RoleAssignment, User
from spink.foundation import clock, outbox
from spink.foundation.models import AuditEntry, OutboxEvent
from tests.factories.accounts import UnitFactory, UserFactory, holding, place_of

pytestmark = pytest.mark.django_db

PASSWORD = "en mycket hemlig mening"


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def administrator() -> User:
    return holding(Role.ADMINISTRATOR, first_name="Folke", last_name="Öhrvik")


@pytest.fixture
def keeper(administrator: User) -> Client:
    return client_of(administrator)


def url(name: str, user: User, *more: Any) -> str:
    return reverse(name, args=[user.pk, *more])


def names_found(keeper: Client, **asked: str) -> list[str]:
    return [row.person.username for row in keeper.get(reverse("people"), asked).context["rows"]]


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_people_are_found_by_name_role_department_and_state(keeper: Client) -> None:
    unit = UnitFactory()
    holding(
        Role.SOCIAL_WORKER,
        unit=unit,
        username="asa",
        first_name="Åsa",
        last_name="Sjö",
        password="argon2$x",
    )
    holding(Role.UNIT_MANAGER, unit=UnitFactory(), username="bo", last_name="Ek", is_active=False)
    UserFactory(username="cia", last_name="Al", password="argon2$x")
    assert names_found(keeper, q="sjo asa") == ["asa"]
    assert names_found(keeper, role="social_worker") == ["asa"]
    assert names_found(keeper, department=str(unit.department_id)) == ["asa"]
    assert names_found(keeper, state="inactive") == ["bo"]
    assert names_found(keeper, state="no_role") == ["cia"]


def test_list_takes_as_many_queries_for_many_people_as_for_few(keeper: Client) -> None:
    def queries_asked() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert keeper.get(reverse("people")).status_code == 200
        return len(asked)

    holding(Role.SOCIAL_WORKER, unit=UnitFactory())
    keeper.get(reverse("people"))
    before = queries_asked()
    for _ in range(12):
        holding(Role.SOCIAL_WORKER, unit=UnitFactory())
    assert queries_asked() == before


def test_new_person_gets_a_link_by_mail_and_never_a_password(keeper: Client) -> None:
    sent = {"username": "asa", "first_name": "Åsa", "last_name": "Sjö", "email": "asa@example.se"}
    answer = keeper.post(reverse("new-person"), sent)
    made = User.objects.get(username="asa")
    assert (answer.status_code, answer.url) == (302, url("person", made))
    assert not made.has_usable_password()
    assert keeper.post(url("password-link", made)).status_code == 302
    event = OutboxEvent.objects.get()
    assert event.payload == {"user_id": made.pk}
    assert outbox.handle(event.id)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["asa@example.se"], "Välj ditt lösenord i Spink")
    path = re.search(r"https?://[^/]+(/password/\S+)", letter.body)
    assert path
    visitor = Client()
    form = visitor.get(path[1], follow=True)
    assert path[1].split("/")[3] not in form.redirect_chain[0][0]
    chosen = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert visitor.post(form.redirect_chain[0][0], chosen).url == reverse("login")
    made.refresh_from_db()
    assert made.check_password(PASSWORD)
    assert actions() == ["user_created", "password_link_sent", "password_set_by_link"]
    assert "Länken är redan använd" in Client().get(path[1]).content.decode()


def test_link_is_shown_once_to_the_administrator_where_there_is_no_address(keeper: Client) -> None:
    person = UserFactory(email="")
    page = keeper.post(url("password-link", person))
    assert "/password/" in page.context["link"]
    assert page.context["link"] in page.content.decode()
    assert "/password/M" not in keeper.get(url("person", person)).content.decode()
    assert actions() == ["password_link_shown"]
    assert not OutboxEvent.objects.exists()


def test_link_is_worth_nothing_once_the_account_has_been_shut_out(keeper: Client) -> None:
    person = UserFactory(email="")
    link = keeper.post(url("password-link", person)).context["link"]
    keeper.post(url("switch-person", person), {"to": "inactive"})
    keeper.post(url("switch-person", person), {"to": "active"})
    page = Client().get("/" + link.split("/", 3)[3])
    assert page.context["validlink"] is False


def test_change_of_a_person_is_on_record_and_not_saved_over(keeper: Client) -> None:
    person = UserFactory(username="asa", first_name="Åsa", last_name="Sjö", email="a@example.se")
    page = url("change-person", person)
    sent = {"username": "asa", "first_name": "Åsa", "last_name": "Ek", "email": "a@example.se"}
    sent["seen"] = keeper.get(page).context["form"].initial["seen"]
    assert keeper.post(page, sent).status_code == 302
    entry = AuditEntry.objects.get()
    assert entry.details == {"name": "Åsa Ek", "changed": {"last_name": ["Sjö", "Ek"]}}
    again = keeper.post(page, sent | {"last_name": "Alm"})
    assert again.status_code == 409
    assert again.context["form"]["last_name"].value() == "Alm"
    assert [value for _, value in again.context["meanwhile"]] == ["Ek"]


def test_login_meanwhile_does_not_outdate_the_form(keeper: Client) -> None:
    person = UserFactory(username="asa", first_name="Åsa", last_name="Sjö")
    page = url("change-person", person)
    sent = {"username": "asa", "first_name": "Åsa", "last_name": "Ek", "email": ""}
    sent["seen"] = keeper.get(page).context["form"].initial["seen"]
    User.objects.filter(pk=person.pk).update(last_login=clock.now())
    assert keeper.post(page, sent).status_code == 302


def give(keeper: Client, person: User, role: Role, **sent: str) -> Any:
    address = f"{url('new-role', person)}?role={role}"
    return keeper.post(address, {"valid_from": clock.today().isoformat(), **sent})


def test_role_is_asked_for_its_own_kind_of_place_and_no_other(keeper: Client) -> None:
    person = UserFactory()
    for role in Role:
        place_of(role)
        form = keeper.get(url("new-role", person), {"role": role}).context["form"]
        kinds = {"unit": "Enhet", "department": "Förvaltning", "team": "Team"}
        label = form.fields["place"].label if "place" in form.fields else "whole"
        assert label == kinds.get(form.scope.value, "whole")


def test_given_role_holds_from_its_day_and_is_on_record(keeper: Client) -> None:
    person, unit = UserFactory(), UnitFactory(name="Vuxen 1")
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    answer = give(keeper, person, Role.SOCIAL_WORKER, place=str(unit.pk), valid_from=tomorrow)
    assert answer.status_code == 302
    assert queries.reach_of_user(person).unit_ids == frozenset()
    RoleAssignment.objects.filter(user=person).update(valid_from=clock.today())
    assert queries.reach_of_user(person).unit_ids == {unit.pk}
    assert AuditEntry.objects.get().details["changed"] == {
        "role": ["social_worker", "social_worker"],
        "place": ["Vuxen 1", "Vuxen 1"],
        "valid_from": [None, tomorrow],
    }


def test_other_administrators_are_told_of_a_role_that_reads_requests(keeper: Client) -> None:
    holding(Role.ADMINISTRATOR, email="annan@example.se")
    unit = UnitFactory(name="Vuxen 1")
    person = UserFactory(first_name="Åsa", last_name="Sjö")
    give(keeper, person, Role.SOCIAL_WORKER, place=str(unit.pk))
    give(keeper, UserFactory(), Role.CONTROLLER)
    [event] = OutboxEvent.objects.all()
    assert outbox.handle(event.id)
    [letter] = mail.outbox
    assert letter.bcc == ["annan@example.se"]
    assert not {"Åsa", "Sjö", "Vuxen"} & set(re.findall(r"\w+", letter.body))


def letters() -> list[tuple[list[str], str]]:
    for event in OutboxEvent.objects.order_by("created_at"):
        assert outbox.handle(event.id)
    return sorted((letter.bcc or letter.to, letter.subject) for letter in mail.outbox)


def test_changed_address_is_told_of_at_the_former_one_and_to_other_administrators(
    keeper: Client,
) -> None:
    holding(Role.ADMINISTRATOR, email="annan@example.se")
    person = UserFactory(first_name="Åsa", last_name="Sjö", email="asa@example.se")
    page = url("change-person", person)
    seen = keeper.get(page).context["form"]["seen"].value()
    sent = {"username": person.username, "first_name": "Åsa", "last_name": "Sjö", "seen": seen}
    assert keeper.post(page, sent | {"email": "tagen@example.se"}).status_code == 302
    assert "example" not in str(OutboxEvent.objects.get().payload)
    assert letters() == [
        (["annan@example.se"], "En e-postadress har ändrats i Spink"),
        (["asa@example.se"], "Din e-postadress i Spink har ändrats"),
    ]
    assert not any("tagen" in letter.body or "Åsa" in letter.body for letter in mail.outbox)


@pytest.mark.parametrize("email", ["", "asa@example.se"])
def test_link_for_somebody_who_reads_requests_is_told_to_other_administrators(
    keeper: Client, email: str
) -> None:
    holding(Role.ADMINISTRATOR, email="annan@example.se")
    for role in (Role.SOCIAL_WORKER, Role.CONTROLLER):
        person = holding(role, **place_of(role), email=email)
        keeper.post(url("password-link", person))
    told = (["annan@example.se"], "En länk för lösenord har gjorts i Spink")
    own = [(["asa@example.se"], "Välj ditt lösenord i Spink")] * 2 if email else []
    assert letters() == [told, *own]


@pytest.mark.parametrize(
    "pair",
    [
        (Role.ADMINISTRATOR, Role.SOCIAL_WORKER),
        (Role.SOCIAL_WORKER, Role.ADMINISTRATOR),
        (Role.LAWYER, Role.ADMINISTRATOR),
        (Role.PLACEMENT_OFFICER, Role.UNIT_MANAGER),
        (Role.SOCIAL_WORKER, Role.PLACEMENT_OFFICER),
        (Role.QUALITY_CONTROLLER, Role.PLACEMENT_OFFICER),
    ],
)
def test_roles_that_do_not_go_together_are_refused(keeper: Client, pair: tuple[Role, Role]) -> None:
    held, wanted = pair
    person = holding(held, **place_of(held))
    place = next(iter(place_of(wanted).values()), None)
    sent = {"place": str(place.pk)} if place else {}
    assert give(keeper, person, wanted, **sent).status_code == 422
    assert RoleAssignment.objects.filter(user=person).count() == 1


def test_roles_after_each_other_go_together(keeper: Client) -> None:
    person = holding(Role.ADMINISTRATOR)
    yesterday = clock.today() - timedelta(days=1)
    RoleAssignment.objects.filter(user=person).update(valid_to=yesterday)
    unit = UnitFactory()
    assert give(keeper, person, Role.SOCIAL_WORKER, place=str(unit.pk)).status_code == 302


def test_same_role_in_the_same_place_twice_is_refused(keeper: Client) -> None:
    unit = UnitFactory()
    person = holding(Role.SOCIAL_WORKER, unit=unit)
    assert give(keeper, person, Role.SOCIAL_WORKER, place=str(unit.pk)).status_code == 422


def test_nobody_changes_the_own_roles_or_shuts_out_himself(
    keeper: Client, administrator: User
) -> None:
    unit = UnitFactory()
    holding(Role.ADMINISTRATOR)
    [own] = administrator.role_assignments.all()
    assert give(keeper, administrator, Role.SOCIAL_WORKER, place=str(unit.pk)).status_code == 403
    ended = keeper.post(url("end-role", administrator, own.pk), {"when": "now", "seen": "x"})
    assert ended.status_code == 403
    assert keeper.get(url("switch-person", administrator)).status_code == 403
    shut = keeper.post(url("switch-person", administrator), {"to": "inactive"})
    assert shut.status_code == 403
    assert administrator.role_assignments.get().valid_to is None
    assert actions() == []


def end(keeper: Client, person: User, **sent: str) -> Any:
    [held] = person.role_assignments.all()
    page = url("end-role", person, held.pk)
    seen = keeper.get(page).context["form"].initial["seen"]
    return keeper.post(page, {"when": "now", "seen": seen, **sent})


def test_role_ends_at_once_or_by_a_day_ahead(keeper: Client) -> None:
    unit = UnitFactory()
    now, later = (holding(Role.SOCIAL_WORKER, unit=unit) for _ in range(2))
    in_a_month = clock.today() + timedelta(days=30)
    assert end(keeper, now).status_code == 302
    assert queries.reach_of_user(now).unit_ids == frozenset()
    answer = end(keeper, later, when="later", last_day=in_a_month.isoformat())
    assert answer.status_code == 302
    assert later.role_assignments.get().valid_to == in_a_month
    assert AuditEntry.objects.latest("id").details["changed"]["valid_to"] == [
        None,
        in_a_month.isoformat(),
    ]


def test_role_that_somebody_else_has_ended_is_shown_anew(keeper: Client) -> None:
    person = holding(Role.SOCIAL_WORKER, unit=UnitFactory())
    held = person.role_assignments.get()
    page = url("end-role", person, held.pk)
    seen = keeper.get(page).context["form"].initial["seen"]
    person.role_assignments.update(valid_to=clock.today())
    answer = keeper.post(page, {"when": "later", "last_day": "2999-01-01", "seen": seen})
    assert answer.status_code == 409
    assert answer.context["form"]["last_day"].value() == "2999-01-01"
    assert person.role_assignments.get().valid_to == clock.today()
    new = answer.context["form"]["seen"].value()
    sent = {"when": "later", "last_day": "2999-01-01", "seen": new}
    assert keeper.post(page, sent).status_code == 302


def test_last_administrator_is_neither_ended_nor_shut_out(administrator: User) -> None:
    """The other one's role has an end: on that day nobody would be left."""
    ending = holding(Role.ADMINISTRATOR)
    ending.role_assignments.update(valid_to=clock.today())
    keeper = client_of(ending)
    assert end(keeper, administrator).status_code == 422
    shut = keeper.post(url("switch-person", administrator), {"to": "inactive"}, follow=True)
    assert "Ingen annan är administratör" in shut.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.role_assignments.get().valid_to is None


def test_shut_out_person_is_logged_out_at_once_and_for_good(keeper: Client) -> None:
    person = holding(Role.OUT_OF_HOURS_WORKER, unit=UnitFactory())
    person.set_password(PASSWORD)
    person.save()
    theirs = client_of(person)
    start_duty_shift(person, reason="Natt", by=person.actor)
    assert theirs.get(reverse("password")).status_code == 200
    assert keeper.post(url("switch-person", person), {"to": "inactive"}).status_code == 302
    assert theirs.get(reverse("password")).status_code == 302
    assert keeper.post(url("switch-person", person), {"to": "active"}).status_code == 302
    assert theirs.get(reverse("password")).status_code == 302
    login = {"username": person.username, "password": PASSWORD}
    assert Client().post(reverse("login"), login).status_code == 200
    assert not queries.reach_of_user(User.objects.get(pk=person.pk)).is_on_duty
    assert actions()[-2:] == ["user_deactivated", "user_activated"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_pages_of_people_are_for_administrators_alone(role: Role) -> None:
    client = client_of(holding(role, **place_of(role)))
    person = UserFactory()
    assert client.get(reverse("people")).status_code == 403
    assert client.get(url("person", person)).status_code == 403
    assert client.get(reverse("trail")).status_code == 403


def test_trail_is_found_by_who_what_and_day(keeper: Client) -> None:
    person, unit = UserFactory(), UnitFactory()
    give(keeper, person, Role.SOCIAL_WORKER, place=str(unit.pk))
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()

    def told(**asked: str) -> list[str]:
        entries = keeper.get(reverse("trail"), asked).context["entries"]
        return [f"{entry.who}: {entry.step}" for entry in entries]

    assert told() == told(who="öhrvik") == told(subject="user") == ["Folke Öhrvik: Fick roll"]
    assert told(until=clock.today().isoformat()) == told()
    assert told(since=tomorrow) == told(subject="unit") == told(who="Karin") == []


def test_trail_holds_nothing_of_requests(keeper: Client) -> None:
    from spink.foundation import audit
    from spink.foundation.actor import Actor

    audit.record(
        action="submit",
        by=Actor.system("x"),
        subject="user",
        subject_id="1",
        reference="2026-00001",
    )
    audit.record(action="submit", by=Actor.system("x"), subject="request", subject_id="1")
    assert keeper.get(reverse("trail")).context["entries"] == []
