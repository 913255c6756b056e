"""Secrets of an installation."""

from tiepdan.config.secret_files import read_or_make


def test_secret_is_made_once_and_private(tmp_path):
    """A secret should stay the same and be readable by the service alone."""
    path = tmp_path / "secrets" / "key"
    assert read_or_make(path) == read_or_make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["key"]
