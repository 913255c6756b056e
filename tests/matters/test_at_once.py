"""Two officials at the same moment: one person stays one, two denunciations have two numbers."""

from uuid import UUID, uuid4

import pytest
from django.db import connection

from tests import cast as everyone
from tests.matters.test_denunciations import denounced
from tests.racing import Race
from tiepdan.documents.models import Document
from tiepdan.matters.actions import turn_away
from tiepdan.matters.models import Filing, Person

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_person_registered_twice_at_once(transactional_db, tmp_path):
    """Two first registrations of one citizen at the same moment should know one person."""
    cast = everyone.people()
    race = Race(tmp_path)
    made = race.run(*[lambda: everyone.filing(cast).petitioner.person_id] * 4)
    assert len({*made}) == 1
    assert race.run(Person.objects.count, Filing.objects.count) == [1, 4]


def test_different_persons_do_not_wait_for_good(transactional_db, tmp_path):
    """Several citizens at once should be as many persons."""
    cast = everyone.people()
    race = Race(tmp_path)
    made = race.run(*[lambda n=n: everyone.filing(cast, n).petitioner.person_id for n in range(3)])
    assert len({*made}) == 3


def test_two_denunciations_at_once(transactional_db, tmp_path):
    """Two denunciations taken in at the same moment should bear two numbers, without a gap."""
    cast = everyone.people()
    race = Race(tmp_path)
    numbers = race.run(*[lambda: denounced(cast).pseudonym] * 3)
    assert sorted(numbers) == ["TC-2026-0001", "TC-2026-0002", "TC-2026-0003"]
    assert race.run(Filing.objects.count) == [3]


def test_one_notice_sent_twice_at_once(transactional_db, tmp_path):
    """One form sent several times at the same moment should be one notice with one number."""
    cast = everyone.people()
    race, key = Race(tmp_path), uuid4()

    def press() -> tuple[UUID, int | None]:
        paper = turn_away(
            full_name="Lò Văn Kha", address="thôn Nà Hoa", subject="Đất đai", ground="1",
            reason="Say rượu.", by=cast.clerk_a, submission_key=key,
        )  # fmt: skip
        return paper.pk, paper.number

    assert race.run(*[press] * 3) == [(key, 1)] * 3
    assert race.run(Document.objects.count) == [1]


def test_the_race_is_on_the_products_settings(transactional_db, tmp_path):
    """On SQLite it should be a file in WAL mode, not the database in memory."""
    race = Race(tmp_path)

    def mode() -> str:
        if connection.vendor != "sqlite":
            return "wal"
        with connection.cursor() as cursor:
            return str(cursor.execute("PRAGMA journal_mode").fetchone()[0])

    assert race.run(mode) == ["wal"]
