"""Photographs drawn anew: nothing comes along but what one sees."""

import io

import pytest
from PIL import Image

from tests.matters import scans
from tiepdan.documents.containers import BrokenFileError, UnsafeFileError
from tiepdan.matters.file_kinds import FileKind
from tiepdan.matters.pictures import redraw

WHOLE = {FileKind.JPEG: scans.jpeg, FileKind.PNG: scans.png, FileKind.HEIC: scans.heic}


def drawn(content, kind, megapixels=50):
    """The picture as it is kept."""
    target = io.BytesIO()
    redraw(io.BytesIO(content), kind, target, megapixels)
    return target.getvalue()


def corners(content):
    """The colours at the top left and the bottom right, and the size."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    width, height = picture.size
    return [
        "".join("x" if part > 150 else "." for part in picture.getpixel(at))
        for at in [(4, 4), (width - 5, height - 5)]
    ], (width, height)


@pytest.mark.parametrize("kind", WHOLE)
def test_nothing_but_the_picture_is_kept(kind):
    """EXIF, comments, profiles and what follows the end should go; the picture should stay."""
    kept = drawn(WHOLE[kind](), kind)
    assert scans.PLACE not in kept
    assert b"Exif" not in kept
    assert b"<script" not in kept
    assert corners(kept) == (["x..", "..x"], (64, 32))
    assert Image.open(io.BytesIO(kept)).format == ("PNG" if kind == FileKind.PNG else "JPEG")


@pytest.mark.parametrize(
    ("orientation", "seen"),
    [
        (3, (["..x", "x.."], (64, 32))),
        (6, (["xxx", "xxx"], (32, 64))),
        (8, (["xxx", "xxx"], (32, 64))),
    ],
)
@pytest.mark.parametrize("kind", [FileKind.JPEG])
def test_photograph_is_turned_upright(kind, orientation, seen):
    """How the telephone was held should be done to the points, not left to the viewer."""
    assert corners(drawn(WHOLE[kind](orientation), kind)) == seen


@pytest.mark.parametrize("kind", WHOLE)
@pytest.mark.parametrize("part", [0.1, 0.4, 0.6])
def test_cut_picture_is_broken(kind, part):
    """A picture cut before its end should be refused, never kept half."""
    whole = WHOLE[kind]()
    with pytest.raises(BrokenFileError):
        drawn(whole[: int(len(whole) * part)], kind)


def test_pixel_bomb_is_refused_before_it_is_drawn():
    """A few kilobytes that would draw 900 million points should be refused by their head."""
    with pytest.raises(UnsafeFileError, match="pixels"):
        drawn(scans.pixel_bomb(), FileKind.PNG)


def test_limit_of_points_is_exact():
    """A million points should pass where a million are allowed, one row more should not."""
    for rows, passes in [(1000, True), (1001, False)]:
        file = io.BytesIO()
        Image.new("L", (1000, rows)).save(file, "PNG")
        if passes:
            assert drawn(file.getvalue(), FileKind.PNG, 1)
        else:
            with pytest.raises(UnsafeFileError):
                drawn(file.getvalue(), FileKind.PNG, 1)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_points_is_kept(mode):
    """Scanners write black and white, grey, sixteen bits: white paper should stay white."""
    file = io.BytesIO()
    white = Image.new("I;16", (8, 8), 65535) if mode == "I;16" else None
    (white or Image.new("RGB", (8, 8), "white").convert(mode)).save(file, "PNG")
    kept = Image.open(io.BytesIO(drawn(file.getvalue(), FileKind.PNG)))
    assert kept.convert("L").getextrema() == (255, 255)


def test_printers_colours_become_those_of_screens():
    """A CMYK photograph should be kept as one every browser can show."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "white").convert("CMYK").save(file, "JPEG")
    kept = Image.open(io.BytesIO(drawn(file.getvalue(), FileKind.JPEG)))
    assert kept.mode == "RGB"
    assert min(low for low, _high in kept.getextrema()) > 250


def test_other_kinds_of_pictures_are_not_even_tried():
    """A TIFF that calls itself JPEG should reach no other decoder."""
    file = io.BytesIO()
    scans.quarters().save(file, "TIFF")
    with pytest.raises(BrokenFileError):
        drawn(file.getvalue(), FileKind.JPEG)
