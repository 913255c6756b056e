"""A province of the tests that differs from Lạng Sơn in data only."""

from pathlib import Path

_ONLINE = """\
base = "lang-son"

[[rule]]
key = "registration_channels"
value = ["in_person", "letter", "online"]
unit = "channels"
article = "invented for tests"
source = "invented for tests"
confidence = 1.0
valid_from = 2014-07-01
"""


def online(folder: Path) -> str:
    """The name of a profile in `folder` that also admits registering online."""
    path = folder / "registers-online.toml"
    path.write_text(_ONLINE, encoding="utf-8")
    return str(path.with_suffix(""))


_DENOUNCING = """\
base = "lang-son"

[[rule]]
key = "denunciation_online"
says = "Tiếp trực tuyến người tố cáo: {}."
value = true
unit = "yes or no"
article = "invented for tests"
source = "invented for tests"
confidence = 1.0
valid_from = 2014-07-01
"""


def denouncing(folder: Path) -> str:
    """The name of a profile in `folder` that also admits denunciations online."""
    path = folder / "denounces-online.toml"
    path.write_text(_DENOUNCING, encoding="utf-8")
    return str(path.with_suffix(""))
