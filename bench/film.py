"""What the browsers of a measurement have before their cameras, and how large their windows are.

A browser that encodes 720 lines in three layers takes a core of its own, and without a graphics
card another half to draw a large window.  Where cores are few and a measurement is not about the
picture, cameras are `small_camera` and windows `SMALL`: what is measured is the product, not how
many screens share its machine.
"""

import subprocess
from pathlib import Path

from bench import copy

CLIPS = copy.ROOT / "var" / "bench" / "clips"
SMALL = {"width": 640, "height": 400}
"""Pixels of a window."""

LENGTH = 10
"""Seconds; a browser plays the film over and over."""

MJPEG = ("-c:v", "mjpeg", "-q:v", "5", "-pix_fmt", "yuvj420p")


def camera(film: Path) -> str:
    """The option by which Chromium's camera shows a film."""
    return f"--use-file-for-fake-video-capture={film}"


def small_camera() -> str:
    """360 lines, 15 pictures a second, everything moving a little."""
    raw = ("-pix_fmt", "yuv420p")
    return camera(made("small-360.y4m", "testsrc2=size=640x360:rate=15", raw))


def made(name: str, source: str, codec: tuple[str, ...]) -> Path:
    """The file that ffmpeg makes of `source` (lavfi), once."""
    path = CLIPS / name
    if not path.exists():
        CLIPS.mkdir(parents=True, exist_ok=True)
        draft = path.with_stem(f"draft-{path.stem}")
        command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-t", str(LENGTH)]
        subprocess.run([*command, *codec, str(draft)], check=True, timeout=180)
        draft.rename(path)
    return path
