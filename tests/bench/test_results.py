"""The file of kept figures."""

import json

from bench import results


def _keep(path, identifier, figure, goal="P4"):
    return results.keep(
        goal, identifier, "tiếng ngừng lâu nhất", figure=figure, unit="ms", wanted="<= 200",
        reached=figure <= 200, load=1.23, path=path,
    )  # fmt: skip


def test_figures_are_kept_with_what_is_needed_to_doubt_them(tmp_path):
    """A figure should carry machine, load, date and commit."""
    path = tmp_path / "room.json"
    told = _keep(path, "p4-gap", 120.0004)
    assert results.read(path) == [told]
    row = json.loads(path.read_text(encoding="utf-8"))[0]
    assert (row["figure"], row["load"], row["reached"]) == (120.0, 1.2, True)
    assert all(row[name] for name in ("machine", "date", "commit", "unit", "wanted"))


def test_the_latest_counts(tmp_path):
    """Of two runs the later should be shown, the earlier kept; a worse one too."""
    path = tmp_path / "room.json"
    _keep(path, "p4-gap", 120)
    worse = _keep(path, "p4-gap", 900)
    other = _keep(path, "p1-cores", 1, goal="P1")
    assert results.latest(path) == [other, worse]
    assert len(results.read(path)) == 3


def test_no_figures_yet(tmp_path):
    """Without a file there should be no figures and no error."""
    assert results.latest(tmp_path / "room.json") == []
