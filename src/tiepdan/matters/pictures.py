"""Photographs are drawn anew, so that nothing comes along but what one sees.

What a camera wrote about its owner (a citizen's safety may hang on it) and what hides behind or
inside the file stays outside: only the points of the first picture are kept, upright. A
picture is decoded to memory whole, one at a time in each process.
"""

import warnings
from threading import Lock
from typing import IO

from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from tiepdan.documents.containers import BrokenFileError, UnsafeFileError
from tiepdan.matters.file_kinds import FileKind

register_heif_opener(thumbnails=False)
JPEG_QUALITY = 90
"""Small print of a photographed paper stays as readable as it was."""

_FORMATS = {FileKind.JPEG: "JPEG", FileKind.PNG: "PNG", FileKind.HEIC: "HEIF"}
_MILLION = 1_000_000
_PLAIN_MODES = {FileKind.JPEG: {"RGB", "L"}, FileKind.PNG: {"RGB", "RGBA", "L", "LA", "1"}}
_one_at_a_time = Lock()


def redraw(source: IO[bytes], kind: FileKind, target: IO[bytes], megapixels: int) -> None:
    """Write the picture anew as `kind.kept_as`.

    Raises UnsafeFileError for more than `megapixels` million points, before any is decoded, and
    BrokenFileError for what cannot be decoded to its end.
    """
    with _one_at_a_time:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of tables we drop anyway
                _redraw(source, kind, target, megapixels)
        except UnsafeFileError:
            raise
        except Image.DecompressionBombError:
            raise UnsafeFileError("pixels") from None
        except Exception as fault:  # decoders of hostile files raise nearly anything
            raise BrokenFileError("the picture cannot be decoded") from fault


def _redraw(source: IO[bytes], kind: FileKind, target: IO[bytes], megapixels: int) -> None:
    Image.MAX_IMAGE_PIXELS = megapixels * _MILLION
    source.seek(0)
    with Image.open(source, formats=[_FORMATS[kind]]) as picture:
        if picture.width * picture.height > megapixels * _MILLION:
            raise UnsafeFileError("pixels")
        picture.load()
        upright = _plain(ImageOps.exif_transpose(picture), kind.kept_as)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    if kind.kept_as == FileKind.PNG:
        bare.save(target, "PNG")
    else:
        bare.save(target, "JPEG", quality=JPEG_QUALITY, optimize=True)


def _plain(picture: Image.Image, kept_as: FileKind) -> Image.Image:
    """In a mode that every viewer draws alike."""
    if picture.mode.startswith("I"):  # sixteen bits a point
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in _PLAIN_MODES[kept_as]:
        return picture
    clear = kept_as == FileKind.PNG and picture.has_transparency_data
    return picture.convert("RGBA" if clear else "RGB")
