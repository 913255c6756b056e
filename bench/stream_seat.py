"""A synthetic seat that lives by the product's event stream, as the page of a seat does.

It holds a web session, reads the stream through the front door, asks for its token when it is
called and lets a Go client send and receive with it; when it is told to leave, that client ends.
"""

import http.client
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench import copy

CSRF = "b" * 32
RETRY = 0.3  # seconds, as the page's first attempts
CLIPS = copy.ROOT / "media" / "recorder" / "testdata"


@dataclass
class StreamSeat:
    """One seat: `arrivals` are the seconds since 1970 at which each stay's first media came."""

    sitting: str
    code: str
    cookies: str
    sees: str
    arrivals: list[float] = field(default_factory=list)
    _client: subprocess.Popen[bytes] | None = None
    _room: str = ""
    _waiting: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        """Begin to listen, and enter the room that is open."""
        threading.Thread(target=self._listen, daemon=True).start()

    def stop(self) -> None:
        """Leave, and wait until every stay is noted."""
        self._leave()
        for thread in self._waiting:
            thread.join(timeout=20)

    def _listen(self) -> None:
        after = 0
        while True:
            try:
                for event in self._events(after):
                    after = event["sequence"]
                    self._take(event["kind"], event["data"])
            except (OSError, http.client.HTTPException):
                time.sleep(RETRY)

    def _events(self, after: int) -> Iterator[dict[str, Any]]:
        connection = http.client.HTTPConnection("localhost", 8080 + copy.SHIFT, timeout=40)
        path = f"/phong/{self.sitting}/su-kien/?after={after}"
        connection.request("GET", path, headers={"Cookie": self.cookies})
        answer = connection.getresponse()
        while line := answer.readline():
            if line.startswith(b"data: {"):
                yield json.loads(line[6:])

    def _take(self, kind: str, data: dict[str, Any]) -> None:
        if kind in {"engine_ended", "withdrawn"} and data["room"] == self._room:
            self._leave()
        elif kind == "admitted" and data["seat"] == self.code:
            self._leave()
            self._enter(data["room"])

    def _enter(self, room: str) -> None:
        for _ in range(10):
            token = self._token(room)
            if token is None:
                return
            if token:
                break
            time.sleep(RETRY)
        else:
            return
        media = ["--video", str(CLIPS / "clip-low.ivf"), "--audio", str(CLIPS / "clip.ogg")]
        from tiepdan.video.adapters.livekit import cluster  # noqa: PLC0415 - Django is set up

        client = copy.publisher(token, cluster.address_of(room), 600, *media, "--from", self.sees)
        self._client, self._room = client, room
        waiting = threading.Thread(target=self._note, args=(client,), daemon=True)
        waiting.start()
        self._waiting.append(waiting)

    def _token(self, room: str) -> str | None:
        """The token; None when we are not wanted there, "" when it is worth asking again."""
        connection = http.client.HTTPConnection("localhost", 8080 + copy.SHIFT, timeout=5)
        headers = {
            "Cookie": self.cookies,
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        path = f"/phong/{self.sitting}/ghe/{self.code}/the-vao/"
        try:
            connection.request("POST", path, f"room={room}", headers)
            answer = connection.getresponse()
            told = answer.read()
        except (OSError, http.client.HTTPException):
            return ""
        finally:
            connection.close()
        if answer.status == http.client.OK:
            return str(json.loads(told)["token"])
        return None if answer.status < http.client.INTERNAL_SERVER_ERROR else ""

    def _leave(self) -> None:
        client, self._client, self._room = self._client, None, ""
        if client is not None:
            client.terminate()

    def _note(self, client: subprocess.Popen[bytes]) -> None:
        told = client.communicate()[0]
        at = json.loads(told)["first_packet_at_ms"] if told else 0
        if at:
            self.arrivals.append(at / 1000)


def held(sitting: Any, code: str, sees: str = "hub") -> StreamSeat:
    """A seat held by a web session of its clerk (at the hub the secretary), made without a page."""
    from tiepdan.accounts.models import Role  # noqa: PLC0415
    from tiepdan.accounts.queries import people_with  # noqa: PLC0415
    from tiepdan.sittings.actions import take_seat  # noqa: PLC0415

    seat = sitting.seats.select_related("booking__site__agency").get(code=code)
    role = Role.SECRETARY if seat.is_hub else Role.COMMUNE_CLERK
    clerk = people_with(role, None if seat.is_hub else seat.booking.site.agency).get()
    key, cookies = session(clerk)
    take_seat(seat=seat, session_key=key, by=clerk)
    return StreamSeat(str(sitting.pk), code, cookies, sees)


def session(user: Any) -> tuple[str, str]:
    """Key and cookies of a fresh web session, made without the sign-in page."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(user)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    return key, f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={CSRF}"
