"""P11: server time of the five busiest pages with the demo province, against a bare view.

The floor is the bare view (/khoe/) and the page's own SQL asked again without Django's models.
"""

import time
from collections.abc import Callable
from typing import Any

from bench import copy
from bench.main import Line

ROUNDS = 40
WANTED = "server time <= 1.5 x floor (same SQL from a bare view); <= 12 queries"


def measure() -> list[Line]:
    """One line a page: median milliseconds over the bare view's, and its queries."""
    with copy.running("pages"):
        copy.setup()
        return _lines()


def _lines() -> list[Line]:
    from django.test import Client  # noqa: PLC0415 - after Django is set up
    from django.urls import reverse  # noqa: PLC0415

    from tiepdan.accounts.models import User  # noqa: PLC0415
    from tiepdan.matters.models import Filing  # noqa: PLC0415
    from tiepdan.scheduling.models import Reception  # noqa: PLC0415

    official, citizen = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    official.force_login(User.objects.get(username="chuyenvien"))
    filing, reception = Filing.objects.first(), Reception.objects.first()
    pages = {
        "trang đầu": (citizen, reverse("portal:home")),
        "việc hôm nay": (official, reverse("desk:today")),
        "danh sách đơn": (official, reverse("desk:filings")),
        "một đơn": (official, reverse("desk:filing", args=[filing and filing.pk])),
        "một buổi tiếp": (official, reverse("desk:reception", args=[reception and reception.pk])),
    }
    floor = _milliseconds(lambda: citizen.get("/khoe/"))
    return [_line(name, client, path, floor) for name, (client, path) in pages.items()]


def _line(name: str, client: Any, path: str, bare: float) -> Line:
    from django.db import connection  # noqa: PLC0415

    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, values: Any, *rest: Any) -> Any:
        asked.append((sql, values))
        return execute(sql, values, *rest)

    def ask_again() -> None:
        with connection.cursor() as cursor:
            for sql, values in asked:
                if sql.startswith("SELECT"):
                    cursor.execute(sql, values)
                    cursor.fetchall()

    with connection.execute_wrapper(note):
        answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    took, sql = _milliseconds(lambda: client.get(path)), _milliseconds(ask_again)
    floor = bare + sql
    figures = (
        f"{took:.1f} ms; bare view {bare:.2f} ms (x{took / bare:.0f}) + its SQL {sql:.2f} ms; "
        f"{len(asked)} queries, {len(answer.content) / 1024:.0f} KiB"
    )
    return Line("pages", "P11", name, took / floor, figures, WANTED)


def _milliseconds(act: Callable[[], object]) -> float:
    act()
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        act()
        times.append((time.perf_counter() - begin) * 1000)
    return copy.median(times)
