"""One playable film of a recording: H.264 and AAC, everybody in a grid, names and clock burnt in.

A derived copy for watching; the originals are the evidence. Made by ffmpeg at low priority.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from tiepdan.recordings.programs import run
from tiepdan.recordings.timeline import Gap, Track

FRAMES_PER_SECOND = 15
SIGNED_FRAMES_PER_SECOND = 25
"""Of a film with a sign interpreter: below 20 signs cannot be read."""
BAR = 48
"""Height of the line with the clock, in pixels."""

_TILES = {1: (960, 540), 4: (640, 360), 9: (426, 240), 16: (320, 180)}
_BACKGROUND, _TEXT_SIZE = "0x1c2733", 20
_FONTS = [
    "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
]


class NoFontError(RuntimeError):
    """No font with Vietnamese letters is installed."""


@dataclass(frozen=True, slots=True)
class Film:
    """What is to be made: `begin_us` and `length` of the whole, `ahead` the product's clock.

    `seats` are identity and label, in the order of the grid; who is `pinned` (the sign
    interpreter) stands beside the grid, a quarter of the width.
    """

    tracks: Sequence[Track]
    seats: Sequence[tuple[str, str]]
    gaps: Sequence[Gap]
    begin_us: int
    length: timedelta
    ahead: timedelta
    pinned: str = ""


def make_film(film: Film, target: Path, scratch: Path) -> None:
    """Write the film to `target`; `scratch` is a folder for texts.

    Raises ProgramError, NoFontError.
    """
    graph = Graph(film, scratch)
    script = scratch / "graph.txt"
    script.write_text(graph.text(), encoding="utf-8")
    command = [settings.FFMPEG, "-nostdin", "-hide_banner", "-loglevel", "error", "-y"]
    for track in graph.inputs:
        # A layer change alters the picture's size: the scaler takes it, a new graph would not.
        command += ["-reinit_filter", "0"] if track.kind == "video" else []
        command += ["-i", str(track.file)]
    command += ["-filter_complex_script", script.name, "-map", "[picture]", "-map", "[sound]"]
    command += ["-c:v", "libx264", "-preset", "superfast", "-crf", "27", "-pix_fmt", "yuv420p"]
    command += ["-g", str(5 * graph.rate), "-c:a", "aac", "-b:a", "96k", "-ac", "1"]
    command += ["-t", _seconds(film.length), "-movflags", "+faststart", "-f", "mp4", str(target)]
    run(command, scratch, limit=120 + 5 * film.length.total_seconds())


class Graph:
    """The ffmpeg filter graph of a film; `inputs` in the order in which it numbers them."""

    def __init__(self, film: Film, scratch: Path) -> None:
        self.film, self.scratch = film, scratch
        self.inputs = [track for track in film.tracks if track.is_playable]
        self.grid = [one for one, _ in film.seats if one != film.pinned]
        count = max(1, len(self.grid))
        self.columns = math.ceil(math.sqrt(count))
        self.rows = math.ceil(count / self.columns)
        self.tile = next((size for most, size in _TILES.items() if count <= most), (240, 136))
        across = self.columns * self.tile[0]
        self.beside = -(-across // 6) * 2 if len(self.grid) < len(film.seats) else 0
        self.width = across + self.beside
        self.height = self.rows * self.tile[1] + BAR
        self.rate = SIGNED_FRAMES_PER_SECOND if self.beside else FRAMES_PER_SECOND
        self._texts = 0

    def text(self) -> str:
        """The whole graph; its outputs are [picture] and [sound]."""
        return ";\n".join([*self._pictures(), *self._sounds()]) + "\n"

    def _pictures(self) -> list[str]:
        size, length = f"{self.width}x{self.height}", _seconds(self.film.length)
        canvas = f"color=c={_BACKGROUND}:s={size}:r={self.rate}:d={length}"
        empty = [self._write("Không có hình", *self._middle(seat)) for seat in self._seats()]
        lines = [",".join([canvas, *empty]) + "[s0]"]
        shown = 0
        for number, track in enumerate(self.inputs):
            if track.kind != "video":
                continue
            x, y = self._corner(track.identity)
            lines.append(f"[{number}:v]{self._fit(track)}[v{number}]")
            lines.append(f"[s{shown}][v{number}]overlay=x={x}:y={y}:eof_action=pass[s{shown + 1}]")
            shown += 1
        lines.append(f"[s{shown}]" + ",".join(self._words()) + "[picture]")
        return lines

    def _fit(self, track: Track) -> str:
        """One picture in its tile and at its time."""
        width, height = self._size(track.identity)
        begin = (track.started_us - self.film.begin_us) / 1_000_000
        return (
            f"scale={width}:{height}:force_original_aspect_ratio=decrease,setsar=1,"
            f"pad={width}:{height}:(ow-iw)/2:(oh-ih)/2:color=black,"
            f"fps={self.rate},setpts=PTS-STARTPTS+{begin:.3f}/TB"
        )

    def _words(self) -> list[str]:
        """Names in the tiles, the clock below, a notice while nothing was recorded."""
        found = []
        for identity, label in self.film.seats:
            x, y = self._corner(identity)
            bottom = y + self._size(identity)[1] - 18
            found.append(self._write(label, str(x + 10), f"{bottom}-max_glyph_a"))
        y = self.height - 17
        found.append(
            self._clock(self.film.ahead, "" if not self.film.ahead else "DIỄN TẬP ", 10, y)
        )
        if self.film.ahead and self.width >= 960:  # noqa: PLR2004 - room for two clocks
            found.append(self._clock(timedelta(0), "giờ máy ", self.width // 2, y))
        for gap in self.film.gaps:
            begin, end = (self._since_begin(us) for us in (gap.from_us, gap.to_us))
            notice = self._write("GIÁN ĐOẠN GHI HÌNH", "(w-tw)/2", "(h-th)/2", size=36)
            found.append(f"{notice}:enable='between(t,{begin:.3f},{end:.3f})'")
        return found

    def _clock(self, ahead: timedelta, label: str, x: int, y: int) -> str:
        begin = self.film.begin_us / 1_000_000 + ahead.total_seconds()
        clock = rf"%{{pts:localtime:{begin:.3f}:%d/%m/%Y %H\:%M\:%S}}"
        return self._write(label + clock, str(x), f"{y}-max_glyph_a", expansion="normal")

    def _write(
        self, text: str, x: str, y: str, *, size: int = _TEXT_SIZE, expansion: str = "none"
    ) -> str:
        """Text through a file: what a seat is called never becomes a part of the graph."""
        self._texts += 1
        path = self.scratch / f"text{self._texts}.txt"
        path.write_text(" ".join(text.split()), encoding="utf-8")
        return (
            f"drawtext=fontfile={_font()}:textfile={path.name}:expansion={expansion}:x={x}:y={y}:"
            f"fontsize={size}:fontcolor=white:box=1:boxcolor=black@0.55:boxborderw=6"
        )

    def _sounds(self) -> list[str]:
        lines, names = [], []
        for number, track in enumerate(self.inputs):
            if track.kind != "audio":
                continue
            delay = max(0, track.started_us - self.film.begin_us) // 1000
            lines.append(
                f"[{number}:a]asetpts=PTS-STARTPTS,aresample=48000:async=1000:first_pts=0,"
                f"aformat=channel_layouts=mono,adelay={delay}[a{number}]"
            )
            names.append(f"[a{number}]")
        silence = f"anullsrc=r=48000:cl=mono:d={_seconds(self.film.length)}[silence]"
        mix = f"amix=inputs={len(names) + 1}:duration=first:normalize=0[sound]"
        return [silence, *lines, f"[silence]{''.join(names)}{mix}"]

    def _seats(self) -> list[str]:
        return [identity for identity, _ in self.film.seats]

    def _corner(self, identity: str) -> tuple[int, int]:
        if identity not in self.grid:
            return self.columns * self.tile[0], 0
        place = self.grid.index(identity)
        return place % self.columns * self.tile[0], place // self.columns * self.tile[1]

    def _middle(self, identity: str) -> tuple[str, str]:
        (x, y), (width, height) = self._corner(identity), self._size(identity)
        return f"{x + width // 2}-tw/2", f"{y + height // 2}-th/2"

    def _size(self, identity: str) -> tuple[int, int]:
        """A tile of the grid; the pinned one is as high as the whole grid."""
        return self.tile if identity in self.grid else (self.beside, self.rows * self.tile[1])

    def _since_begin(self, us: int) -> float:
        return (us - self.film.begin_us) / 1_000_000


def _font() -> str:
    for path in _FONTS:
        if Path(path).exists():
            return path
    raise NoFontError(f"none of {', '.join(_FONTS)}")


def _seconds(length: timedelta) -> str:
    return f"{length.total_seconds():.3f}"
