"""Which layouts fit into which lines."""

from datetime import date

import pytest

from tiepdan.scheduling.line_budget import Layout, Line, budget, cap, layers, received

DAY = date(2026, 12, 15)
WIDE = Line(1_000_000, 1_000_000)


@pytest.mark.parametrize(
    ("layout", "mbit"),
    [
        (Layout.ALL_LARGE, 27.7),
        (Layout.HUB_LARGE, 8.8),
        (Layout.RECEPTION, 4.75),
        (Layout.TIGHT, 2.19),
    ],
)
def test_fifteen_sites(layout, mbit):
    """What a site receives beside 14 others should be the figures of the goals."""
    assert received(layout, 15, layers(DAY)) / 1000 == pytest.approx(mbit, abs=0.06)


@pytest.mark.parametrize(
    ("sites", "line", "expected"),
    [
        (1, Line(5000, 5000), Layout.ALL_LARGE),
        (2, Line(5000, 5000), Layout.ALL_LARGE),
        (5, Line(5000, 5000), Layout.HUB_LARGE),
        (10, Line(5000, 5000), Layout.RECEPTION),
        (15, Line(5000, 5000), Layout.TIGHT),
        (15, Line(5000, 2500), Layout.SPEECH),
        (15, Line(5000, 300), None),
    ],
)
def test_the_richest_that_fits(sites, line, expected):
    """The layout should be the richest that every site's line takes."""
    found = budget(WIDE, {str(number): line for number in range(sites)}, on=DAY)
    assert found.layout == expected


@pytest.mark.parametrize(("sites", "fits"), [(7, True), (8, False)])
def test_engine_behind_the_hubs_line(sites, fits):
    """Behind 30 Mbit/s the reception layout should go to seven sites, as the goals compute."""
    lines = dict.fromkeys(map(str, range(sites)), WIDE)
    found = budget(Line(30_000, 30_000), lines, on=DAY, engine_at_hub=True)
    assert (found.layout in {Layout.ALL_LARGE, Layout.HUB_LARGE, Layout.RECEPTION}) is fits
    assert found.narrowest == ""


def test_the_narrowest_line_is_named():
    """What does not fit should be told with the line that is too narrow, and by how much."""
    found = budget(WIDE, {"a": Line(5000, 20_000), "b": Line(5000, 4000)} | {
        str(number): WIDE for number in range(6)
    }, on=DAY)  # fmt: skip
    assert (found.narrowest, found.has) == ("b", 3400)
    assert found.needed > found.has


def test_caps():
    """Nobody should be let to fill their whole line."""
    assert cap(Line(5000, 5000)) == 4250
    assert budget(WIDE, {"a": Line(2000, 9000)}, on=DAY).caps == {"a": 1700}
