"""Papers with viruses, asked about with a real ClamAV: kept out, told, logged."""

import logging
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from tests import cast as c
from tests.documents.scanner import MARK, clamd
from tests.matters import scans
from tests.matters.test_register import take_in
from tiepdan.audit.models import Entry
from tiepdan.audit.queries import entries_of
from tiepdan.matters import duties
from tiepdan.matters.attachments import attach
from tiepdan.matters.jobs import scan_attachment
from tiepdan.matters.models import Attachment, Filing
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.states import ScanState


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    """A running clamd."""
    with clamd(tmp_path_factory.mktemp("clamav")) as found:
        yield found


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DOCUMENTS_DIR = tmp_path


def scanned_by(settings, daemon):
    """The scanner appears."""
    settings.CLAMAV = daemon.socket


def test_clean_paper_says_so(cast, settings, daemon):
    """A paper the scanner finds harmless should be marked so at once."""
    scanned_by(settings, daemon)
    kept = take_in(cast, uploads=[scans.upload()]).filing.attachments.get()
    assert kept.scan == ScanState.CLEAN


def test_virus_is_kept_out_told_and_logged(cast, settings, daemon, caplog):
    """A paper with a virus should leave no filing and no file, but a word and a line in the log."""
    scanned_by(settings, daemon)
    with caplog.at_level(logging.WARNING), pytest.raises(NotValidError, match=r"mã độc \(Tiepdan"):
        take_in(cast, uploads=[scans.upload(MARK)])
    assert not Filing.objects.exists()
    assert not [path for path in Path(settings.DOCUMENTS_DIR).rglob("*") if path.is_file()]
    (entry,) = Entry.objects.filter(verb="refuse_infected_file")
    assert entry.detail["found"].startswith("Tiepdan.Test")
    assert "don" not in caplog.text.split(" was refused")[0].split("file with ")[1]


def test_paper_is_scanned_when_the_scanner_appears(cast, settings, daemon):
    """What came without a scanner should be scanned by a job, once."""
    clean = attach(filing=c.filing(cast), upload=scans.upload(), by=cast.clerk_a)
    bad = attach(filing=clean.filing, upload=scans.upload(MARK), by=cast.clerk_a)
    scanned_by(settings, daemon)
    assert duties.scan_waiting() == 2
    assert duties.scan_waiting() == 0  # they are expected already
    for job in DBTaskResult.objects.filter(task_path=scan_attachment.module_path):
        assert scan_attachment.call(*job.args_kwargs["args"])
    states = dict(Attachment.objects.values_list("pk", "scan"))
    assert states == {clean.pk: ScanState.CLEAN, bad.pk: ScanState.INFECTED}
    assert [e.verb for e in entries_of(clean.filing)].count("find_infected_file") == 1
    assert not scan_attachment.call(str(bad.pk))


def test_scanner_that_goes_again_leaves_the_paper_waiting(cast, settings):
    """A job without its scanner should end and leave the paper to the next round."""
    kept = attach(filing=c.filing(cast), upload=scans.upload(), by=cast.clerk_a)
    settings.CLAMAV = "/nowhere/clamd.ctl"
    assert not scan_attachment.call(str(kept.pk))
    assert Attachment.objects.get().scan == ScanState.WAITING


def test_destroyed_paper_needs_no_scan(cast, settings, daemon):
    """A paper whose file was destroyed by decision should not fail the job for ever."""
    kept = attach(filing=c.filing(cast), upload=scans.upload(), by=cast.clerk_a)
    (Path(settings.DOCUMENTS_DIR) / kept.stored_name).unlink()
    scanned_by(settings, daemon)
    assert not scan_attachment.call(str(kept.pk))
    assert duties.scan_waiting() == 0
