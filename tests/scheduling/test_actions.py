"""Planning, placing, publishing, inviting, carrying over."""

from datetime import date, datetime, timedelta

import pytest

from tests import cast as c
from tests.scheduling.plans import DECEMBER, LATER, planned, published, refused
from tiepdan.audit.queries import entries_of
from tiepdan.common.clock import VIETNAM
from tiepdan.documents.models import Document
from tiepdan.matters.actions import record_consent, withdraw_filing
from tiepdan.matters.states import ReceptionForm
from tiepdan.org.models import DayOff
from tiepdan.scheduling import actions
from tiepdan.scheduling.models import Appointment
from tiepdan.scheduling.states import ReceptionMode, SiteRole

AFTER = c.AFTERNOON + timedelta(hours=3)
JANUARY = date(2027, 1, 5)
NEW_YEAR = datetime(2027, 1, 4, 8, 0, tzinfo=VIETNAM)


def place(cast, reception, at=LATER):
    return actions.place_appointments(reception=reception, by=cast.officer, at=at)


def order_of(reception):
    return [(a.order, a.filing.petitioner.full_name) for a in reception.appointments.all()]


def minute(number):
    return c.MORNING + timedelta(minutes=number)


# --- Planning -----------------------------------------------------------------------------------


def test_planned_by_rule(cast):
    """A reception should fall on the 15th, 14:00 to 17:00, with its sites in order."""
    reception = planned(cast)
    assert reception.starts_at == c.AFTERNOON
    assert reception.ends_at == AFTER
    bookings = [(b.role, b.site.code) for b in reception.bookings.all()]
    assert bookings == [
        (SiteRole.HUB, "hub"),
        (SiteRole.BRANCH, "huu-lung"),
        (SiteRole.BRANCH, "bac-son"),
    ]
    assert entries_of(reception).get().verb == "plan_reception"


def test_day_off_moves_it(cast):
    """A day off in the table should move the reception to the next working day."""
    DayOff.objects.create(day=date(2026, 12, 15), name="Nghỉ", source="thử")
    assert planned(cast).starts_at == c.AFTERNOON + timedelta(days=1)


def test_without_branches_it_is_in_person(cast):
    """No online site should mean direct reception (QĐ 2193, III.3.2b)."""
    assert planned(cast, branches=[]).mode == ReceptionMode.IN_PERSON


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"chair": "officer"}, "chair"),
        ({"secretary": "clerk_a"}, "secretary"),
        ({"hub": "site_a"}, "site_twice"),
        ({"by": "clerk_a"}, "not_allowed"),
        ({"by": "stranger"}, "not_allowed"),
    ],
)
def test_planning_refused(cast, change, rule):
    """People and sites that cannot hold it, and planners without the right, should be refused."""
    with refused(rule):
        planned(cast, **{name: getattr(cast, who) for name, who in change.items()})


def test_one_a_month(cast):
    """A second reception in the month should be refused, until the first is cancelled."""
    first = planned(cast)
    with refused("one_a_month"):
        planned(cast)
    actions.cancel_reception(reception=first, reason="Bão", by=cast.officer, at=LATER)
    assert planned(cast).starts_at == first.starts_at


def test_past_day_refused(cast):
    """A month whose day is over should be refused."""
    with refused("day_gone_by"):
        planned(cast, month=date(2026, 11, 1))


# --- Placing ------------------------------------------------------------------------------------


def test_registration_order(cast):
    """Places should follow the order of registration, whatever the order of approval."""
    c.approved_filing(cast, 1, at=minute(30))
    c.approved_filing(cast, 0, at=minute(10))
    reception = planned(cast)
    place(cast, reception)
    assert order_of(reception) == [(1, c.NAMES[0]), (2, c.NAMES[1])]


def test_sites(cast):
    """Online citizens should sit at their commune, others at the hub."""
    c.approved_filing(cast, 0, at=minute(1), agency=cast.commune_b)
    c.approved_filing(cast, 1, at=minute(2), form=ReceptionForm.IN_PERSON)
    placed = place(cast, planned(cast))
    assert [a.booking.site.code for a in placed] == ["bac-son", "hub"]


def test_commune_without_site_waits(cast):
    """An online citizen whose commune takes no part should keep waiting."""
    c.approved_filing(cast, 0, agency=cast.commune_c)
    assert place(cast, planned(cast)) == []


def test_consent_taken_back(cast):
    """A citizen who takes consent back should be placed at the hub."""
    filing = c.approved_filing(cast)
    record_consent(filing=filing, given=False, manner="Trực tiếp", by=cast.officer, at=minute(9))
    assert place(cast, planned(cast))[0].booking.site.code == "hub"


def test_again_adds_after(cast):
    """A second run should add newcomers after everybody, even those who registered before."""
    reception = planned(cast)
    c.approved_filing(cast, 1, at=minute(20))
    place(cast, reception)
    assert place(cast, reception) == []
    c.approved_filing(cast, 0, at=minute(10))
    place(cast, reception)
    assert order_of(reception) == [(1, c.NAMES[1]), (2, c.NAMES[0])]


def test_capacity(cast):
    """Six turns of thirty minutes fit the afternoon; the seventh should wait."""
    for number in range(7):
        c.approved_filing(cast, number, at=minute(number))
    assert len(place(cast, planned(cast))) == 6


def test_withdrawn_is_not_placed(cast):
    """A withdrawn filing should get no place."""
    withdraw_filing(filing=c.approved_filing(cast), reason="Đã xong", by=cast.officer, at=LATER)
    assert place(cast, planned(cast)) == []


def test_only_the_board_places(cast):
    """A commune's clerk should not place anybody."""
    reception = planned(cast)
    with refused("not_allowed"):
        actions.place_appointments(reception=reception, by=cast.clerk_a, at=LATER)


def test_moved_to_the_hub(cast):
    """Who takes consent back later should keep the place, at the hub, with a new slip to come."""
    c.approved_filing(cast)
    reception = planned(cast)
    (placed,) = place(cast, reception)
    actions.issue_slips(reception=reception, by=cast.officer, at=LATER)
    moved = actions.receive_in_person(appointment=placed, by=cast.officer, at=LATER)
    assert (moved.booking.site.code, moved.order, moved.slip) == ("hub", 1, None)
    assert len(actions.issue_slips(reception=reception, by=cast.officer, at=LATER)) == 1
    with refused("at_the_hub"):
        actions.receive_in_person(appointment=placed, by=cast.officer, at=LATER)


# --- Carrying over ------------------------------------------------------------------------------


def test_carried_over_come_first(cast):
    """Next time, those carried over should come before everybody who registered later or before."""
    december = planned(cast)
    c.approved_filing(cast, 1, at=minute(20))
    (late,) = place(cast, december)
    actions.carry_over(appointment=late, reason="Hết giờ", by=cast.chair, at=AFTER)
    c.approved_filing(cast, 0, at=minute(10))
    january = planned(cast, month=JANUARY, at=NEW_YEAR)
    place(cast, january, at=NEW_YEAR)
    assert order_of(january) == [(1, c.NAMES[1]), (2, c.NAMES[0])]
    assert january.appointments.first().carried_from == late


def test_not_placed_again_in_the_same_reception(cast):
    """Who was carried over should not come back to the reception they left."""
    reception = planned(cast)
    c.approved_filing(cast)
    (placed,) = place(cast, reception)
    actions.carry_over(appointment=placed, reason="Xin đổi ngày", by=cast.officer, at=LATER)
    assert place(cast, reception) == []


def test_carry_over_twice_refused(cast):
    """One place is carried over once, with a reason, by those who conduct it."""
    c.approved_filing(cast)
    (placed,) = place(cast, planned(cast))
    with refused("reason"):
        actions.carry_over(appointment=placed, reason=" ", by=cast.chair, at=AFTER)
    with refused("not_allowed"):
        actions.carry_over(appointment=placed, reason="Hết giờ", by=cast.clerk_a, at=AFTER)
    actions.carry_over(appointment=placed, reason="Hết giờ", by=cast.secretary, at=AFTER)
    with refused("carried_over"):
        actions.carry_over(appointment=placed, reason="Hết giờ", by=cast.chair, at=AFTER)


def test_cancelled_reception_keeps_places(cast):
    """Everybody placed should be carried over when the reception is called off."""
    reception = published(cast)
    c.approved_filing(cast)
    place(cast, reception)
    actions.cancel_reception(reception=reception, reason="Bão số 9", by=cast.head, at=LATER)
    appointment = Appointment.objects.get()
    assert appointment.carry_over.reason == "Hoãn buổi tiếp: Bão số 9"
    with refused("reception_cancelled"):
        actions.issue_slips(reception=reception, by=cast.officer, at=LATER)


# --- Papers -------------------------------------------------------------------------------------


def test_publish_issues_the_notice(cast):
    """Publishing should number and issue the province's notice."""
    reception = published(cast)
    assert reception.notice.number_text == "01/TB-UBND"
    assert reception.notice.context["sites"][1]["name"] == "UBND xã Hữu Lũng"
    assert entries_of(reception).last().facts["detail"]["working_days_short"] == 0


def test_late_publication_is_logged(cast):
    """Fewer than five working days before should be allowed, and kept with its reason."""
    at = datetime(2026, 12, 11, 9, 0, tzinfo=VIETNAM)
    reception = actions.publish_reception(
        reception=planned(cast), late_reason="Lãnh đạo mới trở về", by=cast.officer, at=at
    )
    detail = entries_of(reception).last().facts["detail"]
    assert detail == {"working_days_short": 3, "late_reason": "Lãnh đạo mới trở về"}


def test_publish_once(cast):
    """A second publication should be refused and issue nothing."""
    reception = published(cast)
    with refused("transition"):
        actions.publish_reception(reception=reception, by=cast.officer, at=LATER)
    assert Document.objects.filter(kind="schedule_notice").count() == 1


def invite(cast, reception, *agencies):
    return actions.invite(
        reception=reception,
        agencies=agencies,
        requests=["Gửi hồ sơ trước 02 ngày"],
        by=cast.officer,
        at=LATER,
    )


def test_each_body_is_invited_once(cast):
    """Inviting again should issue invitations to the new bodies only."""
    reception = published(cast)
    assert len(invite(cast, reception, cast.department, cast.department)) == 1
    more = invite(cast, reception, cast.department, cast.commune_a)
    assert [i.agency for i in more] == [cast.commune_a]
    assert more[0].document.number_text == "02/GM-UBND"


def test_commune_reads_of_its_own_citizens_only(cast):
    """A commune's invitation should name only the citizens at its site, a department's all."""
    c.approved_filing(cast, 0, at=minute(1))
    c.approved_filing(cast, 1, at=minute(2), agency=cast.commune_b)
    reception = published(cast)
    place(cast, reception)
    commune, department = invite(cast, reception, cast.commune_a, cast.department)
    assert [m["petitioner"] for m in commune.document.context["matters"]] == [c.NAMES[0]]
    assert len(department.document.context["matters"]) == 2


def test_slips(cast):
    """Each citizen should get one slip: half an hour before the turn, at their site."""
    for number in range(2):
        c.approved_filing(cast, number, at=minute(number))
    reception = published(cast)
    place(cast, reception)
    slips = actions.issue_slips(reception=reception, by=cast.officer, at=LATER)
    assert [s.context["appears_at"][:16] for s in slips] == ["2026-12-15T13:30", "2026-12-15T14:00"]
    assert slips[0].context["signature"]["name"] == cast.head.full_name
    assert slips[0].number_text == "01/PH-BTCD"
    assert actions.issue_slips(reception=reception, by=cast.officer, at=LATER) == []


def test_list_for_the_chairman(cast):
    """The list should hold what is proposed, and what was answered since the last list."""
    c.proposed_filing(cast, 0)
    c.declined_filing(cast, 1)
    first = actions.submit_list(by=cast.head, at=LATER)
    assert first.number_text == "01/TTr-BTCD"
    assert first.context["registered"] == 2
    assert first.context["reception_on"] == "2026-12-15"
    assert first.context["declined"][0]["reply"] == "01/BTCD"
    second = actions.submit_list(by=cast.head, at=AFTER)
    assert second.context["declined"] == []


def test_empty_list_refused(cast):
    """With nothing proposed there should be no list; a clerk submits none."""
    with refused("nothing_to_submit"):
        actions.submit_list(by=cast.head, at=LATER)
    with refused("not_allowed"):
        actions.submit_list(by=cast.clerk_a, at=LATER)


def test_over_is_over(cast):
    """After its end a reception should take no places, papers or cancellation."""
    reception = planned(cast, month=DECEMBER)
    for act in (actions.place_appointments, actions.issue_slips, actions.publish_reception):
        with refused("reception_over"):
            act(reception=reception, by=cast.officer, at=AFTER)
