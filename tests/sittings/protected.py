"""An afternoon in which somebody denounces from a commune's site, as a profile may admit."""

from datetime import date, timedelta

from tests import cast as everyone
from tests.cast import AFTERNOON, MORNING, People
from tests.sittings.factories import Afternoon
from tiepdan.followup.actions import approve_notice, draft_notice, issue_notice
from tiepdan.followup.models import ResultNotice
from tiepdan.matters.actions import (
    Findings,
    classify_filing,
    decide,
    propose_filing,
    record_consent,
    register_denunciation,
)
from tiepdan.matters.models import Filing
from tiepdan.matters.states import (
    Channel,
    Competence,
    FilingKind,
    OnlineGround,
    ReceptionForm,
    Verdict,
)
from tiepdan.recordings.models import Recording
from tiepdan.recordings.states import RecordingState
from tiepdan.scheduling.actions import (
    invite,
    issue_slips,
    place_appointments,
    plan_reception,
    publish_reception,
)
from tiepdan.sittings import actions
from tiepdan.sittings.models import Visit

SUBJECT = "Cán bộ địa chính nhận tiền"
SAID = "Người tố cáo kể lại việc đưa tiền."


def denunciation(cast: People) -> Filing:
    """Registered under a number, classified, proposed for the online form, approved."""
    filing = register_denunciation(
        place=cast.commune_a.unit, subject=SUBJECT, content="Nhận 5 triệu đồng.",
        agency=cast.board, channel=Channel.IN_PERSON, by=cast.officer, at=MORNING,
    ).filing  # fmt: skip
    record_consent(filing=filing, given=True, manner="Nói tại bàn", by=cast.officer, at=MORNING)
    classify_filing(
        filing=filing, kind=FilingKind.DENUNCIATION, findings=Findings(Competence.OWN),
        online_ground=OnlineGround.C, summary="Tố cáo cán bộ địa chính",
        by=cast.officer, at=MORNING,
    )  # fmt: skip
    fresh = Filing.objects.get(pk=filing.pk)
    propose_filing(
        filing=fresh, form=ReceptionForm.ONLINE, reason="Thuộc thẩm quyền", by=cast.head, at=MORNING
    )
    fresh = Filing.objects.get(pk=filing.pk)
    decide(disposition=fresh.disposition, verdict=Verdict.APPROVED, reason="", by=cast.chair,
           at=MORNING)  # fmt: skip
    return Filing.objects.get(pk=filing.pk)


def waiting(cast: People) -> Afternoon:
    """The denouncer first, at Hữu Lũng; then a complaint at Bắc Sơn. Two bodies are invited."""
    denunciation(cast)
    everyone.approved_filing(cast, 1, agency=cast.commune_b, at=MORNING + timedelta(minutes=1))
    reception = plan_reception(
        month=date(2026, 12, 1), agency=cast.province, chair=cast.chair, secretary=cast.secretary,
        hub=cast.hub, branches=[cast.site_a, cast.site_b], by=cast.officer, at=MORNING,
    )  # fmt: skip
    place_appointments(reception=reception, by=cast.officer, at=MORNING)
    publish_reception(reception=reception, by=cast.officer, at=MORNING)
    issue_slips(reception=reception, by=cast.officer, at=MORNING)
    invite(
        reception=reception, agencies=[cast.department, cast.commune_a, cast.commune_b],
        requests=[], by=cast.officer, at=MORNING,
    )  # fmt: skip
    sitting = actions.prepare_sitting(reception=reception, by=cast.secretary, at=AFTERNOON)
    return Afternoon(cast, sitting)


def opened(cast: People) -> Afternoon:
    """Everyone connected, papers checked, the sitting opened."""
    afternoon = waiting(cast)
    afternoon.take_all()
    for order in (1, 2):
        afternoon.check(order)
    afternoon.open()
    return afternoon


def concluded(cast: People) -> tuple[Visit, ResultNotice, Recording]:
    """The denouncer heard, filmed, minuted; the conclusion's notice issued with a task."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    room = afternoon.room()
    actions.write_entry(
        sitting=afternoon.sitting, visit=visit, kind="opinion", speaker="Công dân", text=SAID,
        by=cast.secretary, at=AFTERNOON,
    )  # fmt: skip
    item = actions.ItemDraft("Thanh tra việc nhận tiền", cast.department, date(2027, 1, 15))
    actions.record_conclusion(visit=visit, items=[item], by=cast.secretary, at=AFTERNOON)
    actions.end_visit(visit=visit, by=cast.chair, at=AFTERNOON)
    film = Recording.objects.create(
        room=room, folder=f"{visit.sitting_id}/{room.name}", state=RecordingState.SEALED,
        playable="x/playable.mp4", started_at=AFTERNOON, duration_ms=60_000,
    )  # fmt: skip
    afternoon.close()
    actions.sign_minutes(sitting=afternoon.sitting, by=cast.secretary, at=AFTERNOON)
    notice = draft_notice(visit=visit, by=cast.officer, at=AFTERNOON)
    approve_notice(notice=notice, by=cast.chair, at=AFTERNOON)
    issue_notice(notice=notice, by=cast.registrar, at=AFTERNOON)
    visit.refresh_from_db()
    return visit, notice, film
