"""Where everything stands in a film: the grid, the sign interpreter beside it, a shared paper.

Pure; all measures are pixels, even as the encoder wants them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

TILES = {1: (960, 540), 4: (640, 360), 9: (426, 240), 16: (320, 180)}
SMALLEST = (240, 136)
WITH_PAPER = (1280, 720)
"""Least size of the grid's area when a paper is shown in it: its writing must be readable."""

STRIP = {4: 1, 16: 2}
"""Columns of the small pictures beside a paper, by how many there are."""


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the film."""

    x: int
    y: int
    width: int
    height: int


class Places:
    """The boxes of a film with these seats; `pinned` has a quarter of the width to itself."""

    def __init__(self, seats: Sequence[str], pinned: str, *, has_paper: bool) -> None:
        self.grid = [one for one in seats if one != pinned]
        count = max(1, len(self.grid))
        self._columns = math.ceil(math.sqrt(count))
        self._tile = next((size for most, size in TILES.items() if count <= most), SMALLEST)
        across = self._columns * self._tile[0]
        down = math.ceil(count / self._columns) * self._tile[1]
        least = WITH_PAPER if has_paper else (0, 0)
        self.area = Box(0, 0, max(across, least[0]), max(down, least[1]))
        self._left, self._top = (self.area.width - across) // 2, (self.area.height - down) // 2
        self._beside = -(-self.area.width // 6) * 2 if len(self.grid) < len(seats) else 0
        self.paper = Box(0, 0, self.area.width // 8 * 6, self.area.height)
        self._strip = next((columns for most, columns in STRIP.items() if count <= most), 4)

    @property
    def width(self) -> int:
        """Of the whole film."""
        return self.area.width + self._beside

    @property
    def is_signed(self) -> bool:
        """Whether somebody is pinned."""
        return self._beside > 0

    def tile(self, identity: str) -> Box:
        """Of a seat; the pinned one is as high as the whole area."""
        if identity not in self.grid:
            return Box(self.area.width, 0, self._beside, self.area.height)
        down, across = divmod(self.grid.index(identity), self._columns)
        width, height = self._tile
        return Box(self._left + across * width, self._top + down * height, width, height)

    def small(self, identity: str) -> Box:
        """The same seat beside a paper; the pinned one stays where it is."""
        if identity not in self.grid:
            return self.tile(identity)
        down, across = divmod(self.grid.index(identity), self._strip)
        width = (self.area.width - self.paper.width) // self._strip // 2 * 2
        height = width * 9 // 32 * 2
        return Box(self.paper.width + across * width, down * height, width, height)
