"""`./run --journey`: one afternoon of online reception; exit 0, or 1 naming the step.

The supervisor starts it against a copy in rehearsal mode; the product's clock is moved to the days
of the story, while tokens, TLS and the recorder keep the machine's time.
"""

import argparse
import os
import shutil
import sys
import time
import traceback
from pathlib import Path

import django
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import sync_playwright

from tests.journeys.stage import Stage, expect


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


def play(stage: Stage) -> str | None:
    """Play every step; the name of the one that failed, or None."""
    from tests.journeys import story  # noqa: PLC0415 - needs Django to be set up

    done: list[dict[str, object]] = []
    failed = None
    for name, step in story.STEPS:
        begin = time.monotonic()
        print(f"--> {name}", flush=True)
        try:
            step(stage)
            expect(not stage.complaints, "; ".join(sorted(set(stage.complaints))))
        except (AssertionError, BrowserError, OSError, KeyError, ValueError) as error:
            print(f"    HỎNG: {error}", flush=True)
            traceback.print_exc()
            failed = name
        seconds = round(time.monotonic() - begin, 2)
        done.append({"step": name, "seconds": seconds, "ok": failed is None})
        if failed:
            _photograph_everyone(stage, name)
            break
    stage.write_summary(done)
    return failed


def _photograph_everyone(stage: Stage, step: str) -> None:
    folder = stage.out / "failure"
    folder.mkdir(exist_ok=True)
    for who, page in stage.pages.items():
        try:
            page.screenshot(path=folder / f"{who}.png", timeout=5000)
            (folder / f"{who}.html").write_text(page.content(), encoding="utf-8")
        except BrowserError as error:
            print(f"    không chụp được trang của {who}: {error}", flush=True)
    print(f"    Ảnh các trang lúc hỏng ({step}): {folder}", flush=True)


def main() -> int:
    """Play the journey; the exit code."""
    options = _arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiepdan.config.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
    django.setup()
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    begin = time.monotonic()
    with sync_playwright() as playwright:
        stage = Stage(playwright, options.base_url, options.data_dir, options.out)
        failed = play(stage)
        for browser in stage.browsers.values():
            browser.close()
    print(f"\nHành trình mất {time.monotonic() - begin:.0f} giây.")
    for kind, paths in sorted(stage.files.items()):
        if kind != "screenshots":
            print(f"  {kind}:", *(str(stage.out / path) for path in paths), sep="\n    ")
    for what, value in sorted(stage.measured.items()):
        print(f"  {what}: {value}")
    if failed:
        print(f"Hành trình hỏng ở bước: {failed}")
        return 1
    print("Hành trình trọn vẹn.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
