"""P6: mouth-to-ear, glass-to-glass and their skew; the sign-language picture on 1 Mbit/s.

The hub's camera and microphone are files: each frame shows its number as bars, each second begins
with a beep. Both pages read numbers and beeps from what they see and hear, on one machine's clock:
the hub from its own tracks before they are sent, the site from what it is given to show and play.
"""

import os
import time
from bisect import bisect_right
from dataclasses import dataclass
from typing import Any

from bench import behind, copy, film, results
from bench.join import p95
from bench.line import Site, available, site
from bench.main import Line

NUMBER = 254
SECONDS = 20
BITS = 8
RATE, LENGTH = 25, film.LENGTH  # frames a second, seconds: 250 numbers fit into eight bars
CLEAN = {"kbps": 20_000, "delay": 0, "loss": 0.0, "burst": 1}
# Reads the bars of each frame a <video> shows, and the first loud sample of each beep in a track.
# `frames`: [[number, ms since 1970]], `beeps`: [ms since 1970].
READ = """([local, run]) => {
  const seen = window.seen = {frames: [], beeps: []};
  window.run = run;
  const tracks = window.connections.filter((one) => one.connectionState !== 'closed')
    .flatMap((one) => local ? one.getSenders() : one.getReceivers())
    .map((one) => one.track).filter((one) => one && one.readyState === 'live');
  const find = (kind) => tracks.filter((one) => one.kind === kind);
  const video = local ? document.createElement('video')
    : document.querySelector('.stage__tiles video');
  if (local) { video.muted = true; video.srcObject = new MediaStream([find('video')[0]]);
    video.play(); }
  const canvas = document.createElement('canvas'); canvas.width = 90; canvas.height = 10;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  const look = (_, meta) => {
    const at = Date.now();
    pen.drawImage(video, 0, 0, video.videoWidth, video.videoHeight / 9, 0, 0, 90, 10);
    const data = pen.getImageData(0, 5, 90, 1).data;
    let number = 0;
    for (let bit = 0; bit < 8; bit += 1)
      if (data[4 * (bit * 10 + 5) + 1] > 127) number |= 1 << bit;
    if (data[4 * 85 + 1] > 127) seen.frames.push([number, at]);  // the ninth bar is always white
    if (window.run === run) video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  const audio = new AudioContext();
  const analyser = audio.createAnalyser(); analyser.fftSize = 4096;
  for (const track of find('audio'))
    audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(4096);
  let quietUntil = 0;
  const listen = () => {
    const at = Date.now();
    if (at > quietUntil) {
      analyser.getFloatTimeDomainData(samples);
      const first = samples.findIndex((one) => Math.abs(one) > 0.05);
      if (first >= 0) {
        seen.beeps.push(at - (4096 - first) / audio.sampleRate * 1000);
        quietUntil = at + 500;
      }
    }
    if (window.run === run) setTimeout(listen, 5);
  };
  setTimeout(listen, 1000);
}"""


@dataclass(frozen=True)
class Case:
    """A line: kbit/s both ways, ms one way."""

    id: str
    words: str
    kbps: int
    delay: float


CASES = [
    Case("clean", "no delay", 20_000, 0),
    Case("50", "50 ms each way", 20_000, 50),
    Case("sign", "the site is the sign interpreter, 1 Mbit/s, 20 ms each way", 1000, 20),
]


@dataclass(frozen=True)
class Delays:
    """Milliseconds above the line's own delay, one value a frame or beep; pictures a second."""

    glass: list[float]
    mouth: list[float]
    skew: float
    fps: float


def measure() -> list[Line]:
    """One line a case; figures are kept. Nothing where no line can be made."""
    if missing := available():
        print(f"delay: a line {missing}; nothing was measured.")
        return []
    load = os.getloadavg()[0]
    options = _options()
    with (
        site(NUMBER, up=CLEAN, down=CLEAN) as place,
        behind.reception("delay", place, 1, hub=options, site=options) as room,
    ):
        from bench.call_next import _press  # noqa: PLC0415

        _press(room.chair, [room.hub, room.site], "Khai mạc")
        time.sleep(8)
        found = {case.id: _case(room, place, case) for case in CASES}
    load = max(load, os.getloadavg()[0])
    if results.control("delay", "pictures/s, no delay", found["clean"].fps, 18, "", least=True):
        _keep(found, load)
    return [_line(case, found[case.id]) for case in CASES]


def _case(room: behind.Reception, place: Site, case: Case) -> Delays:
    """From the hub to the site; the sign interpreter is at the site, and the hub looks on."""
    way = CLEAN | {"kbps": case.kbps, "delay": case.delay}
    sender, viewer = room.hub, room.site
    if case.id == "sign":
        sender, viewer = viewer, sender
        _interpret(room)
    place.set(up=way, down=way)
    time.sleep(10)
    for page in (sender, viewer):
        page.evaluate(READ, [page is sender, case.id])
    time.sleep(SECONDS)
    sent, shown = (page.evaluate("() => window.seen") for page in (sender, viewer))
    return delays(sent, shown, case.delay)


def _interpret(room: behind.Reception) -> None:
    """The site shows the sign interpreter: pinned on every screen."""
    from tiepdan.accounts.models import Role  # noqa: PLC0415 - after Django is set up
    from tiepdan.accounts.queries import people_with  # noqa: PLC0415
    from tiepdan.sittings import queries  # noqa: PLC0415
    from tiepdan.sittings.actions import appoint_sign_interpreter  # noqa: PLC0415

    seat = queries.seats(room.sitting).get(code=behind.SITE)
    appoint_sign_interpreter(seat=seat, by=people_with(Role.SECRETARY).get())


def delays(sent: dict[str, Any], shown: dict[str, Any], line: float) -> Delays:
    """What each frame and beep took beyond the line's own delay (ms)."""
    numbers: dict[int, list[float]] = {}
    for number, at in sent["frames"]:
        numbers.setdefault(number, []).append(at)
    glass = [
        took - line
        for number, at in shown["frames"]
        if (took := _since(numbers.get(number, []), at)) is not None
    ]
    mouth = [
        took - line for at in shown["beeps"] if (took := _since(sent["beeps"], at)) is not None
    ]
    if not glass or not mouth:
        raise RuntimeError(f"nothing to compare: {len(glass)} frames, {len(mouth)} beeps")
    span = (shown["frames"][-1][1] - shown["frames"][0][1]) / 1000
    skew = abs(copy.median(glass) - copy.median(mouth))
    return Delays(glass, mouth, skew, (len(shown["frames"]) - 1) / span)


def _since(sent: list[float], at: float) -> float | None:
    """Milliseconds since the last time it was sent; None when that is too long ago to be it."""
    before = bisect_right(sent, at)
    took = at - sent[before - 1] if before else None
    return took if took is not None and took < LENGTH * 500 else None


def _options() -> str:
    """A camera whose picture moves everywhere under its number; a beep as each second starts.

    Both ends encode and decode on this machine: 360 lines, so that it is the way that takes time.
    """
    bars = "drawbox=x=0:y=0:w=iw:h=ih/9:color=black:t=fill"
    for bit in range(BITS):
        bars += f",drawbox=x=iw*{bit}/9:y=0:w=iw/9:h=ih/9:color=white:t=fill"
        bars += f":enable='mod(floor(n/{2**bit}),2)'"
    bars += ",drawbox=x=iw*8/9:y=0:w=iw/9:h=ih/9:color=white:t=fill"
    picture = f"mandelbrot=size=640x360:rate={RATE},{bars}"
    numbered = film.made("numbered-360.mjpeg", picture, film.MJPEG)
    beep = "aevalsrc='0.6*sin(2*PI*(500+3000*mod(t,1))*t)*lt(mod(t,1),0.12)':s=48000"
    beeps = film.made("beeps.wav", beep, ("-ac", "1", "-c:a", "pcm_s16le"))
    return f"{film.camera(numbered)} --use-file-for-fake-audio-capture={beeps}"


def _line(case: Case, found: Delays) -> Line:
    figures = (
        f"mouth-to-ear p50 {copy.median(found.mouth):.0f}, p95 {p95(found.mouth):.0f} ms of "
        f"{len(found.mouth)}; glass-to-glass p50 {copy.median(found.glass):.0f}, p95 "
        f"{p95(found.glass):.0f} ms; skew {found.skew:.0f} ms; {found.fps:.1f} pictures/s"
    )
    wanted = "p95 <= 120 / 180 ms above the line, skew <= 80 ms; sign: >= 20 pictures/s, <= 100 ms"
    return Line("delay", "P6", case.words, p95(found.mouth) / 120, figures, wanted)


def _keep(found: dict[str, Delays], load: float) -> None:
    far, sign = found["50"], found["sign"]
    words = "sign interpreter on 1 Mbit/s"
    for name, what, figure, unit, limit in (
        ("p6-mouth", "mouth to ear above a line of 50 ms, p95", p95(far.mouth), "ms", 120),
        ("p6-glass", "glass to glass above a line of 50 ms, p95", p95(far.glass), "ms", 180),
        ("p6-skew", "the same: between sound and picture, medians", far.skew, "ms", 80),
        ("sign-fps", f"{words}: pictures", sign.fps, "frames/s", 20),
        ("sign-skew", f"{words}: between sound and picture", sign.skew, "ms", 100),
    ):
        least = unit == "frames/s"
        results.keep(
            name.split("-", maxsplit=1)[0].upper(), name, what, figure=figure, unit=unit,
            wanted=f"{'>=' if least else '<='} {limit}",
            reached=figure >= limit if least else figure <= limit, load=load,
        )  # fmt: skip
