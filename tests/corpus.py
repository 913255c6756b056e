"""Bad input, for every place where something comes in.

`TEXTS` go into fields, `BODIES` are whole requests, `FILES` are handed in. `faults_of` says what an
answer shows that it must not; `live_formulas` what an exported workbook would reckon.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import openpyxl

from tests.matters import scans

PRODUCT = 735_134_211 * 7_001
"""What a template would make of the braces: too long to stand in a key by chance."""

TEXTS = {
    "tower": "Ng" + "\u0301" * 3000 + "uyễn",
    "turned": "An \u202egnp.exe \u2066x",
    "nul": "An\0Bình",
    "controls": "An\x1b[31m\x07\x0b\x85\ufffe\uffff",
    "invisible": "\u200b\u200d\ufeff\u00ad",
    "blank": " \u3000\t\n ",
    "page": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'></textarea>",
    "quotes": "\" onfocus=alert(1) autofocus x='",
    "template": "{{735134211*7001}} {% load x %} {#x#} ${735134211*7001} #{735134211*7001}"
    " {{ request }}",
    "word template": "{%p for x in y %}{{r x}}{%tr endfor %}",
    "formula": "=cmd|' /C calc'!A0",
    "formula plus": "+1+1",
    "formula minus": "-2+3+cmd|' /C calc'!A0",
    "formula at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula tab": "\t=1+1",
    "database": "'; DROP TABLE matters_filing; --",
    "path": "../../../../etc/passwd",
    "header": "An\r\nSet-Cookie: x=1\r\n\r\n<html>",
    "number": "9" * 400,
    "other digits": "１２３٤٥",
    "no number": "NaN",
    "exponent": "1e999",
    "negative": "-1",
    "day": "31/02/2026",
    "long": "A" * 100_000,
    "letters of the world": "𝕬𝖓 العربية עברית 漢字 👩‍👩‍👧‍👧 ﷽",
    "percent": "%s %(x)s %n {x} {0} {0.__class__}",
}

BODIES = {
    "surrogates": b"code=%ED%A0%80&digits=%ED%A0%80",
    "no text at all": bytes(range(256)),
    "broken escapes": b"code=%&digits=%G1%",
    "many fields": b"&".join(b"a%d=1" % number for number in range(1500)),
    "ten megabytes": b"code=" + b"A" * 10 * 1024 * 1024,
}


@dataclass(frozen=True)
class BadFile:
    """A file and what becomes of it: the kind it is kept as, or nothing."""

    name: str
    content: bytes
    kept_as: str = ""


FILES = {
    "page": BadFile("a.pdf", b"<html><script>alert(1)</script>"),
    "drawing with script": BadFile("a.png", b"<svg onload=alert(1)>"),
    "program": BadFile("a.pdf", b"MZ\x90\0" * 64),
    "empty": BadFile("a.pdf", b""),
    "jpeg and page": BadFile("a.jpg", scans.jpeg(), "jpg"),
    "png and more": BadFile("a.png", scans.png(), "png"),
    "pdf and zip": BadFile("a.pdf", scans.PDF + scans.docx()),
    "pdf and page": BadFile("a.pdf", scans.PDF + b"<script>alert(1)</script>"),
    "zip bomb": BadFile("a.docx", scans.zip_bomb(201)),
    "pixel bomb": BadFile("a.png", scans.pixel_bomb()),
    "macros": BadFile("a.docx", scans.docx(word__vbaProject_bin=b"x")),
    "other zip": BadFile("a.docx", scans.archive({"a": "b"})),
    "half a picture": BadFile("a.jpg", scans.jpeg()[:300]),
    "name that leads elsewhere": BadFile("../../../x.pdf", scans.PDF, "pdf"),
    "name that turns": BadFile("a\u202efdp.exe", scans.PDF, "pdf"),
    "name that is a page": BadFile("<script>alert(1)</script>.pdf", scans.PDF, "pdf"),
    "long name": BadFile("a" * 250 + ".pdf", scans.PDF, "pdf"),
}


def faults_of(response: Any) -> list[str]:
    """What an answer shows that it must not; empty when it is well."""
    if response.status_code >= 500:
        return [f"status {response.status_code}"]
    if "html" not in response.get("Content-Type", ""):
        return []
    body = response.content.decode()
    marks = ["<script>alert", "<img src=x", 'focus=alert(1) autofocus x="', str(PRODUCT), "\u202e"]
    found = [mark for mark in marks if mark in body]
    return found + (["a header of the sender's"] if "x" in response.cookies else [])


def live_formulas(content: bytes) -> list[str]:
    """Cells of a workbook that a spreadsheet would reckon."""
    book = openpyxl.load_workbook(BytesIO(content))
    return [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
