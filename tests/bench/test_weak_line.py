"""How the figures of a weak line are read from what a page counted."""

from bench.weak_line import CASES, Heard, _keep, read

from bench import results


def _rows(frames, concealed):
    """Looks five times a second, 9,600 samples of sound in each."""
    return [
        {"at": 200 * n, "samples": 9600 * n, "concealed": made_up, "frames": shown,
         "frozen": 0.1 * n, "height": 180, "steps": [2, 1]}
        for n, (shown, made_up) in enumerate(zip(frames, concealed, strict=True))
    ]  # fmt: skip


def test_gaps_and_shares_are_read():
    """Two looks without a new picture are 0.4 s; speech is missing where most of it is made up."""
    heard = read(_rows([0, 4, 4, 4, 8], [0, 0, 480, 480 + 9000, 480 + 9000]))
    assert (heard.picture_gap, heard.speech_gap) == (0.4, 0.2)
    assert heard.fps == 10
    assert round(heard.concealed, 3) == round(9480 / 38_400, 3)
    assert (heard.height, heard.steps) == (180, (2, 1))


def test_figures_are_kept_good_or_bad(tmp_path, monkeypatch):
    """Each goal should be kept with its figure, and missed ones be marked so."""
    path = tmp_path / "room.json"
    whole = Heard(0.001, 25, 0.0, 0.2, 0.0, 720, (0, 0))
    poor = Heard(0.2, 3, 0.5, 9.0, 2.0, 180, (4, 3))
    keep = results.keep
    monkeypatch.setattr(results, "keep", lambda *told, **more: keep(*told, **more, path=path))
    _keep({case.id: whole if case.id == "p4" else poor for case in CASES}, load=0.5)
    reached = {one.id: one.reached for one in results.latest(path)}
    assert reached["p4-fps"]
    assert reached["p4-frozen"]
    assert not reached["f15-picture"]
    assert not reached["f15-gap"]
    assert not reached["p7-3"]
