import pytest
from django.core.checks import Tags, run_checks
from django.db import connection

from spink.composition.checks import role_is_bound_by_row_security

pytestmark = pytest.mark.django_db


def test_application_role_passes_the_check() -> None:
    assert role_is_bound_by_row_security(["default"]) == []


def test_check_is_run_with_the_checks_of_the_database() -> None:
    """`migrate` runs these; an answer of ours among them would stop it."""
    found = run_checks(tags=[Tags.database], databases=["default"])
    assert [message.id for message in found] == []


def test_role_that_passes_row_security_is_refused() -> None:
    """The role is no superuser, so that it cannot become one: the check is shown another's row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE pg_roles ON COMMIT DROP AS"
            " SELECT current_user AS rolname, true AS rolsuper, false AS rolbypassrls"
        )
        cursor.execute("SET LOCAL search_path = pg_temp, pg_catalog, public")
    assert [error.id for error in role_is_bound_by_row_security(["default"])] == ["spink.E001"]
