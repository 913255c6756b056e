"""Papers on the screens of a turn: what is shown, to whom it is told, what is kept of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from tests.cast import AFTERNOON, MORNING, People
from tests.documents.test_pages import scanned
from tests.matters import scans
from tests.sittings.factories import Afternoon, opened
from tests.sittings.test_course import refused
from tiepdan.documents import storage
from tiepdan.documents.jobs import render_document
from tiepdan.documents.kinds import DocumentKind
from tiepdan.documents.models import Document
from tiepdan.matters.attachments import attach
from tiepdan.matters.models import Attachment, Filing
from tiepdan.matters.states import Need, ScanState
from tiepdan.scheduling.actions import issue_slips
from tiepdan.sittings import actions, minutes_text, queries
from tiepdan.sittings.duties import remove_pages
from tiepdan.sittings.jobs import draw_pages
from tiepdan.sittings.models import ShownPaper, Visit
from tiepdan.sittings.states import Layout
from tiepdan.video.port import Source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.DOCUMENTS_DIR = tmp_path / "documents"


def with_paper(
    cast: People, content: bytes = b"", name: str = "Đơn.pdf"
) -> tuple[Afternoon, Visit, Attachment]:
    """Turn 1 of A has started; its citizen has handed in one paper."""
    afternoon = opened(cast)
    filing = afternoon.appointment(1).filing
    upload = scans.upload(content or scanned(2), name)
    paper = attach(filing=filing, upload=upload, by=cast.clerk_a, at=MORNING)
    return afternoon, afternoon.started(1), paper


def shown(
    cast: People, visit: Visit, paper: Attachment | Document, at: Any = AFTERNOON
) -> ShownPaper:
    """The secretary shows it and the worker draws its pages."""
    row = actions.show_paper(visit=visit, paper=paper, by=cast.secretary, at=at)
    draw_pages.func(str(row.pk))
    row.refresh_from_db()
    return row


def told(afternoon: Afternoon, *kinds: str) -> list[tuple[str, str, Any]]:
    """Kind, audience and page of these events."""
    rows = afternoon.sitting.events.filter(kind__in=kinds)
    return [(row.kind, row.audience, row.data.get("page")) for row in rows]


def test_a_paper_is_shown_and_turned(cast: People) -> None:
    """The log should have hash, page and moment; each seat of the turn should be told, no other."""
    afternoon, visit, paper = with_paper(cast)
    row = actions.show_paper(visit=visit, paper=paper, by=cast.secretary, at=AFTERNOON)
    assert (row.pages, row.began_at) == (None, None)
    assert told(afternoon, "paper_asked", "paper_shown", "paper") == [
        ("paper_asked", "control", None)
    ]
    draw_pages.func(str(row.pk))
    row.refresh_from_db()
    assert (row.pages, row.page, row.by) == (2, 1, cast.secretary)
    row = actions.turn_page(shown=row, page=2, by=cast.chair, at=AFTERNOON)
    actions.turn_page(shown=row, page=2, by=cast.chair, at=AFTERNOON)
    actions.hide_paper(sitting=afternoon.sitting, by=cast.secretary, at=AFTERNOON)
    assert told(afternoon, "paper_shown", "paper_turned", "paper_hidden", "paper") == [
        ("paper_shown", "control", 1), ("paper", "hub", 1), ("paper", "huu-lung", 1),
        ("paper_turned", "control", 2), ("paper", "hub", 2), ("paper", "huu-lung", 2),
        ("paper_hidden", "control", None), ("paper", "hub", 0), ("paper", "huu-lung", 0),
    ]  # fmt: skip
    logged = afternoon.sitting.events.get(kind="paper_shown")
    assert logged.data["sha256"] == paper.sha256
    everything = str(list(afternoon.sitting.events.values_list("data", flat=True)))
    assert paper.name not in everything
    row.refresh_from_db()
    assert row.ended_at == AFTERNOON


def test_the_screens_follow(cast: People) -> None:
    """While a paper is shown it should come first on all screens, and then no more."""
    afternoon, visit, paper = with_paper(cast)
    actions.choose_layout(sitting=afternoon.sitting, layout=Layout.PAIR, by=cast.chair)

    def layout() -> str:
        afternoon.sitting.refresh_from_db()
        return afternoon.sitting.layout

    shown(cast, visit, paper)
    assert layout() == Layout.DOCUMENT
    shown(cast, visit, paper)
    assert layout() == Layout.DOCUMENT
    actions.hide_paper(sitting=afternoon.sitting, by=cast.chair)
    assert layout() == Layout.PAIR
    shown(cast, visit, paper)
    actions.choose_layout(sitting=afternoon.sitting, layout=Layout.GRID, by=cast.chair)
    actions.hide_paper(sitting=afternoon.sitting, by=cast.chair)
    assert layout() == Layout.GRID


def test_another_paper_takes_its_place(cast: People) -> None:
    """One paper at a time; one drawn before in this turn should be there at once."""
    afternoon, visit, paper = with_paper(cast)
    filing = visit.appointment.filing
    other = attach(filing=filing, upload=scans.upload(scans.heic(), "a.heic"), by=cast.clerk_a)
    first, second = shown(cast, visit, paper), shown(cast, visit, other)
    first.refresh_from_db()
    assert first.ended_at
    assert queries.shown_paper(afternoon.sitting) == second
    again = actions.show_paper(visit=visit, paper=paper, by=cast.secretary)
    assert (again.pages, bool(again.began_at)) == (2, True)


@pytest.mark.parametrize("ending", ["end", "hold", "deliberate", "refuse"])
def test_it_ends_with_its_turn(cast: People, ending: str) -> None:
    """Nothing of a case should stay on the screens when its turn ends or the hub withdraws."""
    afternoon, visit, paper = with_paper(cast)
    row = shown(cast, visit, paper)
    by: dict[str, Any] = {"by": cast.chair, "at": AFTERNOON + timedelta(minutes=9)}
    if ending == "end":
        actions.end_visit(visit=visit, **by)
    elif ending == "hold":
        actions.hold_visit(visit=visit, reason="Chờ giấy tờ", **by)
    elif ending == "deliberate":
        actions.begin_deliberation(sitting=afternoon.sitting, **by)
    else:
        actions.refuse_visit(visit=visit, ground="1", reason="Say rượu", **by)
    row.refresh_from_db()
    assert row.ended_at == by["at"]
    assert told(afternoon, "paper")[-1] == ("paper", "huu-lung", 0)
    assert queries.shown_paper(afternoon.sitting) is None
    refused("not_shown", actions.turn_page, shown=row, page=2, by=cast.chair)


def test_who_may_show(cast: People) -> None:
    """Chair, secretary and the clerk beside the citizen should show papers, and nobody else."""
    afternoon, visit, paper = with_paper(cast)
    for by in (cast.operator, cast.clerk_b, cast.officer, cast.stranger):
        refused("not_allowed", actions.show_paper, visit=visit, paper=paper, by=by)
    row = shown(cast, visit, paper)
    for by in (cast.operator, cast.clerk_b, cast.stranger):
        refused("not_allowed", actions.turn_page, shown=row, page=2, by=by)
        refused("not_allowed", actions.hide_paper, sitting=afternoon.sitting, by=by)
    assert actions.turn_page(shown=row, page=2, by=cast.clerk_a).page == 2
    refused("no_such_page", actions.turn_page, shown=row, page=3, by=cast.chair)
    refused("no_such_page", actions.turn_page, shown=row, page=0, by=cast.chair)


def test_an_interpreters_commune_shows_nothing(cast: People) -> None:
    """The clerk of a commune whose interpreter is in the turn should get none of its papers."""
    afternoon, visit, paper = with_paper(cast)
    filing = visit.appointment.filing
    filing.needs = [Need.SIGN_LANGUAGE]
    filing.save(update_fields=["needs"])
    actions.appoint_sign_interpreter(seat=afternoon.seat("bac-son"), by=cast.secretary)
    assert "bac-son" in afternoon.roster()
    assert not queries.may_show_papers(cast.clerk_b, visit)
    assert queries.may_see_papers(cast.clerk_b, None, visit)
    row = shown(cast, visit, paper)
    refused("not_allowed", actions.turn_page, shown=row, page=2, by=cast.clerk_b)


def test_what_may_be_shown(cast: People) -> None:
    """Only papers of this case, none with a virus, none of a denunciation, in a started turn."""
    afternoon, visit, paper = with_paper(cast)
    ask = {"visit": visit, "paper": paper, "by": cast.secretary}
    foreign = attach(filing=afternoon.appointment(3).filing, upload=scans.upload(), by=cast.clerk_a)
    refused("no_such_paper", actions.show_paper, **ask | {"paper": foreign})
    paper.scan = ScanState.INFECTED
    paper.save()
    refused("no_such_paper", actions.show_paper, **ask)
    paper.scan = ScanState.WAITING
    paper.save()
    filing = visit.appointment.filing
    filing.identity_protected = True
    filing.save()
    refused("sealed", actions.show_paper, **ask)
    filing.identity_protected = False
    filing.save()
    Visit.objects.filter(pk=visit.pk).update(started_at=None)
    refused("no_turn", actions.show_paper, **ask)


def test_what_cannot_be_read_is_told(cast: People) -> None:
    """A broken paper should leave the screens as they are and be told to who wanted it."""
    afternoon, visit, paper = with_paper(cast, scans.PDF)
    row = actions.show_paper(visit=visit, paper=paper, by=cast.secretary, at=AFTERNOON)
    storage.path_of(paper.stored_name).write_bytes(b"%PDF-1.4 broken")
    assert draw_pages.func(str(row.pk)) is False
    row.refresh_from_db()
    assert row.is_unreadable
    assert row.ended_at
    assert afternoon.kinds()[-1] == "paper_unreadable"


def test_taken_away_while_it_is_drawn(cast: People) -> None:
    """What was taken away before its first page was there should not come after all."""
    afternoon, visit, paper = with_paper(cast)
    row = actions.show_paper(visit=visit, paper=paper, by=cast.secretary)
    actions.hide_paper(sitting=afternoon.sitting, by=cast.secretary)
    draw_pages.func(str(row.pk))
    assert told(afternoon, "paper_shown", "paper") == []
    assert queries.shown_paper(afternoon.sitting) is None


def test_no_page_outlives_its_turn(cast: People) -> None:
    """Pages are copies: they should go when the turn is over, and only then."""
    _, visit, paper = with_paper(cast)
    folder = queries.pages_folder(shown(cast, visit, paper))
    assert remove_pages() == 0
    assert len(list(folder.glob("*.webp"))) == 4
    actions.end_visit(visit=visit, by=cast.chair)
    assert remove_pages() == 1
    assert not folder.exists()


def test_minutes_list_what_was_shown(cast: People) -> None:
    """The minutes should name paper, hash, pages and times; of a sealed case not the name."""
    afternoon, visit, paper = with_paper(cast)
    row = shown(cast, visit, paper)
    actions.turn_page(shown=row, page=2, by=cast.secretary, at=AFTERNOON + timedelta(seconds=70))
    actions.end_visit(visit=visit, by=cast.chair, at=AFTERNOON + timedelta(minutes=5))
    ShownPaper.objects.update(began_at=AFTERNOON)
    afternoon.sitting.events.filter(kind="paper_shown").update(at=AFTERNOON)
    afternoon.close()
    [line] = minutes_text.context(afternoon.sitting)["visits"][0]["shown"]
    assert line == (
        f"«Đơn.pdf» (SHA-256 {paper.sha256}), từ 14:00:00 đến 14:05:00: "
        "trang 1 lúc 14:00:00, trang 2 lúc 14:01:10"
    )
    filing = visit.appointment.filing
    filing.identity_protected = True
    filing.save()
    assert "Đơn.pdf" not in str(minutes_text.context(afternoon.sitting)["visits"])


def test_a_shared_picture_is_a_right_for_a_while(cast: People) -> None:
    """A seat may send its screen only while it was let, in its turn, and nobody silenced it."""
    afternoon, visit, paper = with_paper(cast)
    hub, site, other = (afternoon.seat(code) for code in ("hub", "huu-lung", "bac-son"))
    ask = {"visit": visit, "seat": site, "kind": "camera", "by": cast.clerk_a, "at": AFTERNOON}

    def may() -> dict[str, bool]:
        afternoon.sitting.refresh_from_db()
        return {
            seat.code: Source.PAPER in queries.may_send(seat, afternoon.sitting)
            for seat in (hub, site, other)
        }

    nobody = {"hub": False, "huu-lung": False, "bac-son": False}
    assert may() == nobody
    row = actions.share_picture(**ask)
    assert may() == nobody | {"huu-lung": True}
    assert told(afternoon, "picture_shared") == [("picture_shared", "control", None)]
    assert afternoon.sitting.layout == Layout.DOCUMENT
    actions.lock_microphone(seat=site, by=cast.chair)
    assert not queries.may_send(afternoon.seat("huu-lung"), afternoon.sitting) & {Source.PAPER}
    refused("silenced", actions.share_picture, **ask)
    actions.unlock_microphone(seat=site, by=cast.chair)
    shown(cast, visit, paper)
    assert may() == nobody
    row.refresh_from_db()
    assert row.ended_at
    actions.share_picture(**ask | {"seat": hub, "kind": "screen", "by": cast.secretary})
    assert may() == nobody | {"hub": True}
    refused("not_in_room", actions.share_picture, **ask | {"seat": other, "by": cast.chair})
    refused("unknown_kind", actions.share_picture, **ask | {"kind": "file"})
    refused("not_allowed", actions.share_picture, **ask | {"by": cast.clerk_b})
    actions.end_visit(visit=visit, by=cast.chair, at=AFTERNOON + timedelta(minutes=5))
    assert may() == nobody
    refused("no_turn", actions.share_picture, **ask | {"by": cast.chair})
    afternoon.close()
    lines = minutes_text.context(afternoon.sitting)["visits"][0]["shown"]
    assert [line.split(",")[0] for line in lines if "SHA" not in line] == [
        "camera soi giấy tờ của UBND xã Hữu Lũng",
        "màn hình máy tính của Trụ sở Tiếp công dân tỉnh",
    ]


def test_where_sharing_is_offered(cast: People) -> None:
    """In a turn whose papers may be shown, not in a denunciation's, not in the plenary."""
    afternoon = opened(cast)
    assert not queries.is_sharable(afternoon.room())
    visit = afternoon.started(1)
    assert queries.is_sharable(afternoon.room())
    Filing.objects.filter(pk=visit.appointment.filing_id).update(identity_protected=True)
    assert not queries.is_sharable(afternoon.room())


def slips(cast: People, afternoon: Afternoon, *orders: int) -> list[Document]:
    """The appointment slips of these turns, issued."""
    reception = afternoon.sitting.reception
    issue_slips(reception=reception, by=cast.officer, at=MORNING)
    rows = reception.appointments.filter(order__in=orders).order_by("order")
    return [row.slip for row in rows if row.slip]


def test_an_issued_paper_is_shown(cast: People) -> None:
    """What was issued in the case should be shown, once its file is made, and be in the minutes."""
    afternoon, visit, _ = with_paper(cast)
    [slip] = slips(cast, afternoon, 1)
    ask = {"visit": visit, "by": cast.secretary, "at": AFTERNOON}
    refused("no_such_paper", actions.show_paper, paper=slip, **ask)
    render_document.func(str(slip.pk))
    slip.refresh_from_db()
    assert list(queries.documents(visit)) == [slip]
    row = shown(cast, visit, slip)
    assert (row.sha256, bool(row.pages), row.attachment) == (slip.pdf_sha256, True, None)
    actions.end_visit(visit=visit, by=cast.chair)
    afternoon.close()
    [line] = minutes_text.context(afternoon.sitting)["visits"][0]["shown"]
    assert line.startswith(f"«Phiếu hẹn {slip.number_text}» (SHA-256 {row.sha256})")


def test_what_of_the_issued_papers_is_not_shown(cast: People) -> None:
    """Another case's, one between offices, one with a secret, any of a denunciation: refused."""
    afternoon, visit, _ = with_paper(cast)
    slip, other = slips(cast, afternoon, 1, 2)
    filing = visit.appointment.filing
    papers = Document.objects.filter(pk__in=[slip.pk, other.pk, filing.receipt_id])
    papers.update(rendered_revision=F("revision"), pdf_name="x.pdf", pdf_sha256="0" * 64)
    ask = {"visit": visit, "by": cast.secretary, "at": AFTERNOON}
    refused("no_such_paper", actions.show_paper, paper=other, **ask)
    assert list(queries.documents(visit)) == [slip]
    refused("no_such_paper", actions.show_paper, paper=filing.receipt, **ask)
    papers.filter(pk=slip.pk).update(kind=DocumentKind.SHELVING)
    refused("no_such_paper", actions.show_paper, paper=slip, **ask)
    papers.filter(pk=slip.pk).update(kind=DocumentKind.CITIZEN_APPOINTMENT)
    filing.identity_protected = True
    filing.save()
    assert not queries.documents(visit).exists()
    refused("sealed", actions.show_paper, paper=slip, **ask)
