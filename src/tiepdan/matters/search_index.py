"""The index that searching asks: what of a filing is in it, and how it stays in step.

On SQLite an FTS5 table beside the entries, kept by triggers; on PostgreSQL a GIN index over the
entries' words. Both are made by a migration.
"""

import logging
from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

from tiepdan.common.folding import words
from tiepdan.matters.models import Filing, SearchEntry

log = logging.getLogger(__name__)

BATCH = 1000
SHORT = 3
"""Letters of the beginnings that are words of their own: so many words begin with these that an
index is slow to join them when it is asked."""
PROTECTED = "__"
"""The word of what few may see. Words with a `_` are ours: nobody can type one."""
END = "_"
PATIENCE_MS = 200
"""How long emptying the write-ahead log waits for those who read."""


def words_of(filing: Filing) -> str:
    """What a filing is found by: code, name, number, subject, the affair's code.

    A denunciation by its code and its pseudonym only (Luật Tố cáo 25/2018/QH14, Điều 9).
    """
    told = [filing.tracking_code, filing.pseudonym or ""]
    person = filing.petitioner
    if not filing.identity_protected:
        told += [person.full_name, person.id_number, filing.subject]
    if filing.matter:
        told.append(filing.matter.code)
    places = filing.received_at_agency_id, person.commune_id
    return entry_words(" ".join(told), places, protected=filing.identity_protected)


def entry_words(told: str, places: Iterable[UUID], *, protected: bool) -> str:
    """The words of a text between those by which sight and by which short beginnings are asked.

    So each word of the text has a space before and behind it.
    """
    found = words(told)
    sight = [*sorted({place_word(key) for key in places}), *[PROTECTED] * protected]
    begun = {word[:size] for word in found for size in range(1, min(SHORT + 1, len(word)))}
    return " ".join([*sight, *found, *sorted(map(beginning_word, begun)), END])


def beginning_word(letters: str) -> str:
    """The word that stands in an entry for each of its longer words with this beginning."""
    return f"{letters}_"


def place_word(key: UUID) -> str:
    """The word of an agency or a commune in the entries of its filings; others seldom share it."""
    return f"_{key.hex[-12:]}"


def index_filing(filing: Filing) -> None:
    """Let searching find the filing as it is now; part of each act that changes these words."""
    SearchEntry.objects.update_or_create(filing=filing, defaults={"words": words_of(filing)})


def forget_old_words() -> None:
    """Let words that were taken out leave the index's own pages, too (niêm phong danh tính).

    FTS5 keeps them, marked as gone, until its segments are merged; the write-ahead log of SQLite
    until it is emptied, which is done at commit.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO matters_searchindex(matters_searchindex) VALUES ('optimize')"
            )
        transaction.on_commit(empty_log)


def empty_log() -> int:
    """Write everything into the database's file and empty its write-ahead log; how many failed.

    It fails while somebody reads for longer than `PATIENCE_MS`: a duty does it again. Whoever
    writes waits as long as it does, so it must not wait as long as the database may.
    """
    if connection.vendor != "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        before = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy: int = cursor.fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")
    if busy:
        log.warning("the write-ahead log could not be emptied: somebody reads")
    return busy


def rebuild() -> int:
    """Write every entry anew, oldest first; returns how many filings there are."""
    SearchEntry.objects.all().delete()
    rows = Filing.objects.select_related("petitioner", "matter").order_by("received_at", "pk")
    made: list[SearchEntry] = []
    total = 0
    for filing in rows.iterator(chunk_size=BATCH):
        made.append(SearchEntry(filing=filing, words=words_of(filing)))
        if len(made) == BATCH:
            total += len(SearchEntry.objects.bulk_create(made))
            made = []
    return total + len(SearchEntry.objects.bulk_create(made))
