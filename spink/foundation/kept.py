"""Statements that are kept: Django takes longer to write one than PostgreSQL to answer it."""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


class KeptStatement(Generic[M]):
    """The statement of a queryset whose values are put in later; related rows come along.

    Values that change are marked in the queryset by a placeholder of their own, which must not
    stand there for anything else. Only columns that need no conversion from what the driver gives.
    """

    def __init__(self, queryset: "QuerySet[M]") -> None:
        self._model = queryset.model
        compiler: Any = queryset.query.get_compiler(using=queryset.db)
        try:
            self._sql, self._values = compiler.as_sql()
        except EmptyResultSet:  # whoever sees nothing
            self._sql, self._values = "", ()
            return
        info = compiler.klass_info
        columns = info["select_fields"]
        self._columns = slice(columns[0], columns[-1] + 1)
        self._fields = [field.target.attname for field, *_ in compiler.select[self._columns]]
        populators: Any = get_related_populators
        self._related = populators(info, compiler.select, queryset.db)
        self._database = queryset.db

    def rows(self, given: Mapping[object, object]) -> list[M]:
        """`given` maps placeholders to values."""
        if not self._sql:
            return []
        values: list[Any] = [given.get(value, value) for value in self._values]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            return [self._row(row) for row in cursor.fetchall()]

    def _row(self, row: tuple[Any, ...]) -> M:
        made = self._model.from_db(self._database, self._fields, row[self._columns])
        for related in self._related:
            related.populate(row, made)
        return made
