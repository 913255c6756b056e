"""A question to the database that is asked many times a second."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet


class OftenAsked:
    """The rows of a queryset, by SQL that is made once: making it takes most of a small question.

    Values in it stay those of its making, so it must not ask about now.
    """

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        self._sql, self._params = rows.query.sql_with_params()

    def rows(self) -> list[tuple[Any, ...]]:
        """As the database hands them out, for comparing; raises DatabaseError."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, self._params)
            return list(cursor.fetchall())
