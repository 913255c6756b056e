"""A reception with as many turns as a measurement needs, made by the product's own actions."""

from datetime import timedelta

from tiepdan.accounts.models import Role, User
from tiepdan.accounts.queries import people_with
from tiepdan.common import clock
from tiepdan.matters.actions import (
    Findings,
    PersonDetails,
    classify_filing,
    decide,
    propose_filing,
    register_filing,
)
from tiepdan.matters.states import (
    Channel,
    Competence,
    FilingKind,
    OnlineGround,
    ReceptionForm,
    Verdict,
)
from tiepdan.org.models import Agency, VideoSite
from tiepdan.org.queries import province_committee
from tiepdan.scheduling.actions import place_appointments, plan_reception, publish_reception
from tiepdan.scheduling.models import Reception
from tiepdan.sittings.actions import check_identity, prepare_sitting
from tiepdan.sittings.models import Sitting

MONTHS_AHEAD = 3
LONG_DAY = 12


def sitting(turns: int, sites: list[str]) -> Sitting:
    """A prepared sitting with `turns` citizens at the first of `sites`, papers checked."""
    officer = people_with(Role.BOARD_OFFICER).get()
    chair = people_with(Role.CHAIR).get()
    home = VideoSite.objects.select_related("agency__unit").get(code=sites[0])
    clerk = people_with(Role.COMMUNE_CLERK, home.agency).get()
    for number in range(turns):
        _approved(number, home.agency, clerk, officer, chair)
    reception = _reception(turns, sites, officer, chair)
    clock.move_to(reception.starts_at)
    found = prepare_sitting(reception=reception, by=reception.secretary)
    for appointment in reception.appointments.filter(booking__site=home):
        check_identity(
            sitting=found, appointment=appointment, papers="Căn cước công dân",
            recording_explained=True, by=clerk,
        )  # fmt: skip
    return found


def _approved(number: int, agency: Agency, clerk: User, officer: User, chair: User) -> None:
    if agency.unit is None:
        raise ValueError(f"{agency} is no commune's")
    person = PersonDetails(
        full_name="Nông Văn Đo",
        id_number=f"020170{number:06d}",
        birth_year=1970,
        phone="",
        address="thôn Nà Hoa",
        commune=agency.unit,
    )
    filing = register_filing(
        person=person, channel=Channel.IN_PERSON, subject=f"Việc số {number + 1}",
        content="Đề nghị xem xét.", consents_online=True, agency=agency, by=clerk,
    ).filing  # fmt: skip
    classify_filing(
        filing=filing, kind=FilingKind.RECOMMENDATION, findings=Findings(Competence.OWN),
        online_ground=OnlineGround.C, summary="Tóm tắt.", by=officer,
    )  # fmt: skip
    proposal = propose_filing(filing=filing, form=ReceptionForm.ONLINE, reason="Ở xa.", by=officer)
    decide(disposition=proposal, verdict=Verdict.APPROVED, by=chair)


def _reception(turns: int, sites: list[str], officer: User, chair: User) -> Reception:
    """In a month in which the demo has none."""
    month = clock.today().replace(day=1) + timedelta(days=31 * MONTHS_AHEAD)
    reception = plan_reception(
        month=month.replace(day=1),
        agency=province_committee(),
        chair=chair,
        secretary=people_with(Role.SECRETARY).get(),
        hub=VideoSite.objects.get(code="hub"),
        branches=list(VideoSite.objects.filter(code__in=sites)),
        by=officer,
    )
    # Three hours hold six turns; a measurement needs a longer day, of at least an hour for each.
    reception.ends_at = reception.starts_at + timedelta(hours=max(LONG_DAY, turns))
    reception.save(update_fields=["ends_at"])
    place_appointments(reception=reception, by=officer)
    return publish_reception(reception=reception, by=officer)
