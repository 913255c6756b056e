"""A site on another computer: HTTPS, another network, a real browser; then Ctrl-C in the room."""

import contextlib
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests import prepared
from tests.journeys.sitting import both_ways
from tests.journeys.stage import Stage

# Apart from other copies on this machine, and from another run of this test.
NUMBER = os.getpid() % 200
SHIFT = 12_000 + NUMBER * 23
NETWORK = f"10.213.{NUMBER}"
NAMESPACE = f"tiepdan-site-{NUMBER}"
# Not `ip netns exec`, which also remounts and so fails in a changed root.
_INSIDE = ["nsenter", f"--net=/run/netns/{NAMESPACE}"]
READY = "Dừng: Ctrl-C"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.engine,
    pytest.mark.skipif(
        os.geteuid() != 0 or shutil.which("ip") is None,
        reason="network namespaces need root and iproute2",
    ),
]


@pytest.fixture
def other_network():
    """A namespace with one link to us; the address we have on it."""
    ours, theirs = f"tdh{NUMBER}", f"tds{NUMBER}"
    made = subprocess.run(["ip", "netns", "add", NAMESPACE], capture_output=True, check=False)
    if made.returncode:
        pytest.skip(f"this machine gives no network namespace: {made.stderr.decode()}")
    try:
        for command in (
            ["ip", "link", "add", ours, "type", "veth", "peer", "name", theirs],
            ["ip", "link", "set", theirs, "netns", NAMESPACE],
            ["ip", "address", "add", f"{NETWORK}.1/24", "dev", ours],
            ["ip", "link", "set", ours, "up"],
            [*_INSIDE, "ip", "address", "add", f"{NETWORK}.2/24", "dev", theirs],
            [*_INSIDE, "ip", "link", "set", theirs, "up"],
            [*_INSIDE, "ip", "link", "set", "lo", "up"],
        ):
            subprocess.run(command, check=True)
        yield f"{NETWORK}.1"
    finally:
        _take_away(ours)


def _take_away(link):
    for command in (["ip", "link", "delete", link], ["ip", "netns", "delete", NAMESPACE]):
        subprocess.run(command, check=False, stderr=subprocess.DEVNULL)


def _environment(data, host):
    own = {
        "TIEPDAN_DATA_DIR": str(data),
        "TIEPDAN_PORT_OFFSET": str(SHIFT),
        "TIEPDAN_PUBLIC_HOST": host,
        "TIEPDAN_PUBLIC_URL": f"https://{host}:{8443 + SHIFT}",
        "TIEPDAN_DEMO": "1",
        "TIEPDAN_REHEARSAL": "1",
        "TIEPDAN_STATIC_MANIFEST": "1",
    }
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own


@pytest.fixture
def copy(tmp_path, other_network):
    """A public copy of the product, running."""
    yield from run_copy(tmp_path, _environment(tmp_path, other_network))


def run_copy(tmp_path, environment):
    """Start it, wait until it is ready; whatever is left of it ends with the test."""
    prepared.fill(tmp_path)
    command = [sys.executable, "-m", "tiepdan.config.supervise"]
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    said = []
    for line in process.stdout:
        said.append(line)
        if READY in line:
            break
    assert process.poll() is None, "".join(said)
    yield process, environment, "".join(said)
    process.kill()
    process.communicate()
    for pid in _ours(tmp_path):
        with contextlib.suppress(ProcessLookupError):  # gone in the meantime, as it should be
            os.kill(pid, signal.SIGKILL)


def test_site_in_another_network_and_ctrl_c_in_the_room(copy, tmp_path):
    """A browser elsewhere should join a room; Ctrl-C then flushes the recorder, leaves nobody."""
    process, environment, said = copy
    assert f"{8443 + SHIFT}/tcp" in said
    assert "Trusted Root" in said
    _authority_is_enough(environment)
    told = json.loads(_rehearse(environment))
    (tmp_path / "out").mkdir()
    with sync_playwright() as playwright:
        stage = Stage(
            playwright, environment["TIEPDAN_PUBLIC_URL"], tmp_path, tmp_path / "out",
            chromium={"site": _chromium_in_namespace(tmp_path)},
        )  # fmt: skip
        _meet(stage, told)
        _wait_for_bytes(tmp_path)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 0
    assert _ours(tmp_path) == []
    events = next(tmp_path.glob("recordings/*/*/originals/1/events.jsonl"))
    last = json.loads(events.read_text(encoding="utf-8").splitlines()[-1])
    assert (last["kind"], last["reason"]) == ("ended", "terminated")
    for name, facts in last["files"].items():
        assert (events.parent / name).stat().st_size == facts["size"] == facts["synced"]


def _authority_is_enough(environment):
    """Who trusts the printed authority sees a certificate that fits the address."""
    ca = Path(environment["TIEPDAN_DATA_DIR"]) / "tls" / "ca.pem"
    context = ssl.create_default_context(cafile=str(ca))
    host, port = environment["TIEPDAN_PUBLIC_HOST"], 8443 + SHIFT
    with (
        socket.create_connection((host, port), timeout=5) as plain,
        context.wrap_socket(plain, server_hostname=host) as secure,
    ):
        assert secure.version() in {"TLSv1.2", "TLSv1.3"}


def _rehearse(environment):
    command = [sys.executable, "-m", "tests.journeys.rehearse"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


def _chromium_in_namespace(folder):
    script = folder / "chromium-at-the-site"
    script.write_text(f'#!/bin/sh\nexec {" ".join(_INSIDE)} /usr/bin/chromium "$@"\n')
    script.chmod(0o755)
    return str(script)


def _meet(stage, told):
    """Hub and site open their seats; the chair opens the plenary; both receive."""
    for username, place, seat in (("thuky", "hub", "hub"), (told["clerk"], "site", told["seat"])):
        stage.person(username, place)
        page = stage.second_page(username, f"seat:{seat}")
        stage.go(page, f"/phong/{told['sitting']}/ghe/{seat}/")
        page.get_by_role("button", name="Mở điểm cầu này").click()
        page.locator("sitting-stage").wait_for()
    chair = stage.person("chutich", "hub")
    stage.go(chair, f"/phong/{told['sitting']}/chu-tri/")
    chair.locator("#viec-tiep-theo").click()
    both_ways(stage, ["hub", told["seat"]], before="")


def _wait_for_bytes(data):
    limit = time.monotonic() + 20
    while time.monotonic() < limit:
        sizes = [path.stat().st_size for path in data.glob("recordings/*/*/originals/*/*.rtpdump")]
        if len(sizes) >= 4 and min(sizes) > 1000:
            return
        time.sleep(0.2)
    raise AssertionError(f"the recorder wrote no media: {sizes}")


def _ours(data):
    """Pids of all processes that carry our data directory in their environment."""
    mark, found = f"TIEPDAN_DATA_DIR={data}".encode(), []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue
    return found
