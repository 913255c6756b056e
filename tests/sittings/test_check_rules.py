"""How good a site's machine is."""

import pytest

from tiepdan.sittings.check_rules import Fault, Score, faults, read, score

GOOD = {
    "camera": True, "microphone": True, "loudness": 12, "heard": True, "media": True,
    "up_kbps": 4000, "down_kbps": 8000, "loss_up": 0.2, "loss_down": 0.0, "rtt_ms": 40,
    "path": "udp",
}  # fmt: skip
CHROMIUM = ("Chromium", 138)


@pytest.mark.parametrize(
    ("changed", "expected", "verdict"),
    [
        ({}, [], Score.GOOD),
        ({"camera": False}, [Fault.NO_CAMERA], Score.USABLE),
        ({"microphone": False}, [Fault.NO_MICROPHONE], Score.BAD),
        ({"loudness": 0}, [Fault.SILENT_MICROPHONE], Score.BAD),
        ({"heard": None}, [Fault.SOUND_UNTRIED], Score.USABLE),
        ({"heard": False}, [Fault.NO_SOUND], Score.BAD),
        ({"media": False}, [Fault.NO_MEDIA], Score.BAD),
        ({"up_kbps": 900}, [Fault.NARROW], Score.USABLE),
        ({"down_kbps": 200}, [Fault.TOO_NARROW], Score.BAD),
        ({"loss_down": 3}, [Fault.LOSS], Score.USABLE),
        ({"loss_up": 9}, [Fault.HEAVY_LOSS], Score.BAD),
        ({"rtt_ms": 500}, [Fault.DELAY], Score.USABLE),
        ({"rtt_ms": 1200}, [Fault.HEAVY_DELAY], Score.BAD),
        ({"path": "relay-tls"}, [Fault.NO_UDP], Score.USABLE),
        ({"camera": False, "heard": False}, [Fault.NO_SOUND, Fault.NO_CAMERA], Score.BAD),
    ],
)
def test_scores(changed, expected, verdict):
    """Each fault should be named, the worst first, and decide the verdict."""
    wrong = faults(read(GOOD | changed, CHROMIUM))
    assert wrong == expected
    assert score(wrong) == verdict


@pytest.mark.parametrize(
    ("browser", "old"),
    [(CHROMIUM, False), (("Chromium", 90), True), (("Firefox", 80), True), (("?", 0), False)],
)
def test_browsers(browser, old):
    """A browser older than the pages are built for should be told."""
    assert (Fault.OLD_BROWSER in faults(read(GOOD, browser))) is old


def test_an_empty_report_is_bad():
    """A page that found nothing should never be good."""
    assert score(faults(read({}, CHROMIUM))) == Score.BAD
