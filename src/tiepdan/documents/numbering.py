"""Taking the next number of a body's series: without gaps, never twice."""

from django.db import transaction

from tiepdan.documents.kinds import KindOfDocument
from tiepdan.documents.models import NumberingPolicy, NumberSeries


def series_of(kind: KindOfDocument, issuer: str) -> str:
    """The series the body numbers this kind in: its type code, or empty for one for all."""
    shared = NumberingPolicy.objects.filter(issuer=issuer, one_series_for_all=True).exists()
    return "" if shared else kind.type_code


def take_number(*, issuer: str, series: str, year: int) -> int:
    """The next number; it is given back when the caller's transaction fails.

    The row stays locked until that transaction ends, so a second clerk waits. Raises
    TransactionManagementError outside a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a number is taken in a transaction")
    NumberSeries.objects.bulk_create(
        [NumberSeries(issuer=issuer, kind=series, year=year)], ignore_conflicts=True
    )
    row = NumberSeries.objects.select_for_update().get(issuer=issuer, kind=series, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def last_number(*, issuer: str, series: str, year: int) -> int:
    """The last number taken; 0 when none."""
    row = NumberSeries.objects.filter(issuer=issuer, kind=series, year=year).first()
    return row.last if row else 0


def set_last_number(*, issuer: str, series: str, year: int, last: int) -> None:
    """Go on from a paper register: the next document gets `last` + 1.

    Raises ValueError when that would give a number a second time.
    """
    with transaction.atomic():
        NumberSeries.objects.bulk_create(
            [NumberSeries(issuer=issuer, kind=series, year=year)], ignore_conflicts=True
        )
        row = NumberSeries.objects.select_for_update().get(issuer=issuer, kind=series, year=year)
        if last < row.last:
            raise ValueError(f"number {row.last} is already taken")
        row.last = last
        row.save(update_fields=["last"])
