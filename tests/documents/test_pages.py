"""Pages of papers as pictures: readable, light, and never more than a hostile file deserves."""

import io
from pathlib import Path

import docx
import pytest
from PIL import Image, ImageDraw

from tests.matters import scans
from tiepdan.documents import pages
from tiepdan.matters.file_kinds import FileKind
from tiepdan.matters.pictures import redraw

A4 = (1654, 2339)
"""Pixels of a sheet scanned at 200 dots an inch."""


def sheet(number: int) -> Image.Image:
    """A scanned sheet: a dark bar as high as its number says, and grain as scanners leave it."""
    page = Image.effect_noise(A4, 8).convert("RGB").point(lambda value: min(255, value + 110))
    ImageDraw.Draw(page).rectangle((200, 200, 400, 200 + 100 * number), fill="black")
    return page


def scanned(count: int) -> bytes:
    """So many sheets in one PDF."""
    file, sheets = io.BytesIO(), [sheet(number) for number in range(1, count + 1)]
    sheets[0].save(file, "PDF", save_all=True, append_images=sheets[1:], resolution=200)
    return file.getvalue()


def drawn(content: bytes, kind: str, folder: Path) -> list[int]:
    """Draw a paper; what `ready` was told."""
    told: list[int] = []
    source = folder / f"paper.{kind}"
    source.write_bytes(content)
    pages.draw(source, kind, folder / "pages", ready=told.append)
    return told


def look(folder: Path, number: int, *, light: bool = False) -> Image.Image:
    """A page that was drawn."""
    with Image.open(pages.page_file(folder / "pages", number, light=light)) as page:
        page.load()
        return page


def test_every_page_of_a_scan(tmp_path: Path) -> None:
    """Each page should be a picture of its own, wide enough to read, not too heavy to send."""
    assert pages.pages_ready(tmp_path / "pages") is None
    assert drawn(scanned(3), "pdf", tmp_path) == [3]
    assert pages.pages_ready(tmp_path / "pages") == 3
    for number in (1, 2, 3):
        full, light = look(tmp_path, number), look(tmp_path, number, light=True)
        assert full.width == pages.WIDTH
        assert full.format == light.format == "WEBP"
        assert light.width <= pages.LIGHT_WIDTH
        assert light.convert("RGB").getpixel((5, 5))[0] == light.convert("RGB").getpixel((5, 5))[1]
        lower = 200 + 100 * number
        at = full.width / A4[0]
        inside, below = (
            (int(300 * at), int((lower - 40) * at)),
            (int(300 * at), int((lower + 40) * at)),
        )
        grey = full.convert("L")
        assert grey.getpixel(inside) < 60
        assert grey.getpixel(below) > 120
    for file in (tmp_path / "pages").glob("*.webp"):
        most = pages.LIGHT_HEAVIEST if "light" in file.name else pages.HEAVIEST
        assert file.stat().st_size <= most


def test_what_a_telephone_took(tmp_path: Path) -> None:
    """An iPhone's photograph should be one upright page, as it is kept."""
    kept = io.BytesIO()
    redraw(io.BytesIO(scans.heic(6)), FileKind.HEIC, kept, 50)
    assert drawn(kept.getvalue(), FileKind.HEIC.kept_as, tmp_path) == [1]
    page = look(tmp_path, 1).convert("RGB")
    assert page.width < page.height  # taken lying, held upright
    red, _, blue = page.getpixel((page.width - 3, 3))
    assert red > 200
    assert blue < 100


def test_a_clear_picture_stands_on_white(tmp_path: Path) -> None:
    """What is see-through in a PNG should be white paper."""
    file = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(file, "PNG")
    drawn(file.getvalue(), "png", tmp_path)
    assert min(look(tmp_path, 1).convert("RGB").getpixel((20, 20))) > 250


def test_a_word_file(tmp_path: Path) -> None:
    """A Word file should come as pages, too."""
    written, file = docx.Document(), io.BytesIO()
    written.add_paragraph("Đơn kiến nghị")
    written.save(file)
    assert drawn(file.getvalue(), "docx", tmp_path) == [1]
    darkest = look(tmp_path, 1).convert("L").getextrema()[0]
    assert darkest < 80  # its words are on it


def test_a_second_drawing_leaves_what_is_there(tmp_path: Path) -> None:
    """A job that is run again should go on where it was broken off."""
    content = scanned(2)
    drawn(content, "pdf", tmp_path)
    first, second = (pages.page_file(tmp_path / "pages", n, light=True) for n in (1, 2))
    second.unlink()
    before = first.stat().st_mtime_ns
    assert drawn(content, "pdf", tmp_path) == [2]
    assert first.stat().st_mtime_ns == before
    assert second.exists()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4\nnothing of a PDF follows", "pdf"),
        (b"\xff\xd8\xff but no photograph", "jpg"),
        (b"PK\3\4 but no Word file", "docx"),
        (scans.PDF.replace(b"/Count 1", b"/Count 0").replace(b"3 0 R]", b"]"), "pdf"),
    ],
)
def test_what_cannot_be_read(content: bytes, kind: str, tmp_path: Path) -> None:
    """A broken paper should say so and leave no page behind."""
    with pytest.raises(pages.UnreadableError):
        drawn(content, kind, tmp_path)
    assert pages.pages_ready(tmp_path / "pages") is None


def test_a_very_long_picture(tmp_path: Path) -> None:
    """A chat as one long picture should be narrower, not a wall of points."""
    file = io.BytesIO()
    Image.new("L", (1000, 9000), "white").save(file, "PNG")
    drawn(file.getvalue(), "png", tmp_path)
    page = look(tmp_path, 1)
    assert page.height <= pages.WIDTH * pages.TALLEST
    assert abs(page.height / page.width - 9) < 0.1
