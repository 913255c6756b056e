"""Kiểm tra một gói bằng chứng ghi hình · Verify an evidence package of a recording.

    python3 -I verify.py                      whole? (the folder in which this file lies)
    python3 -I verify.py --key FINGERPRINT    whole, and signed by the key you know?
    python3 -I verify.py FOLDER               another folder

One file, Python 3.8 or newer, nothing but the standard library, no network. Exit code 0: whole,
1: broken (each fault is one line with file and place), 2: wrong command line.

What is checked, in this order:
1. `manifest.sig` is an Ed25519 signature (RFC 8032) over the exact bytes of `manifest.json`;
2. the key is the one you name: its fingerprint is the SHA-256 of its 32 bytes. Get it from the
   authority by another way than this folder. Without it nothing proves who signed;
3. the folder holds the files that the manifest lists, and no other (this script and the two files
   of the manifest excepted), each with its size and SHA-256;
4. `journal.jsonl`, written while the recording ran: each line carries the hash of the line before
   it, and the hash of one stretch of an original. The stretches cover every original, end to end.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterator  # noqa: TC003 - plain to read
from pathlib import Path
from typing import Any, NamedTuple

MANIFEST, SIGNATURE, SCRIPT = "manifest.json", "manifest.sig", "verify.py"
FORMAT = "tiepdan-evidence/1"
CHUNK = 1 << 20
GENESIS = "0" * 64

# ---- Ed25519 (RFC 8032, section 5.1): verification only ------------------------------------------
# Nothing here is secret, so nothing has to take constant time.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
KEY_SIZE, SIGNATURE_SIZE, FINGERPRINT_DIGITS = 32, 64, 64


class Point(NamedTuple):
    """A point of the curve: its coordinates are x/z and y/z, and t = x * y / z."""

    x: int
    y: int
    z: int
    t: int


NEUTRAL = Point(0, 1, 1, 0)


def x_of(y: int, sign: int) -> int | None:
    """The x of the curve's point with that y and that lowest bit of x; None if there is none."""
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def decode_point(data: bytes) -> Point | None:
    """The point that 32 bytes stand for; None when they stand for none, or not in the one form."""
    number = int.from_bytes(data, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= P:
        return None
    x = x_of(y, sign)
    return None if x is None else Point(x, y, 1, x * y % P)


def encode_point(point: Point) -> bytes:
    """The 32 bytes of a point."""
    inverse = pow(point.z, P - 2, P)
    x, y = point.x * inverse % P, point.y * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def add(one: Point, other: Point) -> Point:
    """The sum of two points."""
    a = (one.y - one.x) * (other.y - other.x) % P
    b = (one.y + one.x) * (other.y + other.x) % P
    c = 2 * one.t * other.t * D % P
    d = 2 * one.z * other.z % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return Point(e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(factor: int, point: Point) -> Point:
    """`factor` times the point."""
    result = NEUTRAL
    while factor:
        if factor & 1:
            result = add(result, point)
        point = add(point, point)
        factor >>= 1
    return result


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = x_of(_BASE_Y, 0) or 0
BASE = Point(_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is the key's over `message`.

    Stricter than RFC 8032 asks: no second form of a key or signature, and no key of small order,
    for which one signature fits many messages.
    """
    if len(public_key) != KEY_SIZE or len(signature) != SIGNATURE_SIZE:
        return False
    key, scalar = decode_point(public_key), int.from_bytes(signature[32:], "little")
    if key is None or scalar >= ORDER or encode_point(multiply(8, key)) == encode_point(NEUTRAL):
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    minus_key = Point(P - key.x, key.y, 1, P - key.t)
    found = add(multiply(scalar, BASE), multiply(challenge, minus_key))
    return encode_point(found) == signature[:32]


# ---- The folder ------------------------------------------------------------------------------


class Part(NamedTuple):
    """A stretch of a file, bytes [begin, end), with its SHA-256 and what is known about it."""

    begin: int
    end: int
    sha256: str
    note: str = ""


class Broken(Exception):  # noqa: N818 - it is a finding, not an accident
    """The package is not what was signed: file and place, in Vietnamese and English."""

    def __init__(self, place: str, vietnamese: str, english: str) -> None:
        super().__init__(f"{place}: {vietnamese} / {english}")


def no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys are all different: else two readers could see two contents."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def parse(text: bytes, place: str) -> dict[str, Any]:
    """One JSON object; raises Broken."""
    try:
        found = json.loads(text.decode("utf-8"), object_pairs_hook=no_duplicates)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Broken(place, "không phải JSON hợp lệ", "not valid JSON")
    return found


def open_plain(folder: Path, name: str) -> Any:
    """A file of the folder for reading; never through a link. Raises Broken."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    path = folder.joinpath(*name.split("/"))
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise Broken(name, "không phải tệp thường", "not a plain file")
        return os.fdopen(os.open(path, flags), "rb")
    except FileNotFoundError:
        raise Broken(name, "THIẾU tệp", "file MISSING") from None
    except OSError as error:
        raise Broken(name, f"không đọc được ({error})", "cannot be read") from None


def walk(folder: Path, below: str = "") -> Iterator[str]:
    """Names of everything in the folder but folders themselves; links are names, not followed."""
    for entry in sorted(os.scandir(folder / below), key=lambda one: one.name):
        name = f"{below}/{entry.name}" if below else entry.name
        if entry.is_dir(follow_symlinks=False):
            inside = list(walk(folder, name))
            yield from inside or [name + "/"]
        else:
            yield name


def is_safe(name: Any) -> bool:
    """Whether a listed name stays inside the folder on every system."""
    return isinstance(name, str) and all(
        part not in ("", ".", "..") and not set(part) & set('\\:*?"<>|') and part.isprintable()
        for part in name.split("/")
    )


# ---- The four checks ---------------------------------------------------------------------------


def check_signature(folder: Path) -> tuple[dict[str, Any], str]:
    """Check 1: the manifest and the fingerprint of the key that signed it; raises Broken."""
    with open_plain(folder, MANIFEST) as file, open_plain(folder, SIGNATURE) as signed:
        text, signature = file.read(), signed.read()
    manifest = parse(text, MANIFEST)
    signer = manifest.get("signer")
    try:
        public_key = bytes.fromhex(signer["public_key"] if isinstance(signer, dict) else "")
    except (KeyError, TypeError, ValueError):
        public_key = b""
    if not is_signed(public_key, text, signature):
        raise Broken(
            f"{MANIFEST}, {SIGNATURE}",
            "chữ ký không khớp: một trong hai tệp đã bị thay đổi",
            "the signature does not fit: one of the two files was changed",
        )
    if manifest.get("format") != FORMAT:
        raise Broken(MANIFEST, "định dạng lạ, cần bản verify.py mới hơn", "unknown format")
    return manifest, hashlib.sha256(public_key).hexdigest()


def check_names(folder: Path, manifest: dict[str, Any]) -> Iterator[Broken]:
    """Check 3, names: nothing unsafe, nothing listed twice, nothing extra."""
    listed = [entry.get("path") for entry in manifest["files"]]
    for name in listed:
        if not is_safe(name) or listed.count(name) > 1 or name in (MANIFEST, SIGNATURE, SCRIPT):
            yield Broken(MANIFEST, f"tên tệp không hợp lệ: {name!r}", "bad file name")
    allowed = {MANIFEST, SIGNATURE, SCRIPT, *map(str, listed)}
    for name in walk(folder):
        if name not in allowed:
            yield Broken(name, "THỪA: không có trong danh mục đã ký", "EXTRA: not in the manifest")


def check_file(folder: Path, entry: dict[str, Any], parts: list[Part]) -> Iterator[Broken]:
    """Check 3 for one file, read once; `parts` say which stretch differs when it does."""
    name, size, whole = entry["path"], 0, hashlib.sha256()
    wrong = []
    try:
        with open_plain(folder, name) as file:
            for part in parts:
                piece = hashlib.sha256()
                for block in blocks(file, part.end - part.begin):
                    piece.update(block)
                    whole.update(block)
                    size += len(block)
                if piece.hexdigest() != part.sha256:
                    wrong.append(part)
            for block in blocks(file, sys.maxsize):
                whole.update(block)
                size += len(block)
    except Broken as broken:
        yield broken
        return
    if size != entry["size"]:
        verb, word = ("BỊ CẮT", "CUT") if size < entry["size"] else ("DÀI THÊM", "LONGER")
        numbers = f"{size} byte thay vì {entry['size']}"
        yield Broken(name, f"{verb}: {numbers}", f"{word}: {size} bytes, not {entry['size']}")
    for part in wrong:
        if part.begin < size:
            place = f"byte {part.begin}-{part.end - 1}{part.note}"
            yield Broken(name, f"ĐÃ THAY ĐỔI ở {place}", f"CHANGED at {place}")
    if whole.hexdigest() != entry["sha256"] and not wrong and size == entry["size"]:
        yield Broken(name, "ĐÃ THAY ĐỔI", "CHANGED")


def blocks(file: Any, length: int) -> Iterator[bytes]:
    """The next `length` bytes in handy blocks; fewer at the end of the file."""
    while length > 0:
        block = file.read(min(CHUNK, length))
        if not block:
            return
        length -= len(block)
        yield block


def pieces_of(entry: dict[str, Any], piece_size: int) -> list[Part]:
    """The stretches of a file that is not an original, from the manifest."""
    return [
        Part(i * piece_size, min((i + 1) * piece_size, entry["size"]), sha256)
        for i, sha256 in enumerate(entry.get("pieces", []))
    ]


def read_journal(folder: Path, name: str) -> tuple[dict[str, list[Part]], str, int]:
    """Check 4, the chain: the stretches of each original, the last hash, the number of lines."""
    found: dict[str, list[Part]] = {}
    previous, number = GENESIS, 0
    with open_plain(folder, name) as file:
        for number, text in enumerate(file, 1):
            place = f"{name}, dòng / line {number}"
            line = parse(text, place)
            told = line.pop("hash", None)
            if line.get("n") != number or line.get("previous") != previous or told != seal(line):
                raise Broken(place, "chuỗi nhật ký bị đứt", "the journal's chain is broken")
            previous = str(told)
            if "file" in line:
                parts = found.setdefault(line["file"], [])
                if line["from"] != (parts[-1].end if parts else 0) or line["to"] <= line["from"]:
                    raise Broken(place, "đoạn không nối tiếp", "a stretch does not follow")
                note = f" ({line['at']})"
                parts.append(Part(line["from"], line["to"], line["sha256"], note))
    return found, previous, number


def seal(line: dict[str, Any]) -> str:
    """The hash of a journal line: SHA-256 of its canonical JSON without the hash itself."""
    text = json.dumps(line, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def check_all(folder: Path, manifest: dict[str, Any]) -> Iterator[Broken]:
    """Checks 3 and 4."""
    yield from check_names(folder, manifest)
    sizes = {entry["path"]: entry["size"] for entry in manifest["files"]}
    stretches: dict[str, list[Part]] = {}
    try:
        stretches, head, lines = read_journal(folder, manifest["journal"]["file"])
        if (head, lines) != (manifest["journal"]["head"], manifest["journal"]["lines"]):
            yield Broken(manifest["journal"]["file"], "nhật ký bị cắt bớt", "the journal was cut")
    except Broken as broken:
        yield broken
    except (KeyError, TypeError):
        yield Broken(str(manifest.get("journal")), "nhật ký sai dạng", "malformed journal")
    for name in sorted(set(stretches) - set(sizes)):
        yield Broken(name, "có trong nhật ký, không có trong danh mục", "journalled, not listed")
    for entry in manifest["files"]:
        name, size = entry["path"], entry["size"]
        if not is_safe(name):
            continue
        parts = stretches.get(name) or pieces_of(entry, manifest["piece_size"])
        proven = stretches[name][-1].end if name in stretches else 0
        if name.startswith("originals/") and proven != size:
            numbers = f"{proven} trong {size} byte", f"{proven} of {size} bytes"
            yield Broken(name, f"nhật ký chứng minh {numbers[0]}", f"journal proves {numbers[1]}")
        yield from check_file(folder, entry, parts)


# ---- Command line --------------------------------------------------------------------------------


def say(*words: str) -> None:
    """One line for the person."""
    sys.stdout.write(" ".join(words) + "\n")


def verify(folder: Path, wanted: str = "") -> int:
    """All checks, told line by line; the exit code."""
    try:
        manifest, fingerprint = check_signature(folder)
        say("Chữ ký khớp / signature fits. Khóa / key:", fingerprint)
        faults = list(check_all(folder, manifest))
        if wanted not in ("", fingerprint):
            faults.append(Broken(MANIFEST, "ký bởi khóa khác", "signed by another key"))
    except Broken as broken:
        faults = [broken]
    except (KeyError, TypeError, AttributeError) as error:
        faults = [Broken(MANIFEST, f"sai dạng ({error})", "malformed")]
    for fault in faults:
        say("HỎNG / BROKEN:", str(fault))
    if faults:
        say(f"Gói KHÔNG nguyên vẹn: {len(faults)} lỗi / The package is NOT whole.")
        return 1
    number, total = len(manifest["files"]), sum(entry["size"] for entry in manifest["files"])
    say(f"{number} tệp, {total} byte: khớp / files match.")
    if manifest.get("rehearsal"):
        say("DIỄN TẬP, không phải buổi tiếp thật / REHEARSAL, not a real reception.")
    if wanted:
        say("Nguyên vẹn và đúng khóa đã nêu / Whole, and signed by the key you named.")
    else:
        say("Nguyên vẹn, nhưng chưa chứng minh được ai ký: hãy dùng --key /")
        say("Whole, but authenticity is unproven: use --key with a fingerprint from elsewhere.")
    return 0


def main(arguments: list[str]) -> int:
    """Read the command line."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    wanted = ""
    if "--key" in arguments:
        at = arguments.index("--key")
        wanted = "".join(arguments[at + 1 : at + 2]).lower().replace(":", "")
        arguments = arguments[:at] + arguments[at + 2 :]
        if len(wanted) != FINGERPRINT_DIGITS or set(wanted) - set("0123456789abcdef"):
            say("--key: cần đủ 64 chữ số thập lục phân / all 64 hexadecimal digits are needed")
            return 2
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    if len(arguments) > 1 or not folder.is_dir():
        say(__doc__ or "")
        return 2
    return verify(folder, wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
