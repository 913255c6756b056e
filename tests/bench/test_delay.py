"""How delays are read from the numbers and beeps that two pages saw and heard."""

import pytest
from bench.delay import delays


def test_the_line_is_taken_off():
    """A frame and a beep should count from the last time they were sent, less the line's delay."""
    sent = {"frames": [[1, 1000], [2, 1040], [1, 11_000]], "beeps": [1000, 2000]}
    shown = {"frames": [[1, 1150], [2, 1190], [1, 11_150]], "beeps": [1090, 2090]}
    found = delays(sent, shown, 50)
    assert found.glass == [100, 100, 100]
    assert found.mouth == [40, 40]
    assert found.skew == 60


def test_what_was_never_sent_is_no_delay():
    """Numbers and beeps without their origin should be left out; with none at all there is none."""
    sent = {"frames": [[1, 1000]], "beeps": [1000]}
    shown = {"frames": [[9, 1150], [1, 1150], [1, 1190]], "beeps": [900, 1040]}
    assert delays(sent, shown, 0).mouth == [40]
    with pytest.raises(RuntimeError, match="nothing to compare"):
        delays({"frames": [], "beeps": []}, shown, 0)
