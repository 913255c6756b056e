"""Minutes and conclusions."""

from datetime import date
from typing import Any

import pytest

from tests.cast import AFTERNOON, People
from tests.sittings.factories import opened
from tests.sittings.test_course import refused
from tiepdan.documents.states import DocumentState
from tiepdan.sittings import actions, minutes_text
from tiepdan.sittings.actions import ItemDraft
from tiepdan.sittings.actions.minutes import points_of
from tiepdan.sittings.states import SittingRole

pytestmark = pytest.mark.django_db

DEADLINE = date(2026, 12, 30)


def entry(**more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": "request", "speaker": "Bà An", "text": "Đo đạc lại"}
    return told | {"at": AFTERNOON} | more


def test_writing(cast: People) -> None:
    """A line should be kept with its turn, told to the control pages, and without its text."""
    afternoon = opened(cast)
    visit = afternoon.started()
    by = {"sitting": afternoon.sitting, "by": cast.secretary}
    actions.write_entry(**entry(visit=visit), **by)
    actions.write_entry(**entry(visit=None, kind="note"), **by)
    assert visit.entries.get().text == "Đo đạc lại"
    told = afternoon.sitting.events.filter(kind="entry")
    assert [(row.audience, row.data) for row in told] == [
        ("control", {"number": 1}), ("control", {"number": 0}),
    ]  # fmt: skip
    refused("entry_empty", actions.write_entry, **entry(visit=visit, text=" "), **by)
    refused("entry_empty", actions.write_entry, **entry(visit=visit, kind="x"), **by)
    by["by"] = cast.clerk_a
    refused("not_allowed", actions.write_entry, **entry(visit=visit), **by)


def test_composing(cast: People) -> None:
    """Points should be added, dropped and then confirmed as they stand."""
    afternoon = opened(cast)
    visit = afternoon.started()
    told: dict[str, Any] = {"by": cast.secretary, "at": AFTERNOON}
    directed = ItemDraft("Đo đạc lại", cast.department, DEADLINE)
    answered = ItemDraft("Đã trả lời", None, None)
    for item in (directed, answered, directed):
        visit = actions.draft_point(visit=visit, item=item, **told)
    visit = actions.drop_point(visit=visit, index=2, **told)
    visit = actions.drop_point(visit=visit, index=9, **told)
    assert points_of(visit) == [directed, answered]
    conclusion = actions.record_conclusion(visit=visit, items=points_of(visit), **told)
    items = conclusion.items.values_list("order", "text", "agency__code", "deadline")
    assert list(items) == [(1, "Đo đạc lại", "so-nnmt", DEADLINE), (2, "Đã trả lời", None, None)]
    visit.refresh_from_db()
    assert visit.conclusion_draft == []
    refused("conclusion_stands", actions.draft_point, visit=visit, item=directed, **told)
    refused("conclusion_stands", actions.record_conclusion, visit=visit, items=[answered], **told)


def test_directed_points_are_complete(cast: People) -> None:
    """A point should have text, and both body and deadline or neither, none in the past."""
    visit = opened(cast).started()
    told: dict[str, Any] = {"visit": visit, "by": cast.secretary, "at": AFTERNOON}
    for rule, item in [
        ("point_empty", ItemDraft(" ", None, None)),
        ("point_incomplete", ItemDraft("x", cast.department, None)),
        ("point_incomplete", ItemDraft("x", None, DEADLINE)),
        ("deadline_past", ItemDraft("x", cast.department, date(2026, 12, 14))),
    ]:
        refused(rule, actions.draft_point, item=item, **told)
        refused(rule, actions.record_conclusion, items=[item], **told)
    refused("conclusion_empty", actions.record_conclusion, items=[], **told)


def test_no_conclusion_without_a_hearing(cast: People) -> None:
    """A turn that has not started, or was not heard, should have no conclusion."""
    afternoon = opened(cast)
    visit = afternoon.call()
    item = ItemDraft("x", None, None)
    told: dict[str, Any] = {"visit": visit, "items": [item], "by": cast.chair}
    refused("turn_not_heard", actions.record_conclusion, **told)
    actions.mark_absent(visit=visit, by=cast.chair)
    refused("turn_not_heard", actions.record_conclusion, **told)


def test_signing(cast: People) -> None:
    """Minutes should be issued once, after the end, with turns, unheard citizens and incidents."""
    afternoon = opened(cast)
    sitting, by = afternoon.sitting, cast.secretary
    visit = afternoon.started()
    actions.write_entry(sitting=sitting, visit=visit, by=by, **entry())
    actions.write_entry(
        sitting=sitting, visit=visit, by=by,
        **entry(kind="citizen_opinion", text="Tôi đồng ý"),
    )  # fmt: skip
    item = ItemDraft("Đo đạc lại", cast.department, DEADLINE)
    actions.record_conclusion(visit=visit, items=[item], by=by, at=AFTERNOON)
    actions.end_visit(visit=visit, by=cast.chair, at=AFTERNOON)
    actions.pause_sitting(sitting=sitting, reason="Mất điện", by=cast.chair, at=AFTERNOON)
    actions.resume_sitting(sitting=sitting, by=cast.chair, at=AFTERNOON)
    actions.mark_absent(visit=afternoon.call(), by=cast.chair)
    refused("sitting_not_closed", actions.sign_minutes, sitting=sitting, by=by)
    afternoon.close()
    document = actions.sign_minutes(sitting=sitting, by=by, at=AFTERNOON)
    assert document.state == DocumentState.ISSUED
    told = document.context
    assert [row["order"] for row in told["visits"]] == [1]
    assert told["visits"][0]["citizen_opinion"] == "Tôi đồng ý"
    assert told["visits"][0]["conclusions"][0]["deadline"] == "2026-12-30"
    assert [row["reason"] for row in told["unheard"]] == [
        "Vắng mặt", "Hết giờ, chuyển kỳ sau, giữ nguyên thứ tự",
    ]  # fmt: skip
    assert any("Mất điện" in line for line in told["events"])
    assert {row["part"] for row in told["participants"]} == {
        "chủ trì", "thư ký", "cán bộ điểm cầu",
    }  # fmt: skip
    refused("minutes_signed", actions.sign_minutes, sitting=sitting, by=by)
    refused("minutes_signed", actions.write_entry, sitting=sitting, visit=visit, by=by, **entry())


def test_who_was_added_and_came_is_in_the_minutes(cast: People) -> None:
    """Whoever was added should stand among those present, unless they were in no room."""
    afternoon = opened(cast)
    seat = afternoon.add(cast.department_officer, SittingRole.AGENCY, 1)
    afternoon.add(cast.officer, SittingRole.OBSERVER)
    actions.end_visit(visit=afternoon.started(), by=cast.chair, at=AFTERNOON)
    seat.admissions.update(joined_at=AFTERNOON)
    afternoon.close()
    told = minutes_text.context(afternoon.sitting)["participants"]
    assert told[-1] == {
        "name": str(cast.department_officer),
        "title": cast.department_officer.title,
        "part": "đại diện cơ quan",
        "site": seat.name,
    }
    assert str(cast.officer) not in {row["name"] for row in told}


def test_dropping_twice_drops_once(cast: People) -> None:
    """A second press of the same button should not drop the point that moved up."""
    afternoon = opened(cast)
    visit = afternoon.started()
    told: dict[str, Any] = {"by": cast.secretary, "at": AFTERNOON}
    first, second = ItemDraft("Một\nhai", None, None), ItemDraft("Ba", None, None)
    for item in (first, second):
        visit = actions.draft_point(visit=visit, item=item, **told)
    for _press in range(2):
        visit = actions.drop_point(visit=visit, index=0, text="Một\r\nhai", **told)
    assert points_of(visit) == [second]


def test_confirming_what_is_no_more(cast: People) -> None:
    """A point added between reading and confirming should not be lost."""
    afternoon = opened(cast)
    visit = afternoon.started()
    told: dict[str, Any] = {"by": cast.secretary, "at": AFTERNOON}
    visit = actions.draft_point(visit=visit, item=ItemDraft("Một", None, None), **told)
    seen = points_of(visit)
    actions.draft_point(visit=visit, item=ItemDraft("Hai", None, None), **told)
    refused("conclusion_changed", actions.record_conclusion, visit=visit, items=seen, **told)
