"""Planned receptions of December 2026, by the product's own actions."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest

from tests.cast import MORNING, People
from tiepdan.common.clock import VIETNAM
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.scheduling.actions import plan_reception, publish_reception
from tiepdan.scheduling.models import Reception

DECEMBER = date(2026, 12, 1)
LATER = datetime(2026, 12, 2, 9, 0, tzinfo=VIETNAM)


def planned(cast: People, *, month: date = DECEMBER, **more: object) -> Reception:
    """A reception with hub, A and B."""
    people = {"chair": cast.chair, "secretary": cast.secretary, "by": cast.officer}
    places = {"hub": cast.hub, "branches": [cast.site_a, cast.site_b]}
    given = {"agency": cast.province, "month": month, "at": MORNING} | people | places | more
    return plan_reception(**given)  # type: ignore[arg-type]


def published(cast: People, *, at: datetime = LATER, **more: object) -> Reception:
    """A reception the public knows of."""
    return publish_reception(reception=planned(cast, **more), by=cast.officer, at=at)  # type: ignore[arg-type]


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """Expects the refusal of that name."""
    with pytest.raises(RuleRefusedError) as error:
        yield
    assert error.value.rule == rule
