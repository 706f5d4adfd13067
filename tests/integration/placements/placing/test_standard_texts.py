"""Standard texts: kept by administrators from a day on, put in with one choice by officers."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from placements.models import InformationRequest, StandardText, StandardTextVersion
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation import clock
from tests.factories import accounts as people
from tests.factories import placements as rows
from tests.integration.placements.conftest import FRAMEWORK, Filed, World
from tests.integration.placements.placing.conftest import logged_in, page_of, text_of, version_in

pytestmark = pytest.mark.usefixtures("units")

LIST = "/administration/standard-texts/"
NEW = f"{LIST}new/"
QUERIES_OF_LIST = 8
BODY = "Hej {socialsekreterare}! Vi behöver veta mer om {referens}. {handläggare}"


@pytest.fixture
def administrator(world: World) -> Client:
    return logged_in(people.holding(Role.ADMINISTRATOR))


def given(**fields: object) -> dict[str, object]:
    return {
        "name": "Komplettering",
        "purpose_of": "ask_information",
        "service_type": "",
        "body": BODY,
        "valid_from": clock.today().isoformat(),
    } | fields


class TestKeeping:
    def test_text_is_kept_and_listed(self, administrator: Client) -> None:
        page = text_of(administrator.post(NEW, given(), follow=True))
        assert ("Komplettering" in page, StandardTextVersion.objects.get().body) == (True, BODY)

    @pytest.mark.parametrize(
        ("body", "said"),
        [
            ("Om {namn}", "{namn} går inte att fylla i här."),
            ("Se {verksamheter}", "{verksamheter} går inte att fylla i här."),
            ("", "Skriv texten"),
        ],
    )
    def test_unknown_placeholder_is_an_error_at_the_field(
        self, administrator: Client, body: str, said: str
    ) -> None:
        answer = administrator.post(NEW, given(body=body))
        page = text_of(answer)
        assert (answer.status_code, 'id="id_body_error"' in page, said in page) == (422, True, True)
        assert StandardText.objects.count() == 0

    @pytest.mark.parametrize("placeholder", ["{referens}", "{socialsekreterare}", "{namn}"])
    def test_text_to_providers_may_not_lead_to_the_person(
        self, administrator: Client, placeholder: str
    ) -> None:
        asked = given(purpose_of="ask_provider", body=f"Har ni plats för {placeholder}?")
        page = text_of(administrator.post(NEW, asked))
        assert f"{placeholder} går inte att fylla i här." in page
        assert StandardText.objects.count() == 0

    def test_second_of_two_who_reword_at_once_reads_the_first_and_keeps_what_was_typed(
        self, administrator: Client
    ) -> None:
        administrator.post(NEW, given(body="Först"))
        url = f"{LIST}{StandardText.objects.get().pk}/"
        shown = version_in(text_of(administrator.get(url)))
        sent = {"valid_from": clock.today().isoformat(), "version": shown}
        administrator.post(url, sent | {"body": "Den enas"})
        answer = administrator.post(url, sent | {"body": "Den andras"})
        page = text_of(answer)
        assert (answer.status_code, "Den enas</blockquote>" in page) == (409, True)
        assert "Den andras</textarea>" in page
        again = sent | {"body": "Den andras", "version": version_in(page)}
        assert administrator.post(url, again).status_code == 302
        kept = StandardTextVersion.objects.order_by("pk")
        assert [one.body for one in kept] == ["Först", "Den enas", "Den andras"]

    def test_name_is_used_once_for_a_purpose_and_service(self, administrator: Client) -> None:
        administrator.post(NEW, given())
        page = text_of(administrator.post(NEW, given()))
        assert "Det finns redan en text med det namnet" in page

    def test_past_day_is_refused(self, administrator: Client) -> None:
        yesterday = clock.today() - timedelta(days=1)
        assert administrator.post(NEW, given(valid_from=yesterday)).status_code == 422

    def test_other_words_hold_from_their_day_and_the_old_ones_stay(
        self, world: World, administrator: Client, officer: Client, taken: Filed
    ) -> None:
        administrator.post(NEW, given(body="I dag"))
        text = StandardText.objects.get()
        later = clock.today() + timedelta(days=1)
        shown = version_in(text_of(administrator.get(f"{LIST}{text.pk}/")))
        sent = {"body": "I morgon", "valid_from": later, "version": shown}
        administrator.post(f"{LIST}{text.pk}/", sent)
        url = page_of(taken(), "ask-information")
        sent = {"version": 1, "standard_text": text.pk, "insert": "1"}
        today = text_of(officer.post(url, sent))
        with clock.frozen(clock.now() + timedelta(days=1)):
            tomorrow = text_of(officer.post(url, sent))
        assert ("I dag</textarea>" in today, "I morgon</textarea>" in tomorrow) == (True, True)
        assert "I dag" in text_of(administrator.get(f"{LIST}{text.pk}/"))

    def test_ended_text_is_offered_no_more(
        self, administrator: Client, officer: Client, taken: Filed
    ) -> None:
        administrator.post(NEW, given())
        url = f"{LIST}{StandardText.objects.get().pk}/"
        shown = version_in(text_of(administrator.get(url)))
        assert administrator.post(f"{url}end/", {"version": shown}).status_code == 302
        page = text_of(officer.get(page_of(taken(), "ask-information")))
        assert ("Komplettering</option>" in page, 'name="insert"' in page) == (False, False)

    @pytest.mark.parametrize("seen", ["", "shown"])
    def test_text_that_was_reworded_meanwhile_is_not_ended_unread(
        self, administrator: Client, seen: str
    ) -> None:
        administrator.post(NEW, given(body="Först"))
        text = StandardText.objects.get()
        url = f"{LIST}{text.pk}/"
        shown = version_in(text_of(administrator.get(url)))
        today = clock.today().isoformat()
        administrator.post(url, {"body": "Sedan", "valid_from": today, "version": shown})
        answer = administrator.post(f"{url}end/", {"version": shown if seen else ""})
        page = text_of(answer)
        assert (answer.status_code, "Sedan</blockquote>" in page) == (409, True)
        text.refresh_from_db()
        assert text.ended_on is None
        again = administrator.post(f"{url}end/", {"version": version_in(page)})
        text.refresh_from_db()
        assert (again.status_code, text.ended_on) == (302, clock.today())

    def test_list_is_read_page_by_page_in_so_many_queries(
        self, administrator: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for count in (2, 60):
            rows.StandardTextVersionFactory.create_batch(count)
            with django_assert_num_queries(QUERIES_OF_LIST):
                page = text_of(administrator.get(LIST))
        assert page.count('data-label="Används när"') == 50
        assert "?page=2" in page


def put_in(client: Client, url: str, **typed: object) -> str:
    return text_of(client.post(url, {"version": 1, "insert": "1", **typed}))


class TestUsing:
    def test_text_comes_filled_in_after_what_was_typed_and_nothing_is_sent(
        self, world: World, officer: Client, taken: Filed
    ) -> None:
        text = rows.StandardTextVersionFactory(body=BODY).text
        request = taken()
        url = page_of(request, "ask-information")
        page = put_in(officer, url, standard_text=text.pk, question="En sak till.")
        expected = (
            f"En sak till.\n\nHej {world.social_worker}! "
            f"Vi behöver veta mer om {request.reference}. {world.officer}</textarea>"
        )
        assert expected in page
        with world.behind_wall_of(world.officer):
            assert InformationRequest.objects.count() == 0

    def test_what_was_sent_keeps_its_words_when_the_text_changes(
        self, world: World, officer: Client, taken: Filed
    ) -> None:
        version = rows.StandardTextVersionFactory(body="Behövs rullstol?")
        url = page_of(taken(), "ask-information")
        page = put_in(officer, url, standard_text=version.text_id)
        officer.post(
            url, {"version": version_in(text_of(officer.get(url))), "question": "Behövs rullstol?"}
        )
        rows.StandardTextVersionFactory(text=version.text, body="Annat")
        with world.behind_wall_of(world.officer):
            assert InformationRequest.objects.get().question == "Behövs rullstol?"
        assert "Behövs rullstol?" in page

    def test_message_names_the_chosen_units_and_is_shown_as_it_will_be_read(
        self, world: World, officer: Client, taken: Filed
    ) -> None:
        text = rows.StandardTextVersionFactory(
            text=rows.StandardTextFactory(purpose="recommendation"), body="Ring {verksamheter}."
        ).text
        url = page_of(taken(), "recommend")
        page = put_in(officer, url, standard_text=text.pk, unit=FRAMEWORK)
        assert page.count("Ring Ekhagen.") == 2

    def test_note_at_a_handover(self, world: World, officer: Client, taken: Filed) -> None:
        text = rows.StandardTextVersionFactory(
            text=rows.StandardTextFactory(purpose="hand_over"), body="Start {startdag}"
        ).text
        page = put_in(officer, page_of(taken(), "hand-over"), standard_text=text.pk)
        assert "Start 10 mars 2025</textarea>" in page

    def test_question_to_providers_comes_as_a_text_to_copy_and_nobody_is_asked(
        self, world: World, officer: Client, taken: Filed
    ) -> None:
        text = rows.StandardTextVersionFactory(
            text=rows.StandardTextFactory(purpose="ask_provider"),
            body="Har ni plats den {startdag}? {handläggare}",
        ).text
        request = taken()
        url = page_of(request, "inquiries")
        page = put_in(officer, url, standard_text=text.pk, unit=FRAMEWORK)
        assert f"Har ni plats den 10 mars 2025? {world.officer}</textarea>" in page
        with world.behind_wall_of(world.officer):
            assert request.inquiries.count() == 0

    def test_message_of_an_officer_is_filled_in_and_not_yet_written(
        self, world: World, officer: Client, taken: Filed
    ) -> None:
        text = rows.StandardTextVersionFactory(
            text=rows.StandardTextFactory(purpose="message"), body="Hej {socialsekreterare}!"
        ).text
        request = taken()
        page = put_in(officer, page_of(request, "write"), standard_text=text.pk)
        assert f"Hej {world.social_worker}!</textarea>" in page
        with world.behind_wall_of(world.officer):
            assert list(request.timeline.filter(kind="message")) == []

    def test_social_worker_has_no_standard_texts(self, world: World, taken: Filed) -> None:
        filer = logged_in(world.social_worker)
        made = rows.StandardTextFactory(purpose="message", name="Tack för svaret")
        text = rows.StandardTextVersionFactory(text=made, body="Hej {socialsekreterare}!").text
        request = taken()
        page = text_of(filer.get(f"/requests/{request.reference}/"))
        put = put_in(filer, page_of(request, "write"), standard_text=text.pk, text="")
        assert ("Tack för svaret" in page, f"Hej {world.social_worker}!" in put) == (False, False)

    def test_note_to_several_at_once_is_the_same_for_all(
        self, world: World, officer: Client, taken: Filed
    ) -> None:
        shared = rows.StandardTextFactory(purpose="hand_over", name="Ledig")
        text = rows.StandardTextVersionFactory(text=shared, body="Ledig nu. {handläggare}").text
        of_one = rows.StandardTextFactory(purpose="hand_over", name="Om ett ärende")
        rows.StandardTextVersionFactory(text=of_one, body="Start {startdag}")
        request = taken()
        url = "/queue/hand-over/"
        page = text_of(officer.get(f"{url}?request={request.reference}"))
        assert ("Ledig</option>" in page, "Om ett ärende</option>" in page) == (True, False)
        chosen = f"{request.reference}:{request.version}"
        put = put_in(officer, url, standard_text=text.pk, chosen=chosen)
        assert (
            f"Ledig nu. {world.officer}</textarea>" in put,
            f'value="{chosen}" checked' in put,
        ) == (True, True)

    def test_texts_of_other_services_and_uses_are_not_offered(
        self, officer: Client, taken: Filed
    ) -> None:
        rows.StandardTextVersionFactory(
            text=rows.StandardTextFactory(name="Annan insats", service_type="foster_home")
        )
        rows.StandardTextVersionFactory(
            text=rows.StandardTextFactory(name="Annat bruk", purpose="hand_over")
        )
        page = text_of(officer.get(page_of(taken(), "ask-information")))
        assert ("Annan insats" in page, "Annat bruk" in page) == (False, False)

    @pytest.mark.parametrize("chosen", ["", "0", "x", "4711"])
    def test_no_text_chosen_leaves_what_was_typed(
        self, officer: Client, taken: Filed, chosen: str
    ) -> None:
        page = put_in(
            officer, page_of(taken(), "ask-information"), standard_text=chosen, question="Mitt."
        )
        assert "Mitt.</textarea>" in page


def test_shortcuts_are_switched_off_and_on_by_each_for_oneself(
    world: World, officer: Client
) -> None:
    on = text_of(officer.get("/queue/"))
    officer.post("/shortcuts/", {"on": "no"})
    off = text_of(officer.get("/queue/"))
    users = {user.pk: user.uses_shortcuts for user in User.objects.all()}
    assert ("shortcuts.js" in on, "shortcuts.js" in off) == (True, False)
    assert [pk for pk, uses in users.items() if not uses] == [world.officer.pk]
    officer.post("/shortcuts/", {"on": "yes"})
    assert "shortcuts.js" in text_of(officer.get("/queue/"))
