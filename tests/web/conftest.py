"""Pages are tested on the morning of 1 December 2026, and a missing variable is a failure."""

from collections.abc import Iterator

import pytest
import time_machine
from django.template import engines

from tests.cast import MORNING

OPTIONAL = {
    "primary.place", "primary.publish", "primary.slips", "primary.prepare",
    "icon", "kind", "sign_out_url", "room_class", "request.GET.q", "field.field.widget.input_type",
}  # fmt: skip
"""What our includes and frames have a default for."""


class _Missing(str):
    """Stands where a template names a variable that nobody gave, and says which one."""

    __slots__ = ()

    def __contains__(self, part: object) -> bool:
        return True

    def __mod__(self, variable: object) -> str:
        if str(variable) in OPTIONAL:
            return ""
        raise AssertionError(f"a template names {variable!s}, which nobody gave")


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=True):
        yield


@pytest.fixture(autouse=True)
def _no_missing_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", _Missing("?"))
