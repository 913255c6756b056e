"""Pages of a paper as pictures that a weak line can bear: for looking at, never the original.

PDF is drawn by poppler, a Word file goes through LibreOffice first. What was handed in may be
hostile, so these programs get little time and memory. Never call this inside a transaction.
"""

import subprocess
import tempfile
from collections.abc import Callable
from contextlib import nullcontext, suppress
from io import BytesIO
from pathlib import Path

from PIL import Image

from tiepdan.documents import office

WIDTH, HEAVIEST = 1240, 150_000
"""Pixels across (A4 at 150 dots an inch) and bytes of a page at most: 4 s at 300 kbit/s."""

LIGHT_WIDTH, LIGHT_HEAVIEST = 900, 50_000
"""The same of the grey page for a weak line: 1.3 s at 300 kbit/s."""

TALLEST = 3
"""Height over width; what is longer (a chat as one picture) is shown narrower."""

MOST_PAGES = 300
_SECONDS, _MEMORY = 20, 1 << 30
_QUALITY, _COARSER, _COARSEST = 75, 45, 20
_COUNT = "pages"


class UnreadableError(RuntimeError):
    """The paper cannot be drawn: broken, encrypted, or too much for the programs' limits."""


def draw(source: Path, kind: str, folder: Path, *, ready: Callable[[int], None]) -> None:
    """Draw every page of the paper into `folder`; pages that are there already are left.

    `ready` is told the number of pages as soon as the first can be looked at. Raises
    UnreadableError when that cannot be; a broken page further on is left out.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix="tiepdan-pages-") as scratch:
        pdf = _as_pdf(source, kind, Path(scratch))
        count = 1 if pdf is None else min(_count(pdf), MOST_PAGES)
        for number in range(1, count + 1):
            with suppress(UnreadableError) if number > 1 else nullcontext():
                _page(source, pdf, number, folder, Path(scratch))
            if number == 1:
                _write(folder / _COUNT, str(count).encode())
                ready(count)


def page_file(folder: Path, number: int, *, light: bool) -> Path:
    """Where a page lies; the light one is grey and smaller."""
    return folder / f"{number:04}{'-light' if light else ''}.webp"


def pages_ready(folder: Path) -> int | None:
    """How many pages the paper has, once its first can be looked at."""
    try:
        return int((folder / _COUNT).read_text())
    except (FileNotFoundError, ValueError):
        return None


def _page(source: Path, pdf: Path | None, number: int, folder: Path, scratch: Path) -> None:
    if not page_file(folder, number, light=True).exists():
        picture = _picture(source) if pdf is None else _drawn(pdf, number, scratch)
        _keep(picture, folder, number)


def _as_pdf(source: Path, kind: str, scratch: Path) -> Path | None:
    """The paper as PDF; None for a photograph."""
    if kind == "pdf":
        return source
    if kind != "docx":
        return None
    made = scratch / "paper.pdf"
    try:
        made.write_bytes(office.to_pdf(source.read_bytes()))
    except office.ConversionError as error:
        raise UnreadableError(str(error)) from error
    return made


def _count(pdf: Path) -> int:
    said = _run(["pdfinfo", str(pdf)]).decode(errors="replace")
    for line in said.splitlines():
        name, _, value = line.partition(":")
        if name == "Pages" and value.strip().isdecimal() and int(value) > 0:
            return int(value)
    raise UnreadableError("no pages")


def _drawn(pdf: Path, number: int, scratch: Path) -> Image.Image:
    target = scratch / "page"
    one = ["-f", str(number), "-l", str(number), "-singlefile", "-cropbox"]
    size = ["-scale-to-x", str(WIDTH), "-scale-to-y", "-1"]
    _run(["pdftoppm", *one, *size, str(pdf), str(target)])
    return _picture(target.with_suffix(".ppm"))


def _picture(source: Path) -> Image.Image:
    """The picture as one sees it on white paper, not wider than a page."""
    try:
        with Image.open(source) as found:
            found.draft("RGB", (WIDTH, WIDTH * TALLEST))
            found.load()
            seen = found.convert("RGBA") if found.has_transparency_data else found.convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableError(str(error)) from error
    if seen.mode == "RGBA":
        seen = Image.alpha_composite(Image.new("RGBA", seen.size, "white"), seen).convert("RGB")
    return _narrowed(seen, WIDTH)


def _narrowed(picture: Image.Image, width: int) -> Image.Image:
    wide = min(picture.width, width, max(1, width * TALLEST * picture.width // picture.height))
    if wide == picture.width:
        return picture
    high = max(1, picture.height * wide // picture.width)
    return picture.resize((wide, high), Image.Resampling.LANCZOS)


def _keep(picture: Image.Image, folder: Path, number: int) -> None:
    full = _fitting(picture, HEAVIEST)
    light = _fitting(_narrowed(picture, LIGHT_WIDTH).convert("L"), LIGHT_HEAVIEST)
    _write(page_file(folder, number, light=False), full)
    _write(page_file(folder, number, light=True), light)


def _fitting(picture: Image.Image, heaviest: int) -> bytes:
    """A WebP of at most so many bytes; coarser first, then narrower (grain of a scan is heavy)."""
    content = _webp(picture, _QUALITY)
    if len(content) > heaviest:
        content = _webp(picture, _COARSER if len(content) < 2 * heaviest else _COARSEST)
    if len(content) <= heaviest:
        return content
    return _fitting(_narrowed(picture, picture.width * 3 // 4), heaviest)


def _webp(picture: Image.Image, quality: int) -> bytes:
    content = BytesIO()
    picture.save(content, "WEBP", quality=quality, method=2)
    return content.getvalue()


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all: who asks meanwhile gets no half page."""
    draft = path.with_name(f".{path.name}")
    draft.write_bytes(content)
    draft.replace(path)


def _run(command: list[str]) -> bytes:
    limits = ["nice", "-n", "10", "prlimit", f"--cpu={_SECONDS}", f"--as={_MEMORY}"]
    try:
        done = subprocess.run(
            [*limits, *command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=2 * _SECONDS,
            env={"LC_ALL": "C", "PATH": "/usr/local/bin:/usr/bin:/bin"},
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreadableError(f"{command[0]}: {error}") from error
    return done.stdout
