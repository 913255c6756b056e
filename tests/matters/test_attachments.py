"""Papers handed in with a filing: refused plainly, kept whole, swept when nobody owns them."""

import hashlib
import os
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction

from tests import cast as c
from tests.matters import scans
from tests.matters.test_register import take_in
from tiepdan.audit.queries import entries_of
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.storage import open_file
from tiepdan.matters import duties
from tiepdan.matters.actions import withdraw_filing
from tiepdan.matters.attachments import attach, sweep
from tiepdan.matters.models import Attachment, Filing
from tiepdan.matters.rules import NotValidError
from tiepdan.matters.states import ScanState
from tiepdan.matters.upload_limits import limits


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.DOCUMENTS_DIR = tmp_path


def stored_files():
    """Every attachment's file on disk."""
    return [path for path in Path(settings.DOCUMENTS_DIR).glob("attachments/*/*") if path.is_file()]


def test_scans_come_with_the_filing(cast):
    """Files of the form should be kept whole, found by content, and stand on the receipt."""
    filing = take_in(cast, uploads=[scans.upload(name="Đơn.pdf"), scans.upload(scans.png(), "x")])
    first, second = filing.filing.attachments.all()
    assert (first.name, first.kind, second.name) == ("Đơn.pdf", "pdf", "x.png")
    with open_file(first.stored_name) as file:
        assert file.read() == scans.PDF
    assert first.sha256 == hashlib.sha256(scans.PDF).hexdigest()
    papers = filing.filing.receipt.context["papers"]
    assert [paper["name"] for paper in papers] == ["Đơn.pdf", "x.png"]
    assert [e.verb for e in entries_of(filing.filing)].count("attach_file") == 2


def test_photograph_is_kept_without_its_place(cast):
    """No metadata of a photograph should reach the disk."""
    kept = attach(
        filing=c.filing(cast), upload=scans.upload(scans.jpeg(), "a.jpg"), by=cast.clerk_a
    )
    with open_file(kept.stored_name) as file:
        content = file.read()
    assert scans.PLACE not in content
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.received_sha256 == hashlib.sha256(scans.jpeg()).hexdigest()
    assert kept.scan == ScanState.NOT_NEEDED


def test_iphone_photograph_and_word_document_come_in(cast):
    """What an iPhone takes should be kept as JPEG, a Word document as it came."""
    filing = take_in(
        cast,
        uploads=[scans.upload(scans.heic(), "IMG_1.HEIC"), scans.upload(scans.docx(), "Đơn.docx")],
    ).filing
    photograph, document = filing.attachments.all()
    assert (photograph.name, photograph.kind) == ("IMG_1.jpg", "jpg")
    assert (document.name, document.kind) == ("Đơn.docx", "docx")
    assert document.sha256 == document.received_sha256


def test_paper_waits_for_a_scanner_that_is_not_there(cast):
    """Without ClamAV the paper should be taken in and say that nobody looked for viruses."""
    kept = take_in(cast, uploads=[scans.upload()]).filing.attachments.get()
    assert (kept.scan, kept.get_scan_display()) == (ScanState.WAITING, "Chưa quét virus")
    assert duties.scan_waiting() == 0


@pytest.mark.parametrize("name", ["../../../etc/x.pdf", "/etc/passwd", "a\u202efdp.pdf", "..\\b"])
def test_given_name_never_leads_anywhere(cast, name):
    """The name on disk should be ours alone."""
    upload = scans.upload()
    upload._name = name
    kept = attach(filing=c.filing(cast), upload=upload, by=cast.clerk_a)
    assert kept.stored_name.startswith(f"attachments/{kept.filing_id}/")
    assert len(stored_files()) == 1
    assert not {"/", "\\", "\u202e"} & set(kept.name)


@pytest.mark.parametrize(
    ("uploads", "said"),
    [
        ([scans.upload(b"MZ\x90\0" * 9, "don.pdf")], "«don» không phải là PDF"),
        ([scans.upload(b"<svg/>", "anh.png")], "không phải là PDF, ảnh"),
        ([scans.upload(scans.jpeg()[:40], "anh.jpg")], "bị hỏng"),
        ([scans.upload(scans.pixel_bomb(), "anh.png")], "quá 50 triệu điểm ảnh"),
        ([scans.upload(scans.zip_bomb(201), "don.docx")], "giải nén ra quá lớn"),
        ([scans.upload(scans.docx(word__vbaProject_bin=b"x"), "don.docx")], "mã lệnh"),
        ([scans.upload(scans.PDF + scans.docx(), "don.pdf")], "giấu bên trong"),
        ([scans.upload(b"", "don.pdf")], "trống"),
        ([scans.large(21)], "21 MB; mỗi tệp tối đa 20 MB"),
        ([scans.upload() for _ in range(6)], "nhiều nhất 5 tệp"),
        ([scans.large(16) for _ in range(4)], "tối đa 60 MB"),
    ],
)
def test_bad_file_leaves_no_filing(cast, uploads, said):
    """A bad file should be refused in words before anything is registered."""
    with pytest.raises(NotValidError, match=said) as refusal:
        take_in(cast, uploads=uploads)
    assert refusal.value.rule == "attachments"
    assert not Filing.objects.exists()


def test_double_submit_keeps_one_set(cast):
    """A form sent twice with its files should give one filing with each file once."""
    key = uuid4()
    first, second = (take_in(cast, submission_key=key, uploads=[scans.upload()]) for _ in range(2))
    assert first.filing == second.filing
    assert Attachment.objects.count() == 1


def test_more_papers_may_follow_up_to_the_limit(cast):
    """Papers may follow later, at most five together."""
    filing = take_in(cast, uploads=[scans.upload()] * 4).filing
    attach(filing=filing, upload=scans.upload(), by=cast.clerk_a)
    with pytest.raises(NotValidError, match="nhiều nhất 5"):
        attach(filing=filing, upload=scans.upload(), by=cast.clerk_a)


def test_outsider_may_not_attach(cast):
    """Whoever does not see the filing should not add to it, nor leave a file."""
    with pytest.raises(RuleRefusedError):
        attach(filing=c.filing(cast), upload=scans.upload(), by=cast.outsider)
    assert stored_files() == []


def test_withdrawn_filing_takes_no_paper(cast):
    """A withdrawn filing should take in nothing."""
    filing = c.filing(cast)
    withdraw_filing(filing=filing, reason="Đã tự thỏa thuận", by=cast.clerk_a)
    with pytest.raises(RuleRefusedError, match="rút"):
        attach(filing=filing, upload=scans.upload(), by=cast.clerk_a)


def test_death_between_file_and_row_leaves_no_row(cast, monkeypatch):
    """When the process dies after the file, nothing should be registered; the file is swept."""

    def die(_kept):
        raise KeyboardInterrupt

    monkeypatch.setattr("tiepdan.matters.actions.registering.save_rows", die)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        take_in(cast, uploads=[scans.upload()])
    assert not Filing.objects.exists()
    assert not Attachment.objects.exists()
    assert len(stored_files()) == 1
    assert sweep(time.time() + 25 * 3600) == 1
    assert stored_files() == []


def test_sweep_keeps_what_is_owned_or_young(cast):
    """Files of filings and files of today should stay."""
    kept = attach(filing=c.filing(cast), upload=scans.upload(), by=cast.clerk_a)
    young = Path(settings.DOCUMENTS_DIR) / kept.stored_name
    os.utime(young, (0, 0))
    (young.parent / "x-1.pdf").write_bytes(b"")
    assert sweep() == 0
    assert young.exists()


def test_limits_are_dated_rules():
    """The limits should come from the rulebook."""
    assert limits(c.MORNING.date()) == (5, 20, 60)
