"""K1: one registration at the counter, every key and click counted, at 4 keys a second.

From the empty form to the receipt's PDF shown in the page.  What the citizen tells (subject,
content, request) is put in without time and keys; moving between those fields is counted.  The
card is a QR code before a camera (a film), or typed by a hand scanner, which is no hand's key.
"""

import subprocess
import time
from pathlib import Path
from typing import Any

from bench import copy
from bench.main import Line

ROUNDS = 5
PACE = 0.25
SCANNER = 4
"""Milliseconds between two letters of a hand scanner."""

WANTED = "<= 60 s, <= 25 keys and clicks beyond the story"
CARD = (
    "0201900000{:02}||Lương Thị Bình|05121990|Nữ|"
    "Thôn Nà Hoa, Hùng Sơn, Tràng Định, Lạng Sơn|10052021"
)
STORY = {
    "subject": "Đền bù đất làm đường",
    "content": "Nhà tôi chưa được đền bù thửa ruộng ở ven đường, đã hỏi xã hai lần.",
    "request": "Đo đạc lại và trả đủ tiền đền bù.",
}
# The frame of the receipt has loaded its PDF.
SHOWN = """document.addEventListener('load', (event) => {
  if (event.target.matches?.('iframe[data-receipt]')) window.paperShown = true;
}, true);"""


def measure() -> list[Line]:
    """Two lines: by camera, by hand scanner; the slowest round counts."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with copy.running("register", bare=True):
        copy.setup()
        from django.conf import settings  # noqa: PLC0415 - after Django is set up
        from tests.journeys.stage import CHROMIUM, Stage  # noqa: PLC0415

        data = Path(settings.DATA_DIR)
        camera = f"--use-file-for-fake-video-capture={_film(data, CARD.format(0))}"
        with sync_playwright() as playwright:
            stage = Stage(playwright, f"http://localhost:{8080 + copy.SHIFT}", data, data)
            stage.browsers["hub"] = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=[*CHROMIUM, camera]
            )
            page = stage.person("xa-huu-lung")
            page.add_init_script(SHOWN)
            rounds = {
                "camera": [_Clerk(stage, page, 0).register() for _ in range(ROUNDS)],
                "máy quét cầm tay": [
                    _Clerk(stage, page, n).register() for n in range(1, ROUNDS + 1)
                ],
            }
    return [_line(how, told) for how, told in rounds.items()]


def _film(folder: Path, text: str) -> Path:
    """One second of a card's code before a camera."""
    import segno  # noqa: PLC0415

    picture, film = folder / "card.png", folder / "card.y4m"
    segno.make(text, error="m").save(str(picture), scale=6, border=6)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-loop", "1", "-i", picture, "-t", "1", "-r", "10",
         "-vf", "scale=-2:440,pad=640:480:(ow-iw)/2:(oh-ih)/2:white", "-pix_fmt", "yuv420p", film],
        check=True,
    )  # fmt: skip
    return film


class _Clerk:
    """Hands at 4 keys a second; card 0 is held before the camera, others before the scanner."""

    def __init__(self, stage: Any, page: Any, card: int) -> None:
        self.stage, self.page, self.card, self.acts = stage, page, card, 0

    def register(self) -> tuple[float, int]:
        """Seconds and acts of one registration."""
        page = self.page
        self.stage.go(page, "/ban-lam-viec/don/moi/")
        page.locator("[data-scan] button").wait_for()
        begin = time.monotonic()
        self.read_card()
        page.locator("[name=phone]:focus").wait_for()
        for digit in "0912345678":
            self.key(digit)
        for name, move in (("subject", "Enter"), ("content", "Enter"), ("request", "Tab")):
            self.key(move)
            page.locator(f"[name={name}]:focus").wait_for()
            page.keyboard.insert_text(STORY[name])
        self.act(page.locator("[name=consent][value=yes]").click)
        self.key("F9")
        self.stage.wait_until(
            lambda: page.evaluate("window.paperShown === true"), "no PDF", seconds=120, every=0.05
        )
        seconds = time.monotonic() - begin
        paper = page.locator("iframe[data-receipt]").evaluate("frame => frame.src.split('#')[0]")
        if not page.request.get(paper).body().startswith(b"%PDF"):
            raise RuntimeError("the page shows no PDF")
        return seconds, self.acts

    def read_card(self) -> None:
        """F2 and the camera, or the scanner's burst."""
        if self.card == 0:
            self.key("F2")
        else:
            self.page.keyboard.type(CARD.format(self.card), delay=SCANNER)
            self.page.keyboard.press("Enter")

    def key(self, key: str) -> None:
        """One key of the clerk's."""
        self.act(lambda: self.page.keyboard.press(key))

    def act(self, do: Any) -> None:
        """One act, and the rest of its quarter of a second."""
        ready = time.monotonic() + PACE
        do()
        self.acts += 1
        time.sleep(max(0.0, ready - time.monotonic()))


def _line(how: str, told: list[tuple[float, int]]) -> Line:
    seconds = sorted(one for one, _ in told)
    acts = max(acts for _, acts in told)
    figures = (
        f"{copy.median(seconds):.1f} s (slowest {seconds[-1]:.1f} s), {acts} keys and clicks, "
        f"of them 10 the telephone number; the keys alone {acts * PACE:.1f} s; {len(told)} rounds"
    )
    ratio = copy.median(seconds) / (acts * PACE)
    return Line("register", "K1", f"tiếp nhận, thẻ đọc bằng {how}", ratio, figures, WANTED)
