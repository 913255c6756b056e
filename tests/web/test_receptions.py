"""Planning a reception through its pages, up to the open rooms."""

from datetime import UTC, datetime

import time_machine
from django.urls import reverse

from tests import cast as everyone
from tests.scheduling import plans
from tests.web.pages import error_beside, signed_in, submission_key, text
from tiepdan.common.clock import VIETNAM
from tiepdan.scheduling.models import Reception
from tiepdan.scheduling.states import ReceptionState

NEW = "/ban-lam-viec/lich-tiep/moi/"


def _plan_data(cast, **more):
    return {
        "month": "2026-12",
        "chair": str(cast.chair.pk),
        "secretary": str(cast.secretary.pk),
        "hub": str(cast.hub.pk),
        "branches": [str(cast.site_a.pk), str(cast.site_b.pk)],
        **more,
    }


def _press(client, name, reception):
    return client.post(reverse(f"desk:{name}", args=[reception.pk]), follow=True)


def test_day_follows_from_the_rule(cast):
    """Planning December should give the 15th at 14:00, once for two presses."""
    client = signed_in(cast.head)
    data = _plan_data(cast, submission_key=submission_key(client.get(NEW)))
    first, second = client.post(NEW, data), client.post(NEW, data)
    assert first["Location"] == second["Location"]
    starts_at = Reception.objects.get().starts_at.astimezone(UTC)
    assert starts_at == datetime(2026, 12, 15, 14, tzinfo=VIETNAM)


def test_second_reception_of_a_month_is_refused(cast):
    """A month planned already should be said beside the month."""
    plans.planned(cast)
    response = signed_in(cast.head).post(NEW, _plan_data(cast))
    assert "đã có trong lịch" in error_beside(response, "month")


def test_sites_of_waiting_citizens_are_chosen_beforehand(cast):
    """The communes whose citizens wait should be ticked already."""
    everyone.approved_filing(cast, agency=cast.commune_b)
    body = signed_in(cast.head).get(NEW).content.decode()
    ticked = [line for line in body.split("<label") if "checked" in line]
    assert any(str(cast.site_b.pk) in line for line in ticked)
    assert not any(str(cast.site_a.pk) in line for line in ticked)


def test_from_places_to_open_rooms(cast, settings, tmp_path):
    """Place, publish, slips and rooms should each be one press, in this order."""
    settings.VIDEO_PROVIDER, settings.RUN_DIR = "stub", tmp_path
    everyone.approved_filing(cast, agency=cast.commune_a)
    reception, head = plans.planned(cast), signed_in(cast.head)
    assert "Đã xếp 1 lượt" in text(_press(head, "reception_place", reception))
    assert "Đã công bố" in text(_press(head, "reception_publish", reception))
    assert "/PH-" in text(_press(head, "reception_slips", reception))
    opened = _press(signed_in(cast.secretary), "reception_prepare", reception)
    assert f"/phong/{reception.sitting.pk}/thu-ky/" in opened.content.decode()
    chair = signed_in(cast.chair).get(reverse("desk:reception", args=[reception.pk]))
    assert f"/phong/{reception.sitting.pk}/chu-tri/" in chair.content.decode()


def test_who_finds_no_place_is_told(cast):
    """Citizens whose commune takes no part should be counted in the message."""
    everyone.approved_filing(cast, agency=cast.commune_c)
    response = _press(signed_in(cast.head), "reception_place", plans.planned(cast))
    assert "Còn 1 người chưa có lượt" in text(response)


def test_bodies_are_invited(cast):
    """Invited bodies should each get a numbered invitation with what to prepare."""
    reception = plans.planned(cast)
    page, client = reverse("desk:reception_invite", args=[reception.pk]), signed_in(cast.head)
    assert error_beside(client.post(page, {"requests": "Báo cáo"}), "agencies")
    data = {"requests": "Báo cáo.\nCử người.", "agencies": [str(cast.department.pk)]}
    assert "Đã phát hành 1 giấy mời" in text(client.post(page, data, follow=True))
    assert reception.invitations.get().document.context["requests"] == ["Báo cáo.", "Cử người."]


def test_cancelling_asks_why(cast):
    """A reception should be cancelled with a reason that stays on its page."""
    reception = plans.planned(cast)
    page, client = reverse("desk:reception_cancel", args=[reception.pk]), signed_in(cast.head)
    assert error_beside(client.post(page), "reason")
    assert "Bão số 9" in text(client.post(page, {"reason": "Bão số 9"}, follow=True))
    assert Reception.objects.get().state == ReceptionState.CANCELLED


def test_clerks_may_not_plan(cast):
    """Planning should be the board's alone."""
    reception, client = plans.planned(cast), signed_in(cast.clerk_a)
    assert client.get(NEW).status_code == 403
    for name in ("place", "publish", "slips", "cancel", "invite", "prepare"):
        page = reverse(f"desk:reception_{name}", args=[reception.pk])
        assert client.post(page).status_code == 403, name


def test_day_of_the_reception_has_a_banner(cast, settings, tmp_path):
    """On the day itself the first page should say so and lead into the room."""
    settings.VIDEO_PROVIDER, settings.RUN_DIR = "stub", tmp_path
    reception = plans.published(cast)
    with time_machine.travel(everyone.AFTERNOON, tick=True):
        client = signed_in(cast.secretary)
        assert "phòng họp chưa mở" in text(client.get("/ban-lam-viec/"))
        _press(client, "reception_prepare", reception)
        page = client.get("/ban-lam-viec/")
    assert "0 trong 3 điểm cầu đã vào chỗ" in text(page)
    assert f"/phong/{reception.sitting.pk}/thu-ky/" in page.content.decode()
