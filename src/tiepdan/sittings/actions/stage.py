"""What all screens of a sitting follow: its layout, who has the floor, who is shown large.

The caller holds the sitting's lock.
"""

from datetime import datetime

from tiepdan.sittings.actions.events import append, locked
from tiepdan.sittings.models import Seat, Sitting


def clear_stage(sitting: Sitting, at: datetime) -> None:
    """Nobody has the floor or is shown large: another part of the sitting begins."""
    if sitting.floor_id is None and sitting.spotlight_id is None:
        return
    sitting.floor = sitting.spotlight = None
    sitting.save(update_fields=["floor", "spotlight"])
    tell_direction(sitting, at)


def step_down(seat: Seat, at: datetime) -> None:
    """The seat is in the room no more: a floor that it held would keep everybody else silent."""
    sitting = locked(seat.sitting)  # as it is now: the caller may have read it long before
    held = [name for name in ("floor", "spotlight") if getattr(sitting, f"{name}_id") == seat.pk]
    if not held:
        return
    for name in held:
        setattr(sitting, name, None)
    sitting.save(update_fields=held)
    tell_direction(sitting, at)


def arrange(sitting: Sitting, layout: str, at: datetime) -> None:
    """Another layout of all screens, for what begins or ends on them."""
    if sitting.layout != layout:
        sitting.layout = layout
        sitting.save(update_fields=["layout"])
        tell_direction(sitting, at)


def tell_direction(sitting: Sitting, at: datetime) -> None:
    """Tell every page what the screens follow now."""
    append(
        sitting,
        "directed",
        at=at,
        layout=sitting.layout,
        spotlight=sitting.spotlight.code if sitting.spotlight else "",
        floor=sitting.floor.code if sitting.floor else "",
    )
