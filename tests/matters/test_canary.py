"""A canary: an invented author is registered, sealed, and looked for in everything there is."""

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings as live
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject, TextStringObject

from tests import cast as everyone
from tests.cast import MORNING, People
from tests.matters import remains
from tests.matters.test_denunciations import CANARY, found_out, sealed, written
from tests.web.pages import signed_in
from tiepdan.common.duties import Round
from tiepdan.documents.jobs import render_document
from tiepdan.documents.queries import to_render
from tiepdan.matters import actions, search_index
from tiepdan.matters.duties import DUTIES
from tiepdan.matters.models import Filing
from tiepdan.matters.states import Capacity, Competence, LeadChannel, Outcome, RefusalGround

COMPANION, MEMBER = "Lục Văn Chinh Nghĩa", "Bàn Thị Mùi Chài"
TRACES = [
    "Hoàng Yến", "hoang yen", "020185009977", "0987001122", "Mai Thế Chuẩn", "mai the chuan",
    "Chinh Nghĩa", "chinh nghia", "Mùi Chài", "mui chai",
]  # fmt: skip
"""Words of the author and of who came along, as they are typed and as the index folds them."""
EXPORTS = "?agency={}&starts_on=01/11/2026&ends_on=31/12/2026&xlsx=1"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.DOCUMENTS_DIR = tmp_path / "documents"


def traces(log: str = "", *, of: list[str] = TRACES) -> list[str]:
    """Where the author is still to be found."""
    return remains.left_of(of, folder=Path(live.DATA_DIR), log=log)


def known(cast: People) -> Filing:
    """A denunciation whose author everything knows: persons, papers, a call, a refusal."""
    filing, by, at = written(cast), cast.officer, MORNING
    actions.refuse_reception(
        filing=filing, ground=RefusalGround.DISORDER, reason="Bà Vi Thị Hoàng Yến chửi mắng.",
        by=by, at=at,
    )  # fmt: skip
    lead = actions.record_lead(
        channel=LeadChannel.TELEPHONE, full_name=CANARY.full_name, phone=CANARY.phone, about="x",
        guidance="y", agency=cast.board, by=by, at=at,
    )  # fmt: skip
    actions.link_lead(lead=lead, filing=filing, by=by, at=at)
    companion = actions.Companion(Capacity.AUTHORISED, COMPANION)
    actions.add_representation(filing=filing, companion=companion, by=by, at=at)
    filing.members.create(full_name=MEMBER, at=at, by=by)
    return found_out(cast, filing, Competence.OTHER_BODY)


def handled(cast: People, filing: Filing) -> Filing:
    """Sealed and passed on, so that papers of what follows are there, too."""
    fresh = sealed(cast, filing)
    actions.handle_filing(
        filing=fresh, outcome=Outcome.TRANSFERRED, reasons=["Không thuộc thẩm quyền"],
        to_agency=cast.department, by=cast.officer, at=MORNING,
    )  # fmt: skip
    return Filing.objects.get(pk=fresh.pk)


def exports(cast: People) -> str:
    """What everybody can take out or find: both registers and every list."""
    pages = [
        reverse("desk:register", args=[which]) + EXPORTS.format(cast.board.code)
        for which in ("tiep-cong-dan", "don")
    ]
    pages += [reverse(name) for name in ("desk:filings", "desk:people", "desk:leads", "desk:today")]
    told = []
    for user in (cast.officer, cast.chair, cast.inspector, cast.registrar, cast.clerk_a):
        for page in pages:
            answer = signed_in(user).get(page)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            told += [answer.get("Content-Disposition", ""), *remains.opened(content)]
    return "\n".join(told)


def places(found: list[str]) -> set[str]:
    """The first word of each place."""
    return {one.split()[0].rstrip(":") for one in found}


@pytest.mark.django_db(transaction=True)
def test_canary(caplog):
    """Once sealed, no row, index, backup, session, export, file, name or log should know them."""
    cast = everyone.people()
    filing = known(cast)
    before = traces(exports(cast))
    assert places(before) >= {"table", "file", "log"}
    assert places(before) & {"raw", "pg_dump"}
    assert {one.rsplit(": ", 1)[1] for one in before} >= {"Hoàng Yến", "Chinh Nghĩa", "Mùi Chài"}
    handled(cast, filing)
    assert traces(caplog.text + exports(cast)) == []


@pytest.fixture
def on_disk(tmp_path: Path, transactional_db: None) -> Iterator[Path]:
    """The database in a file with the product's own settings, as in a real installation."""
    if connection.vendor != "sqlite":
        pytest.skip("a file of SQLite")
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    path = tmp_path / "db" / "tiepdan.sqlite3"
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as copy:
        memory.backup(copy)
    connection.settings_dict["NAME"] = str(path)
    connection.connect()
    yield path
    connection.close()
    connection.settings_dict["NAME"], connection.connection = name, memory


def test_canary_in_the_raw_file(on_disk):
    """The moment it is sealed, neither the file nor its write-ahead log should hold a word."""
    cast = everyone.people()
    filing = known(cast)
    before = traces()
    assert {one.split()[1].rstrip(":") for one in before if one.startswith("raw")} & {
        "tiepdan.sqlite3-wal", "tiepdan.sqlite3",
    }  # fmt: skip
    sealed(cast, filing)
    assert traces() == []


def test_emptying_the_log_waits_for_nobody(on_disk):
    """While somebody reads it should give up soon and leave the patience of all.

    Five minutes later it is tried again, and the log is empty.
    """
    duty = next(one for one in DUTIES if one.run is search_index.empty_log)
    again = Round([duty])
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()
    with closing(sqlite3.connect(on_disk, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM matters_filing").fetchone()
        everyone.people()
        with CaptureQueriesContext(connection) as asked:
            assert again.run_due(0) == [duty.name]
        said = [one["sql"] for one in asked.captured_queries]
        limit = said.index("PRAGMA wal_checkpoint(TRUNCATE)") - 1
        assert said[limit] == f"PRAGMA busy_timeout = {search_index.PATIENCE_MS}"
        reader.execute("ROLLBACK")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == before
    assert on_disk.with_name(f"{on_disk.name}-wal").stat().st_size > 0
    assert again.run_due(5 * 60) == [duty.name]
    assert on_disk.with_name(f"{on_disk.name}-wal").stat().st_size == 0


@pytest.mark.office
@pytest.mark.django_db(transaction=True)
def test_canary_in_papers():
    """Of Word and PDF files, each part, stream and property should forget, and new ones be free."""
    cast = everyone.people()
    filing = known(cast)
    for document in to_render():
        render_document.call(str(document.pk))
    seen = {place.split(": ")[0] for place in traces() if place.startswith("file documents/")}
    assert {place.rpartition(".")[2] for place in seen if "attachments" not in place} == {
        "docx", "pdf",
    }  # fmt: skip
    assert {place.rpartition(".")[2] for place in seen if "attachments" in place} == {"docx"}
    handled(cast, filing)
    for document in to_render():
        render_document.call(str(document.pk))
    assert any(path.suffix == ".pdf" for path in Path(live.DOCUMENTS_DIR).rglob("*"))
    assert traces() == []


def _pdf(where: str) -> bytes:
    """A PDF that holds the name in a compressed stream, its properties, or an object stream."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    if where == "stream":
        stream = DecodedStreamObject()
        stream.set_data(CANARY.full_name.encode())
        page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    elif where == "properties":
        writer.add_metadata({"/Author": CANARY.full_name})
    else:
        page[NameObject("/Note")] = TextStringObject(CANARY.full_name)
    content = BytesIO()
    writer.write(content)
    return content.getvalue()


def _zip(name: str, text: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        CANARY.full_name.encode(),
        CANARY.full_name.upper().encode("utf-16-be"),
        _pdf("stream"),
        _pdf("properties"),
        _pdf("object"),
        _zip("docProps/core.xml", CANARY.full_name.encode()),
        _zip(f"{CANARY.full_name}.txt", b""),
        _zip("inner.zip", _zip("a.pdf", _pdf("stream"))),
    ],
    ids=["text", "utf-16", "stream", "properties", "object", "part", "member", "nested"],
)
@pytest.mark.django_db
def test_canary_sees_into_files(tmp_path, content):
    """A name planted anywhere in a file should be found."""
    (tmp_path / "x").write_bytes(content)
    assert traces(of=["Hoàng Yến"]) == ["file x: Hoàng Yến"]


@pytest.mark.django_db
def test_canary_sees_sessions_names_and_the_log(tmp_path):
    """A name planted in a session, the name of a file or the log should be found."""
    session = SessionStore()
    session["typed"] = CANARY.full_name
    session.save()
    (tmp_path / f"{CANARY.full_name}.pdf").write_bytes(b"")
    found = traces(f"refused {CANARY.full_name}", of=["Hoàng Yến"])
    assert places(found) >= {"session", "name", "log"}
