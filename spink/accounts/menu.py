"""What the accounts add to the main menu."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from spink.accounts.domain.capabilities import Capability
from spink.accounts.models import User
from spink.accounts.models.choices import Roles
from spink.accounts.policies import can, may_use_admin
from spink.accounts.web import trail
from spink.accounts.wording import described
from spink.web import administration, navigation


def for_those_who_can(capability: Capability) -> Callable[[User], bool]:
    return lambda user: can(user.reach, capability)


PERSON_FIELDS = {
    "username": _("Username"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail address"),
    "phone": _("Phone"),
    "role": _("Role"),
    "place": _("Where"),
    "valid_from": _("Holds from"),
    "valid_to": _("Holds through"),
}
PERSON_STEPS = {
    "user_created": _("Added"),
    "user_deactivated": _("Shut out"),
    "user_activated": _("Let in again"),
    "role_assigned": _("Role given"),
    "role_ended": _("Role ended"),
    "password_changed": _("Own password changed"),
    "password_link_sent": _("Link for a password sent"),
    "password_link_shown": _("Link for a password shown to the administrator"),
    "password_set_by_link": _("Password set by a link"),
}


def _said_of_a_person(name: str, value: str) -> str:
    return str(dict(Roles.choices).get(value, value)) if name == "role" else value


def register() -> None:
    navigation.describe_visitors_with(described)
    navigation.register(
        navigation.Item(
            label=_("Duty"),
            url_name="duty",
            position=15,
            visible=for_those_who_can(Capability.GO_ON_DUTY),
        )
    )
    administration.register(
        administration.Page(
            label=_("People and roles"),
            url_name="people",
            position=10,
            visible=for_those_who_can(Capability.ADMINISTER),
            about=_("Who works in Spink, what they may do and where, from when and until when."),
        )
    )
    administration.register(
        administration.Page(
            label=_("API clients"),
            url_name="api-clients",
            position=20,
            visible=for_those_who_can(Capability.ADMINISTER),
            about=_("Other systems that file and follow requests, and what they may do."),
        )
    )
    administration.register(
        administration.Page(
            label=_("Changes"),
            url_name="trail",
            position=70,
            visible=for_those_who_can(Capability.ADMINISTER),
            about=_("Who has changed what in the administration and the register."),
        )
    )
    administration.register(
        administration.Page(
            label=_("Jobs"),
            url_name="jobs",
            position=80,
            visible=for_those_who_can(Capability.ADMINISTER),
            about=_("What Spink does by itself: when, how it went, and what goes on now."),
        )
    )
    administration.register(
        administration.Page(
            label=_("Duty shifts"),
            url_name="duty-shifts",
            position=72,
            visible=for_those_who_can(Capability.ADMINISTER),
            about=_("Who has been on duty out of hours, when and why."),
        )
    )
    trail.register(
        trail.Subject(
            code="duty_shift",
            label=_("Duty shifts"),
            steps={
                "duty_shift_started": _("Went on duty"),
                "duty_shift_ended": _("Went off duty"),
            },
        )
    )
    trail.register(
        trail.Subject(
            code="api_client",
            label=_("API client"),
            fields={
                "scopes": _("What it may do"),
                "at_once": _("The old secret was ended at once"),
            },
            steps={
                "create_api_client": _("Added"),
                "renew_api_secret": _("New secret"),
                "end_api_client": _("Shut out"),
            },
            said=lambda _name, value: ", ".join(value) if isinstance(value, list) else value,
            url=lambda client_id: reverse("api-client", args=[client_id]),
        )
    )
    trail.register(
        trail.Subject(
            code="user",
            label=_("Person"),
            fields=PERSON_FIELDS,
            steps=PERSON_STEPS,
            said=_said_of_a_person,
            url=lambda user_id: reverse("person", args=[user_id]),
        )
    )
    administration.register(
        administration.Page(
            label=_("The register's diary"),
            url_name="admin:index",
            position=100,
            visible=lambda user: may_use_admin(user.reach),
        )
    )
