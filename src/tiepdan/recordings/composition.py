"""One playable film of a recording: H.264 and AAC, everybody in a grid, names and clock burnt in.

While a seat shows its screen or a paper, that is large and everybody small beside it.

A derived copy for watching; the originals are the evidence. Made by ffmpeg at low priority.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from tiepdan.recordings.places import Box, Places
from tiepdan.recordings.programs import run
from tiepdan.recordings.timeline import Gap, Track

FRAMES_PER_SECOND = 15
SIGNED_FRAMES_PER_SECOND = 25
"""Of a film with a sign interpreter: below 20 signs cannot be read."""
BAR = 48
"""Height of the line with the clock, in pixels."""

PAPER = "screen"
"""What the recorder calls the source of a screen or of a paper under a camera."""

_BACKGROUND, _TEXT_SIZE, _SMALL_TEXT_SIZE = "0x1c2733", 20, 12
_NARROW = 320
"""Width of a tile below which its words are small."""

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
        self.papers = [track for track in self.inputs if _is_paper(track)]
        seats = [identity for identity, _ in film.seats]
        self.places = Places(seats, film.pinned, has_paper=bool(self.papers))
        self.width, self.height = self.places.width, self.places.area.height + BAR
        self.rate = SIGNED_FRAMES_PER_SECOND if self.places.is_signed else FRAMES_PER_SECOND
        self._texts = 0

    def text(self) -> str:
        """The whole graph; its outputs are [picture] and [sound]."""
        return ";\n".join([*self._pictures(), *self._sounds()]) + "\n"

    def _pictures(self) -> list[str]:
        size, length = f"{self.width}x{self.height}", _seconds(self.film.length)
        canvas = f"color=c={_BACKGROUND}:s={size}:r={self.rate}:d={length}"
        empty = [self._empty(self.places.tile(seat)) for seat, _ in self.film.seats]
        lines, laid = [",".join([canvas, *empty]) + "[s0]"], []
        for number, track in self._cameras():
            box = self.places.tile(track.identity)
            twice = f",split[v{number}][w{number}]" if self._has_small(track) else f"[v{number}]"
            lines.append(f"[{number}:v]{self._fit(track, box)}{twice}")
            laid.append((f"v{number}", box, ""))
        lines += self._laid("s", laid)
        lines += self._with_papers(f"s{len(laid)}") if self.papers else []
        last = "paper" if self.papers else f"s{len(laid)}"
        lines.append(f"[{last}]" + ",".join(self._words()) + "[picture]")
        return lines

    def _with_papers(self, below: str) -> list[str]:
        """While one is shown: an empty area, the paper in it, every camera of the grid small."""
        area, when = self.places.area, self._while_shown()
        blank = f"drawbox=x=0:y=0:w={area.width}:h={area.height}:color={_BACKGROUND}:t=fill{when}"
        small = [self._empty(self.places.small(seat)) + when for seat in self.places.grid]
        lines, laid = [f"[{below}]" + ",".join([blank, *small]) + "[p0]"], []
        for number, track in enumerate(self.inputs):
            if _is_paper(track):
                lines.append(f"[{number}:v]{self._fit(track, self.places.paper)}[v{number}]")
                laid.append((f"v{number}", self.places.paper, ""))
        for number, track in self._cameras():
            if self._has_small(track):
                box = self.places.small(track.identity)
                lines.append(f"[w{number}]scale={box.width}:{box.height},setsar=1[x{number}]")
                laid.append((f"x{number}", box, when))
        lines += self._laid("p", laid)
        return [*lines, f"[p{len(laid)}]null[paper]"]

    def _laid(self, name: str, pictures: Sequence[tuple[str, Box, str]]) -> list[str]:
        """Each picture over what was there before: from `name`0 on."""
        return [
            f"[{name}{below}][{stream}]overlay=x={box.x}:y={box.y}:eof_action=pass{when}"
            f"[{name}{below + 1}]"
            for below, (stream, box, when) in enumerate(pictures)
        ]

    def _cameras(self) -> list[tuple[int, Track]]:
        return [
            (number, track)
            for number, track in enumerate(self.inputs)
            if track.kind == "video" and not _is_paper(track)
        ]

    def _has_small(self, track: Track) -> bool:
        return bool(self.papers) and track.identity in self.places.grid

    def _while_shown(self, *, shown: bool = True) -> str:
        """For a filter that works only while a paper is shown, or only while none is."""
        if not self.papers:
            return ""
        times = [
            f"between(t,{self._since_begin(one.started_us):.3f},{self._since_begin(one.ended_us):.3f})"
            for one in self.papers
        ]
        told = "+".join(times)
        return f":enable='{told}'" if shown else f":enable='not({told})'"

    def _fit(self, track: Track, box: Box) -> str:
        """One picture in its box and at its time.

        The engine ends a track with blank frames of 8 x 8: the margins are measured for each frame,
        else ffmpeg writes past its picture.
        """
        begin = (track.started_us - self.film.begin_us) / 1_000_000
        return (
            f"scale={box.width}:{box.height}:force_original_aspect_ratio=decrease,setsar=1,"
            f"pad={box.width}:{box.height}:(ow-iw)/2:(oh-ih)/2:color=black:eval=frame,"
            f"fps={self.rate},setpts=PTS-STARTPTS+{begin:.3f}/TB"
        )

    def _words(self) -> list[str]:
        """Names in the tiles, the clock below, a notice while nothing was recorded."""
        found = []
        for identity, label in self.film.seats:
            is_pinned = identity not in self.places.grid
            usual = "" if is_pinned else self._while_shown(shown=False)
            found.append(self._name(label, self.places.tile(identity)) + usual)
            if self.papers and not is_pinned:
                found.append(self._name(label, self.places.small(identity)) + self._while_shown())
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

    def _name(self, label: str, box: Box) -> str:
        bottom = f"{box.y + box.height - 18}-max_glyph_a"
        return self._write(label, str(box.x + 10), bottom, size=_text_size(box))

    def _empty(self, box: Box) -> str:
        x, y = f"{box.x + box.width // 2}-tw/2", f"{box.y + box.height // 2}-th/2"
        return self._write("Không có hình", x, y, size=_text_size(box))

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

    def _since_begin(self, us: int) -> float:
        return (us - self.film.begin_us) / 1_000_000


def _is_paper(track: Track) -> bool:
    return track.kind == "video" and track.source == PAPER


def _text_size(box: Box) -> int:
    return _TEXT_SIZE if box.width >= _NARROW else _SMALL_TEXT_SIZE


def _font() -> str:
    for path in _FONTS:
        if Path(path).exists():
            return path
    raise NoFontError(f"none of {', '.join(_FONTS)}")


def _seconds(length: timedelta) -> str:
    return f"{length.total_seconds():.3f}"
