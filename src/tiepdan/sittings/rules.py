"""Rules of a live sitting: pure functions of values."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

MIN_SYNCED_BYTES = 4096
"""Bytes of one seat that must lie on disk before its recording counts as running."""

VERIFY_WITHIN = timedelta(seconds=3)
"""How long the room waits for that proof before the sign turns into a fault."""

SEAT_BYTES_PER_SECOND = 125_000
"""What one seat's recording grows by: picture and sound at 1 Mbit/s."""

DISK_RESERVE = 256 * 1024 * 1024
"""Bytes that stay free for everything else."""

MAX_JOIN_DELAY = timedelta(seconds=5)
"""How far the engine's clock may be off when it says when somebody joined."""


IN_FLIGHT = timedelta(seconds=2)
"""How long packets of somebody who was cut off may still be on their way (0.1 s at load 16)."""

UNDO_CLOSE = timedelta(seconds=60)
"""How long a closed sitting's rooms and recorders stay, so that the chair may undo the closing."""


def is_proven(synced_bytes: Mapping[str, int], required: Iterable[str]) -> bool:
    """Whether the recording of every required seat lies on disk.

    No turn is heard unrecorded except by the chair's logged exception (law.md 6.7 no. 1).
    """
    return all(synced_bytes.get(seat, 0) >= MIN_SYNCED_BYTES for seat in required)


SIGN_LANGUAGE_KBPS = 1000
"""Line below which signs blur: 20 frames a second at 360 lines take about 0.5 Mbit/s, speech and
the chair's picture the rest (frames: ITU-T H-series Supplement 1)."""


def carries_signs(up_kbps: int, down_kbps: int) -> bool:
    """Whether a line carries sign language both ways."""
    return min(up_kbps, down_kbps) >= SIGN_LANGUAGE_KBPS


def main_seat(seat: str, *, hub: str, guest: str | None) -> str:
    """The seat that `seat` sees large: the citizen from the hub, the chair from elsewhere."""
    return (guest or "") if seat == hub else hub


def may_speak(
    seat: str, *, hub: str, floor: str | None, is_locked: bool, is_paused: bool = False
) -> bool:
    """Whether a seat may publish its microphone.

    Nobody while the sitting is paused or suspended: the recording runs on and says why. Not while
    the chair has locked it; while one seat has the floor, only that one and the hub.
    """
    return not is_paused and not is_locked and (floor is None or seat in {floor, hub})


def title(number: int | None, *, is_private: bool = False) -> str:
    """What a room is called for everyone: neutral, no citizen's name; None is the plenary."""
    if is_private:
        return "Hội ý riêng"
    return "Phiên chung" if number is None else f"Lượt {number}"


def space_needed(turns: int, minutes_per_turn: int) -> int:
    """Free bytes needed to record so many turns of two seats, plus the reserve."""
    return DISK_RESERVE + turns * minutes_per_turn * 60 * 2 * SEAT_BYTES_PER_SECOND


def entered_before(
    joined_after_token: timedelta | None,
) -> bool:
    """Whether somebody in a room got in before the present admission; None: no token issued yet.

    `joined_after_token`: time of joining minus time of issuing the admission's token. Such a
    connection is of a page that has been displaced.
    """
    return joined_after_token is None or joined_after_token < -MAX_JOIN_DELAY


INVITE_LASTS = timedelta(minutes=15)
"""How long a link into a running turn may be opened: about a turn (12-15 minutes, law.md 8.2 no.
12), so that it is not worth more than the turn it was made for."""

ROUND_TO = timedelta(minutes=5)
"""Estimates for a hall are told in steps: «14:35», never «14:33»."""


def turn_ends(started_at: datetime, now: datetime, minutes: int) -> datetime:
    """About when a running turn ends; one that is over its minutes may end any moment."""
    return max(now, started_at + timedelta(minutes=minutes))


def turn_times(first: datetime, minutes: int, count: int) -> list[datetime]:
    """About when each of the next turns begins, told in steps of five minutes, never too early."""
    steps = [first + timedelta(minutes=minutes * place) for place in range(count)]
    return [_rounded(moment) for moment in steps]


def _rounded(moment: datetime) -> datetime:
    over = (moment - datetime.min.replace(tzinfo=moment.tzinfo)) % ROUND_TO
    return moment if not over else moment - over + ROUND_TO
