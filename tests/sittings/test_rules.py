"""The rules of a sitting, as pure functions."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiepdan.sittings import rules
from tiepdan.sittings.rules import MIN_SYNCED_BYTES

SEATS = st.sampled_from(["hub", "a", "b", "c"])


@given(st.dictionaries(SEATS, st.integers(0, 10**6)), st.sets(SEATS))
def test_a_recording_is_proven_by_every_seat(synced: dict[str, int], required: set[str]) -> None:
    """Each required seat should have enough bytes on disk; one without should be enough to fail."""
    proven = rules.is_proven(synced, required)
    assert proven == all(synced.get(seat, 0) >= MIN_SYNCED_BYTES for seat in required)
    if required:
        assert not rules.is_proven(synced | {min(required): MIN_SYNCED_BYTES - 1}, required)


def test_who_is_shown_large() -> None:
    """The hub should see the citizen, everybody else the chair; in the plenary likewise."""
    assert rules.main_seat("hub", hub="hub", guest="a") == "a"
    assert rules.main_seat("a", hub="hub", guest="a") == "hub"
    assert rules.main_seat("hub", hub="hub", guest=None) == ""
    assert rules.main_seat("b", hub="hub", guest=None) == "hub"


def test_titles_are_neutral() -> None:
    """A room's title should name nobody."""
    assert rules.title(None) == "Phiên chung"
    assert rules.title(4) == "Lượt 4"


def test_space_grows_with_turns() -> None:
    """One turn of 30 minutes at 1 Mbit/s for two seats should need 450 MB and the reserve."""
    assert rules.space_needed(0, 30) == rules.DISK_RESERVE
    assert rules.space_needed(1, 30) == rules.DISK_RESERVE + 450_000_000


@pytest.mark.parametrize(
    ("after", "stale"),
    [
        (None, True),
        (timedelta(seconds=-60), True),
        (timedelta(seconds=-1), False),
        (timedelta(seconds=2), False),
    ],
)
def test_who_entered_before(after: timedelta | None, *, stale: bool) -> None:
    """Somebody inside before the admission had a token should be of a displaced page."""
    assert rules.entered_before(after) is stale
