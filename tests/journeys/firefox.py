"""A Firefox driven by WebDriver BiDi over its own socket: no driver program, no other browser."""

import base64
import contextlib
import itertools
import json
import re
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, Self

from websockets.sync.client import connect

BINARY = shutil.which("firefox-esr") or shutil.which("firefox")
SECONDS = 60.0
"""Longest wait for an answer: a loaded machine of two cores starts Firefox in ten."""
_PREFERENCES: dict[str, Any] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.autoplay.default": 0,
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.gmp-manager.updateEnabled": False,
    "dom.disable_open_during_load": False,
    "app.update.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
    "toolkit.telemetry.enabled": False,
    "extensions.systemAddon.update.enabled": False,
}


class FirefoxError(AssertionError):
    """Firefox refused a command, or did not come."""


class Firefox:
    """One Firefox with a clean profile and one tab; a context manager."""

    def __init__(self, folder: Path) -> None:
        """`folder` takes the profile."""
        self._folder, self._log = folder, folder / "firefox.log"
        self._numbers = itertools.count(1)

    def __enter__(self) -> Self:
        """Start it; what was started ends also when the rest of the start fails."""
        with contextlib.ExitStack() as started:
            process = self._start()
            started.callback(_end, process)
            address = f"{self._address()}/session"
            self._socket = started.enter_context(connect(address, max_size=None))
            self.send("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
            self.tab = str(self.tabs()[0])
            self._started = started.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._started.close()

    def _start(self) -> "subprocess.Popen[bytes]":
        profile = self._folder / "profile"
        profile.mkdir()
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines) + "\n")
        command = [str(BINARY), "--headless", "--no-remote", "--profile", str(profile),
                   "--remote-debugging-port", "0"]  # fmt: skip
        with self._log.open("wb") as log:
            return subprocess.Popen(command, stdout=log, stderr=log)

    def _address(self) -> str:
        limit = time.monotonic() + SECONDS
        while time.monotonic() < limit:
            found = re.search(r"WebDriver BiDi listening on (\S+)", self._log.read_text())
            if found:
                return found[1]
            time.sleep(0.1)
        raise FirefoxError(f"Firefox did not open its socket: {self._log.read_text()}")

    def send(self, method: str, **params: object) -> dict[str, Any]:
        """One command and its answer; events in between are not for us."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=SECONDS))
            if answer.get("id") == number:
                break
        if answer["type"] == "error":
            raise FirefoxError(f"{method}: {answer['error']}: {answer['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def go(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self.send("browsingContext.navigate", context=self.tab, url=url, wait="complete")

    def reload(self) -> None:
        """Load the page again."""
        self.send("browsingContext.reload", context=self.tab, wait="complete")

    def evaluate(self, expression: str, tab: str = "") -> Any:
        """The value of an expression, as JSON carries it; a click in it is a person's press."""
        done = self.send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await ({expression})) ?? 'null')()",
            target={"context": tab or self.tab},
            awaitPromise=True,
            userActivation=True,
        )
        if done["type"] == "exception":
            raise FirefoxError(f"{expression}: {done['exceptionDetails']['text']}")
        return json.loads(done["result"]["value"])

    def wait_for(self, expression: str, tab: str = "", seconds: float = SECONDS) -> None:
        """Until the expression is true; a page that is being replaced meanwhile is asked again."""
        limit, told = time.monotonic() + seconds, ""
        while time.monotonic() < limit:
            try:
                if self.evaluate(expression, tab):
                    return
            except FirefoxError as error:
                told = str(error)
            time.sleep(0.1)
        raise FirefoxError(f"never true: {expression} {told}")

    def press(self, words: str) -> None:
        """Press the button with these words."""
        of_words = f"one => !one.hidden && one.textContent.includes({json.dumps(words)})"
        found = f"[...document.querySelectorAll('button')].find({of_words})"
        self.wait_for(f"!!{found}")
        self.evaluate(f"void {found}.click()")

    def tabs(self) -> list[str]:
        """Every window, in the order of opening."""
        return [one["context"] for one in self.send("browsingContext.getTree")["contexts"]]

    def picture(self, path: Path, tab: str = "") -> None:
        """A picture of what is seen."""
        data = self.send("browsingContext.captureScreenshot", context=tab or self.tab)["data"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
