"""P5 without browsers: the chair's press to media in two seats that live by the event stream.

What the product and its engine take for a call; pages on machines of their own add their time.
"""

import http.client
import re
import time
from typing import Any
from urllib.parse import urlencode

from bench import copy
from bench.stream_seat import CSRF, held, session

CALLS = 20
CALM = 2.0  # seconds between a turn that runs and the next call
PATIENCE = 20.0  # seconds for a turn to begin
_FORM = re.compile(r'<form[^>]*action="([^"]+)"(?:(?!</form>).)*id="viec-tiep-theo"', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="(visit|appointment)" value="([^"]+)"')


def calls(sitting: Any, site: str) -> list[float]:
    """Seconds from each press to the later seat's first packet, over CALLS turns."""
    seats = [held(sitting, "hub", site), held(sitting, site)]
    for seat in seats:
        seat.start()
    chair, pressed = _Chair(sitting), []
    for _ in range(CALLS):
        act, fields = chair.next_call()
        time.sleep(CALM)
        pressed.append(chair.press(act, fields))
    time.sleep(CALM)
    for seat in seats:
        seat.stop()
    ends = [*pressed[1:], float("inf")]
    return [
        max(min(one for one in seat.arrivals if at < one < end) for seat in seats) - at
        for at, end in zip(pressed, ends, strict=True)
    ]


class _Chair:
    """Presses the button of the chair's page, through the front door."""

    def __init__(self, sitting: Any) -> None:
        from tiepdan.accounts.models import Role  # noqa: PLC0415
        from tiepdan.accounts.queries import people_with  # noqa: PLC0415

        self._cookies = session(people_with(Role.CHAIR).get())[1]
        self._page = f"/phong/{sitting.pk}/chu-tri/"

    def next_call(self) -> tuple[str, dict[str, str]]:
        """Where the button that calls the next citizen leads, and its form's fields; waits."""
        limit = time.monotonic() + PATIENCE
        while time.monotonic() < limit:
            form = _FORM.search(self._ask("GET", self._page))
            if form and form[1].endswith(("/call/", "/end_and_call/")):
                return form[1], dict(_HIDDEN.findall(form[0]))
            time.sleep(0.3)
        raise RuntimeError("the chair's page offers no call")

    def press(self, path: str, fields: dict[str, str]) -> float:
        """Send the form; the moment before it was sent, in seconds since 1970."""
        at = time.time()
        self._ask("POST", path, urlencode(fields))
        return at

    def _ask(self, verb: str, path: str, body: str | None = None) -> str:
        connection = http.client.HTTPConnection("localhost", 8080 + copy.SHIFT, timeout=10)
        headers = {"Cookie": self._cookies, "X-CSRFToken": CSRF, "HX-Request": "true"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(verb, path, body, headers)
        answer = connection.getresponse()
        told = answer.read().decode()
        connection.close()
        if answer.status >= http.client.BAD_REQUEST:
            raise RuntimeError(f"{verb} {path}: {answer.status} {told[:300]}")
        return told
