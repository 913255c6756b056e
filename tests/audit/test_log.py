"""The log of acts: whole, and refused to change by the database."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tests import cast as c
from tiepdan.audit import triggers
from tiepdan.audit.actions import record
from tiepdan.audit.chain import GENESIS, canonical, fingerprint
from tiepdan.audit.models import Entry
from tiepdan.audit.queries import entries_of, verify_chain


@pytest.fixture
def log(cast):
    """Three acts on three bodies."""
    for agency in cast.communes:
        record(verb="visit", on=agency, by=cast.officer, at=c.MORNING, detail={"why": "thăm"})
    return list(Entry.objects.all())


@pytest.fixture
def open_log(log):
    """The same, with the database's protection taken away as an attacker would."""
    triggers.remove(connection)
    return log


# --- what an entry says -------------------------------------------------------------------------


def test_entries_are_numbered_and_chained(log):
    """Each entry should carry its number and its predecessor's fingerprint."""
    assert [entry.sequence for entry in log] == [1, 2, 3]
    assert log[0].facts["previous"] == GENESIS
    assert [entry.facts["previous"] for entry in log[1:]] == [entry.hash for entry in log[:-1]]


def test_entry_says_who_what_when(log, cast):
    """An entry should name actor, object, time and detail."""
    entry = entries_of(cast.commune_a).get()
    assert (entry.verb, entry.by, entry.at) == ("visit", cast.officer, c.MORNING)
    assert entry.detail == {"why": "thăm"}
    assert entry.facts["by_name"] == "chuyenvien"


def test_system_acts_have_no_actor(cast):
    """An act of the system should have no person."""
    assert record(verb="tick", on=cast.board, by=None).facts["by"] is None


def test_machine_time_is_kept_beside(cast):
    """In a rehearsal the entry should still show the machine's time."""
    entry = record(verb="rehearse", on=cast.board, by=None, at=c.AFTERNOON)
    assert entry.at == c.AFTERNOON
    assert abs(entry.recorded_at - entry.at) > timedelta(0)


def test_failed_act_leaves_no_entry(cast):
    """An act that fails should leave neither entry nor gap."""

    @transaction.atomic
    def act():
        record(verb="fail", on=cast.board, by=None)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert record(verb="next", on=cast.board, by=None).sequence == 1


def test_detail_must_be_json(cast):
    """Something that is no JSON should be refused."""
    with pytest.raises(TypeError):
        record(verb="odd", on=cast.board, by=None, detail={"at": c.MORNING})


def test_canonical_line_is_always_the_same():
    """Order of keys should not matter, letters should stay readable."""
    assert canonical({"b": 1, "a": "đất"}) == canonical({"a": "đất", "b": 1}) == '{"a":"đất","b":1}'
    assert len(fingerprint("")) == 64


# --- proving it whole ---------------------------------------------------------------------------


def test_empty_log_is_whole(db):
    """A log without entries should be whole."""
    report = verify_chain()
    assert (report.whole, report.entries, report.head) == (True, 0, GENESIS)


def test_untouched_log_is_whole(log):
    """An untouched log should be whole up to its last fingerprint."""
    report = verify_chain()
    assert (report.whole, report.entries, report.head) == (True, 3, log[-1].hash)


def broken():
    """Where and why the log is broken."""
    found = verify_chain()
    return found.broken_at, found.reason


def test_changed_line_is_found(open_log):
    """A changed word should be found at its entry."""
    entry = open_log[1]
    Entry.objects.filter(pk=2).update(line=entry.line.replace("thăm", "thôi"))
    assert broken() == (2, "the line was changed")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "other"),
        ("on_id", "0"),
        ("at", c.AFTERNOON),
        ("recorded_at", c.AFTERNOON),
        ("by", None),
    ],
)
def test_changed_column_is_found(open_log, column, value):
    """A column that no longer agrees with its line should be found."""
    Entry.objects.filter(pk=2).update(**{column: value})
    assert broken() == (2, f"column {column} was changed")


def test_line_with_new_fingerprint_is_found(open_log):
    """A forged line with a fitting fingerprint should break the next entry."""
    line = open_log[1].line.replace("thăm", "thôi")
    Entry.objects.filter(pk=2).update(line=line, hash=fingerprint(line))
    assert broken() == (3, "the entry before it was replaced")


def test_removed_entry_is_found(open_log):
    """A removed entry should be missed."""
    Entry.objects.filter(pk=2).delete()
    assert broken() == (2, "entry 2 is missing")


def test_cut_end_is_found_by_a_noted_head(open_log):
    """Entries cut from the end should be missed by whoever noted the last fingerprint."""
    Entry.objects.filter(pk=3).delete()
    assert verify_chain().whole
    with pytest.raises(CommandError, match="its end was cut"):
        call_command("verify_audit", head=open_log[-1].hash, stdout=StringIO())


def test_command_says_whole(log):
    """The command should count entries and print the head."""
    said = StringIO()
    call_command("verify_audit", head=log[0].hash, stdout=said)
    assert said.getvalue() == f"3 entries, whole. Head {log[-1].hash}\n"


def test_command_names_the_broken_entry(open_log):
    """The command should fail and name the first entry that does not fit."""
    Entry.objects.filter(pk=2).update(verb="other")
    with pytest.raises(CommandError, match="Entry 2: column verb was changed"):
        call_command("verify_audit")


# --- the database refuses -----------------------------------------------------------------------


def test_update_is_refused(log):
    """The database should refuse to change an entry."""
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Entry.objects.filter(pk=1).update(verb="other")
    assert verify_chain().whole


def test_delete_is_refused(log):
    """The database should refuse to remove an entry, by Django or by SQL."""
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        log[0].delete()
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM audit_entry")
    assert Entry.objects.count() == 3


def test_truncate_is_refused(db):
    """PostgreSQL should refuse to empty the table; SQLite has no such statement."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with (
        pytest.raises(IntegrityError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_entry")


def test_protection_can_be_put_back(open_log):
    """Removing and installing again should protect again."""
    triggers.install(connection)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.filter(pk=1).update(verb="other")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", [1, 2])
def test_committing_tests_leave_the_log_protected(transactional_db, time):
    """Each test that really commits should find an empty, protected log."""
    assert not Entry.objects.exists()
    cast = c.people()
    record(verb="visit", on=cast.board, by=cast.officer)
    with pytest.raises(IntegrityError):
        Entry.objects.update(verb="other")
