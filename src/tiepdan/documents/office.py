"""LibreOffice as a converter: one run at a time, in a profile of its own, with a time limit."""

import fcntl
import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tiepdan.documents import whole_fonts

TIME_LIMIT = 90
"""Seconds; one document takes about two."""

_PDF_A_2B = {
    "SelectPdfVersion": {"type": "long", "value": "2"},
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
}


class ConversionError(RuntimeError):
    """LibreOffice is missing, hung or refused the file."""


def to_pdf(docx: bytes) -> bytes:
    """The DOCX as a tagged PDF/A-2b, its fonts embedded whole; raises ConversionError."""
    with tempfile.TemporaryDirectory(prefix="tiepdan-office-") as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(docx)
        with _one_at_a_time():
            _convert(source)
        return whole_fonts.embed(_result(source.with_suffix(".pdf")))


def _result(pdf: Path) -> bytes:
    try:
        return pdf.read_bytes()
    except FileNotFoundError:
        raise ConversionError("LibreOffice made no PDF") from None


def _convert(source: Path) -> None:
    """Run LibreOffice in its own process group, so that a hung run ends with all its children."""
    command = [
        settings.SOFFICE,
        f"-env:UserInstallation=file://{source.parent}/profile",
        "--headless",
        "--norestore",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(_PDF_A_2B)}",
        "--outdir",
        str(source.parent),
        str(source),
    ]
    try:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True
        )
    except OSError as error:
        raise ConversionError(f"LibreOffice does not start: {error}") from error
    try:
        output, _ = process.communicate(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise ConversionError(f"LibreOffice took longer than {TIME_LIMIT} s") from None
    if process.returncode:
        raise ConversionError(output.decode(errors="replace")[-500:])


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Wait until no other process of this installation converts: memory, not speed, is scarce."""
    lock = Path(settings.DATA_DIR) / "run" / "office.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
