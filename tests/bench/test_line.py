"""The emulator of weak lines: its arithmetic, and a real line where the machine allows one."""

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from itertools import pairwise

import pytest
from bench.line import Way, available, site

PACKET = bytes(1250)  # 10,000 bits


def _sent(way, count, every=0.0):
    for number in range(count):
        way.put(PACKET, number * every)


def test_rate_and_delay_add_up():
    """Packets should leave one after another at the rate, each after the delay."""
    way = Way(kbps=1000, delay=50)
    _sent(way, 3)
    assert list(way.due(0.0599)) == []
    assert len(list(way.due(0.0601))) == 1
    assert len(list(way.due(0.0801))) == 2


def test_a_full_queue_drops():
    """What would wait longer than the queue should be dropped, not kept."""
    way = Way(kbps=1000, queue=100)
    _sent(way, 50)
    assert (way.passed, way.dropped) == (11, 39)
    assert way.carried == 11 * len(PACKET)


@pytest.mark.parametrize("burst", [1, 8])
def test_the_share_of_lost_packets_is_as_asked(burst):
    """By chance or in bursts, the mean share of losses should be the one asked for."""
    way = Way(loss=0.05, burst=burst)
    _sent(way, 60_000)
    assert 0.04 < way.dropped / 60_000 < 0.06


def test_bursts_are_as_long_as_asked():
    """Losses should come in stretches of the mean length asked for."""
    way, fates = Way(loss=0.05, burst=8), []
    for number in range(60_000):
        dropped = way.dropped
        way.put(PACKET, number)
        fates.append(way.dropped > dropped)
    stretches = sum(1 for before, now in pairwise(fates) if now and not before)
    assert 6 < sum(fates) / stretches < 10


def test_a_line_without_limits_lets_all_through_at_once():
    """No rate, no delay, no loss: every packet is due when it came."""
    way = Way()
    _sent(way, 5)
    assert len(list(way.due(0.0))) == 5
    assert way.next_due() is None


@pytest.fixture
def place():
    """A place behind a line; skipped, saying why, where the machine gives none."""
    if missing := available():
        pytest.skip(f"a weak line {missing}")
    with ExitStack() as until_the_end:
        try:
            found = until_the_end.enter_context(site(50 + os.getpid() % 200))
        except RuntimeError as error:
            pytest.skip(f"this machine gives no line: {error}")
        yield found


def _arrived(place, count):
    """How many of `count` datagrams from the site arrive here."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here:
        here.bind((place.here, 0))
        here.settimeout(4)
        words = (
            "import socket, sys; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
            "for n in range(int(sys.argv[3])):\n"
            "  s.sendto(b'x' * 500, (sys.argv[1], int(sys.argv[2])))"
        )
        port = str(here.getsockname()[1])
        command = [*place.inside, sys.executable, "-c", words, place.here, port, str(count)]
        subprocess.run(command, check=True)
        found = 0
        try:
            while found < count:
                here.recv(2048)
                found += 1
        except TimeoutError:
            pass
        return found


def test_a_real_line_changes_while_it_runs(place):
    """Each direction should obey by itself, at once; counters should tell what passed."""
    assert _arrived(place, 20) == 20
    place.set(up={"loss": 1.0})
    assert _arrived(place, 20) == 0
    place.set(up={"loss": 0.0}, down={"loss": 1.0})
    assert _arrived(place, 20) == 20
    counts = place.counts()
    assert counts["up"]["passed"] >= 40
    assert counts["up"]["dropped"] >= 20


def test_a_cut_drops_without_telling(place):
    """During a cut nothing should pass and nobody be told; afterwards all passes again."""
    with place.cut():
        words = (
            "import socket, sys; s = socket.socket(); s.settimeout(1)\n"
            "try: s.connect((sys.argv[1], 9))\n"
            "except TimeoutError: print('silence')\n"
            "except OSError as error: print(error)"
        )
        command = [*place.inside, sys.executable, "-c", words, place.here]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "silence"
    begin = time.monotonic()
    while _arrived(place, 5) < 5:
        assert time.monotonic() - begin < 10, "nothing passes after the cut"
