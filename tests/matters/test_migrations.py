"""Rows of earlier versions, brought to today's."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import cast as everyone

BEFORE, AFTER = [("matters", "0005_uploads")], [("matters", "0007_one_competence")]


@pytest.mark.django_db(transaction=True)
def test_old_yes_and_no_say_whose_it_is():
    """What was the chairman's or not should be his own, or another body's."""
    cast = everyone.people()
    ours, theirs = everyone.classified_filing(cast), everyone.classified_filing(cast, 1)
    MigrationExecutor(connection).migrate(BEFORE)
    try:
        old = MigrationExecutor(connection).loader.project_state(BEFORE).apps
        rows = old.get_model("matters", "Classification").objects
        rows.filter(filing=ours.pk).update(competence="", in_competence=True)
        rows.filter(filing=theirs.pk).update(competence="", in_competence=False)
    finally:
        MigrationExecutor(connection).migrate(AFTER)
    assert ours.classifications.get().competence == "own"
    assert theirs.classifications.get().competence == "other_body"
