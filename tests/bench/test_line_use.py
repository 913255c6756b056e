"""The least that a line could carry for what a page shows."""

from bench.line_use import OVERHEAD, SPEECH, least_bits

from bench import seats


def test_the_least_is_the_smallest_layer_that_covers(monkeypatch):
    """Each tile should count with the smallest layer that is as high as it, and each voice once."""
    bits = {"camera-180": 100.0, "camera-360": 1000.0, "camera-720": 10_000.0}
    monkeypatch.setattr(seats, "bits_of", bits.__getitem__)
    tiles = [[1280, 721], [640, 360], [320, 181], [200, 112]]
    assert least_bits(tiles, 2) == (2 * SPEECH + 10_000 + 1000 + 1000 + 100) * OVERHEAD
