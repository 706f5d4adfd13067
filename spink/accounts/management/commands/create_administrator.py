"""The first administrator of a new installation; everybody else is made in the administration."""

import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from spink.accounts.actions import NewRole, create_user
from spink.accounts.domain.roles import Role
from spink.accounts.models import User
from spink.foundation.actor import Actor


class Command(BaseCommand):
    help = "Creates an administrator. The password is asked for, or read from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        username = options["username"]
        try:
            self._create(username, options["first_name"], options["last_name"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages), returncode=2) from None
        self.stdout.write(f"{username} is an administrator")

    @transaction.atomic
    def _create(self, username: str, first_name: str, last_name: str) -> None:
        given = User(username=username, first_name=first_name, last_name=last_name)
        given.full_clean(exclude=["password"])
        password = _password()
        validate_password(password, given)
        create_user(
            username,
            first_name=first_name,
            last_name=last_name,
            password=password,
            roles=[NewRole(role=Role.ADMINISTRATOR)],
            by=Actor.system("create_administrator"),
        )


def _password() -> str:
    return getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
