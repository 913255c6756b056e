"""Asking ClamAV: a real daemon of our own, with one signature of our own."""

import io
import socket
import time

import pytest

from tests.documents.scanner import MARK, clamd
from tiepdan.documents import clamav


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    """A running clamd."""
    with clamd(tmp_path_factory.mktemp("clamav")) as found:
        yield found


@pytest.fixture(params=["socket", "tcp"])
def scanner(request, daemon, settings):
    """The settings name it, by its Unix socket and by its port."""
    settings.CLAMAV = getattr(daemon, request.param)


@pytest.mark.usefixtures("scanner")
def test_daemon_is_there():
    """A living daemon should answer."""
    assert clamav.answers()


@pytest.mark.usefixtures("scanner")
def test_harmless_file_is_clean():
    """A file should be read from its beginning, whatever was read of it before."""
    file = io.BytesIO(b"x" * 700_000)
    file.read(1000)
    assert clamav.scan(file) == (clamav.Health.CLEAN, "")


@pytest.mark.usefixtures("scanner")
def test_virus_is_named():
    """What the signature describes should be found, with its name."""
    health, found = clamav.scan(io.BytesIO(MARK))
    assert health == clamav.Health.INFECTED
    assert found.startswith("Tiepdan.Test")


@pytest.mark.usefixtures("scanner")
def test_what_the_daemon_will_not_read_is_not_clean():
    """A file beyond the daemon's own limit should count as not scanned."""
    with pytest.raises(clamav.NoScannerError):
        clamav.scan(io.BytesIO(b"x" * 3_000_000))


@pytest.mark.parametrize("where", ["", "/nowhere/clamd.ctl", "127.0.0.1:9"])
def test_no_daemon(settings, where):
    """Without a daemon whoever asks should be told at once."""
    settings.CLAMAV = where
    started = time.monotonic()
    assert not clamav.answers()
    with pytest.raises(clamav.NoScannerError):
        clamav.scan(io.BytesIO(b"x"))
    assert time.monotonic() - started < 5


def test_daemon_that_dies_is_not_clean(tmp_path, settings):
    """When the daemon is gone the next question should say so, not guess."""
    with clamd(tmp_path) as found:
        settings.CLAMAV = found.socket
        assert clamav.answers()
    with pytest.raises(clamav.NoScannerError):
        clamav.scan(io.BytesIO(b"x"))


def test_clamd_itself_agrees(daemon):
    """The daemon tested with should be the real one."""
    with socket.socket(socket.AF_UNIX) as asked:
        asked.connect(daemon.socket)
        asked.sendall(b"zVERSION\0")
        assert asked.recv(64).startswith(b"ClamAV")
