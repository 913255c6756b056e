"""Numbers under real concurrency: each thread with its own connection."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from tiepdan.documents.numbering import last_number, take_number

SERIES = {"issuer": "ubnd-tinh", "series": "TB", "year": 2026}


def take_many(barrier: Barrier, times: int) -> list[int]:
    """Take numbers, every third one in a transaction that fails."""
    barrier.wait(timeout=10)
    try:
        return [number for turn in range(times) if (number := take_one(fails=turn % 3 == 2))]
    finally:
        connection.close()


def take_one(*, fails: bool) -> int | None:
    with transaction.atomic():
        number = take_number(**SERIES)
        transaction.set_rollback(fails)
    return None if fails else number


@pytest.mark.django_db(transaction=True)
def test_two_clerks_never_share_a_number():
    """Two threads should take 1 to n between them, without gap and without doubles."""
    if connection.vendor != "postgresql":
        pytest.skip("threads share one connection to the in-memory database")
    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as clerks:
        halves = [clerks.submit(take_many, barrier, 30) for _ in range(2)]
        numbers = sorted(number for half in halves for number in half.result(timeout=60))
    assert numbers == list(range(1, 41))
    assert last_number(**SERIES) == 40


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number():
    """A number that could not be given back should not be taken."""
    with pytest.raises(transaction.TransactionManagementError):
        take_number(**SERIES)
