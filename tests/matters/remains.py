"""Everything the product keeps, opened to the last stream: where a name could have stayed.

The database by rows, as its own dump (`pg_dump`) or raw pages with the write-ahead log, its search
index; every file with its name, Word and Excel files by their parts, PDF files by their objects,
each stream decompressed, and by the words a reader sees.
"""

import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection
from pypdf import PdfReader
from pypdf.generic import StreamObject


def left_of(words: Iterable[str], *, folder: Path, log: str = "") -> list[str]:
    """Each of the words with the place where it still is; letters' case and spaces are the same."""
    wanted = {word: _plain(word) for word in words}
    found = []
    for place, text in [*database(), *files(folder), ("log", log)]:
        plain = _plain(text)
        found += [f"{place}: {word}" for word, sought in wanted.items() if sought in plain]
    return found


def database() -> Iterator[tuple[str, str]]:
    """Every row of every table, what sessions hold, the index, and the database as one file."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            yield f"table {table}", "\n".join(str(row) for row in cursor.fetchall())
    for session in Session.objects.all():
        yield "session", str(session.get_decoded())
    if connection.vendor == "sqlite":
        yield "index", "\n".join(_index_words())
        yield from _raw_sqlite()
    else:
        yield "pg_dump", _dump()


def _index_words() -> list[str]:
    """What the full-text index has in its own pages."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE temp.indexed USING fts5vocab(main, matters_searchindex, row)"
        )
        cursor.execute("SELECT term FROM temp.indexed")
        words = [term for (term,) in cursor.fetchall()]
        cursor.execute("DROP TABLE temp.indexed")
    return words


def _raw_sqlite() -> Iterator[tuple[str, str]]:
    """The pages as they lie in memory or on the disk, free ones and the log of changes too."""
    name = str(connection.settings_dict["NAME"])
    if connection.is_in_memory_db():
        yield "raw pages", _loose(connection.connection.serialize())
        return
    for path in Path(name).parent.glob(f"{Path(name).name}*"):
        yield f"raw {path.name}", _loose(path.read_bytes())


def _dump() -> str:
    """What a backup of PostgreSQL holds."""
    told = connection.settings_dict
    command = ["pg_dump", "-h", str(told["HOST"]), "-U", str(told["USER"]), str(told["NAME"])]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def files(folder: Path) -> Iterator[tuple[str, str]]:
    """Every file below the folder, by its path, with everything in it."""
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder))
        yield f"name {name}", name
        if path.is_file():
            yield f"file {name}", "\n".join(opened(path.read_bytes()))


def opened(content: bytes) -> Iterator[str]:
    """The content, and what is packed in it, as text."""
    yield _loose(content)
    if content.startswith(b"%PDF"):
        yield from _pdf(content)
    elif zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield from opened(archive.read(name))


def _pdf(content: bytes) -> Iterator[str]:
    """Each object, in an object stream or not, each stream without its filter, and the text."""
    reader = PdfReader(BytesIO(content))
    yield str(reader.metadata)
    for number in range(1, int(reader.trailer["/Size"])):
        found = reader.get_object(number)
        yield str(found)
        if isinstance(found, StreamObject):
            yield _loose(found.get_data())
    for page in reader.pages:
        yield page.extract_text()


def _loose(content: bytes) -> str:
    """Bytes as text, in the two ways in which names are written."""
    return content.decode("utf-8", "ignore") + content.decode("utf-16-be", "ignore")


def _plain(text: str) -> str:
    r"""Composed, in small letters, single spaces; `\uXXXX` of JSON columns as letters."""
    letters = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return " ".join(unicodedata.normalize("NFC", letters).casefold().split())
