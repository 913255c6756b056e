"""Open event streams do not hold up the end of the web process."""

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.cast import people
from tests.sittings.factories import waiting
from tests.video.engine import free_port, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def healthy(port: int) -> bool:
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        door.request("GET", "/khoe/", headers={"Host": "localhost"})
        return door.getresponse().status == 200
    except OSError:
        return False
    finally:
        door.close()


def server(port: int, database: str) -> subprocess.Popen[bytes]:
    """The web process as the supervisor starts it, but that would wait for streams for 30 s."""
    command = [sys.executable, "-m", "uvicorn", "tiepdan.config.asgi:application", "--lifespan"]
    command += ["off", "--timeout-graceful-shutdown", "30", "--port", str(port)]
    environment = {**os.environ, "DATABASE_URL": database, "PYTHONPATH": "src"}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def on_disk(folder: Path) -> str:
    """This test's database where another process can read it; its URL."""
    if connection.vendor == "postgresql":
        told = connection.settings_dict
        return f"postgresql://{told['USER']}@{told['HOST'].replace('/', '%2F')}/{told['NAME']}"
    path = folder / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return f"sqlite:///{path}"


def test_a_stream_ends_at_once(tmp_path: Path) -> None:
    """On SIGTERM the stream should end and the process with it, long before uvicorn's patience."""
    afternoon = waiting(people())
    afternoon.take("hub")
    client, port = Client(), free_port()
    client.force_login(afternoon.cast.chair)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    with server(port, on_disk(tmp_path)) as child:
        try:
            wait_until(lambda: healthy(port), seconds=90)
            stream = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            address = reverse("room:events", args=[afternoon.sitting.pk])
            stream.request("GET", address, headers={"Host": "localhost", "Cookie": cookie})
            answer = stream.getresponse()
            assert answer.status == 200
            while b"seat_taken" not in answer.readline():
                pass
            begin = time.monotonic()
            child.send_signal(signal.SIGTERM)
            assert b"id: " not in answer.read()
            child.wait(timeout=60)
            assert time.monotonic() - begin < 20
            answer.close()
            stream.close()
        finally:
            child.kill()
