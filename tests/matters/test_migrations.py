"""Rows of earlier versions, brought to today's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import cast as everyone
from tests.matters.test_search import search


@contextmanager
def as_of(name: str, app: str = "matters") -> Iterator[Any]:
    """The tables as this migration left them; brought to today's afterwards."""
    before = [(app, name)]
    MigrationExecutor(connection).migrate(before)
    try:
        yield MigrationExecutor(connection).loader.project_state(before).apps
    finally:
        call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_old_yes_and_no_say_whose_it_is():
    """What was the chairman's or not should be his own, or another body's."""
    cast = everyone.people()
    ours, theirs = everyone.classified_filing(cast), everyone.classified_filing(cast, 1)
    with as_of("0005_uploads") as old:
        rows = old.get_model("matters", "Classification").objects
        rows.filter(filing=ours.pk).update(competence="", in_competence=True)
        rows.filter(filing=theirs.pk).update(competence="", in_competence=False)
    assert ours.classifications.get().competence == "own"
    assert theirs.classifications.get().competence == "other_body"


@pytest.mark.django_db(transaction=True)
def test_old_filings_are_found():
    """What filings were found by before should find them in the new index."""
    people = everyone.people()
    filing = everyone.classified_filing(people)
    with as_of("0008_notices") as old:
        rows = old.get_model("matters", "Filing").objects.filter(pk=filing.pk)
        rows.update(search_text="ls-1234-abcd nguyen thi thuy an")
    for typed in ("thuỳ an", "ls-1234", filing.matter.code):
        assert search(typed, people.officer) == [filing]
