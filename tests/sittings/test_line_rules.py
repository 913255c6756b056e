"""What a site's report is read as, and what is wrong in it."""

import pytest

from tiepdan.sittings.line_rules import PATHS, Readings, Trouble, read, troubles

GOOD = Readings(in_room=True, up_kbps=1800, down_kbps=2400, loss_up=0.3, rtt_ms=45, path="udp",
                frames=25, loudness=12, battery=80, on_mains=True)  # fmt: skip


def test_read_keeps_a_report():
    """A report should come back from the database as it was."""
    assert read(GOOD.as_json()) == GOOD


@pytest.mark.parametrize("name", GOOD.as_json())
@pytest.mark.parametrize("value", [None, True, -1, 1e300, float("nan"), float("inf"), "x", [], {}])
def test_read_survives_nonsense(name, value):
    """Whatever a page says, the figures should stay within what can be."""
    found = read(GOOD.as_json() | {name: value})
    assert 0 <= found.loss_up <= 100
    assert 0 <= found.up_kbps <= 10_000_000
    assert found.battery is None or 0 <= found.battery <= 100
    assert found.path in {"", *PATHS}
    assert isinstance(troubles(found), set)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, set()),
        ({"loss_down": 7.5}, {Trouble.LOSS}),
        ({"loss_up": 5.0}, set()),
        ({"rtt_ms": 900}, {Trouble.SLOW}),
        ({"loudness": 0}, {Trouble.NO_SOUND}),
        ({"loudness": None}, set()),
        ({"frames": 0}, {Trouble.NO_PICTURE}),
        ({"battery": 25, "on_mains": False}, {Trouble.BATTERY}),
        ({"battery": 25, "on_mains": True}, set()),
        ({"loss_up": 50, "in_room": False}, set()),
    ],
)
def test_troubles(changed, expected):
    """A figure beyond its limit should be a trouble; the line counts inside a room only."""
    assert troubles(read(GOOD.as_json() | changed)) == expected


@pytest.mark.parametrize(("told", "skew"), [(80, 80), (-35.4, -35), ("x", None), (1e12, None)])
def test_skew(told: object, skew: int | None):
    """A picture may be earlier than its sound, and nonsense should count as not said."""
    assert read({"skew_ms": told}).skew_ms == skew
