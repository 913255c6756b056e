"""A denunciation heard online, where a profile admits it: who is in the room, what screens say."""

import pytest
from django.urls import reverse

from tests import profiles
from tests.sittings.protected import SUBJECT, opened, waiting
from tests.web.pages import signed_in
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.models import Filing
from tiepdan.matters.states import Need
from tiepdan.sittings import actions, queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def _admitted(settings, tmp_path):
    settings.PROFILE = profiles.denouncing(tmp_path)
    settings.VIDEO_PROVIDER = "stub"


@pytest.mark.usefixtures("_admitted")
def test_opening_is_without_their_site(cast):
    """Nobody should see in the opening or the closing who sits at the denouncer's site."""
    afternoon = opened(cast)
    assert afternoon.roster() == {"hub", "bac-son"}
    afternoon.take("huu-lung", "another-session")
    assert afternoon.roster() == {"hub", "bac-son"}


@pytest.mark.usefixtures("_admitted")
def test_turn_is_hub_and_their_site(cast):
    """In the denouncer's turn should be the hub and their own site, afterwards not even that."""
    afternoon = opened(cast)
    visit = afternoon.started(1)
    assert afternoon.roster() == {"hub", "huu-lung"}
    actions.end_visit(visit=visit, by=cast.chair)
    actions.return_to_plenary(sitting=afternoon.sitting, by=cast.chair)
    assert afternoon.roster() == {"hub", "bac-son"}


@pytest.mark.usefixtures("_admitted")
def test_interpreter_comes_only_when_needed(cast):
    """The sign interpreter's site should be let in when this citizen needs it, else not."""
    afternoon = opened(cast)
    actions.appoint_sign_interpreter(seat=afternoon.seat("bac-son"), by=cast.secretary)
    visit = afternoon.call(1)
    assert afternoon.roster() == {"hub", "huu-lung"}
    filing = visit.appointment.filing
    Filing.objects.filter(pk=filing.pk).update(needs=[Need.SIGN_LANGUAGE])
    fresh = actions.reopen_room(room=afternoon.room())
    assert queries.is_closed_to(afternoon.seat("bac-son"), fresh) is False
    assert afternoon.roster() == {"hub", "huu-lung", "bac-son"}


@pytest.mark.usefixtures("_admitted")
def test_screens_show_a_number(cast):
    """Chair, secretary, operator, clerk, citizen's screen and hall should read no subject or name.

    The chair and the secretary read the number, the chair what it is about: it is their duty.
    """
    afternoon = opened(cast)
    afternoon.call(1)
    key = afternoon.sitting.pk
    pages = {
        "chair": reverse("room:chair", args=[key]),
        "secretary": reverse("room:secretary", args=[key]),
        "operator": reverse("room:operator", args=[key]),
        "clerk_b": reverse("room:clerk", args=[key, "bac-son"]),
    }
    for who, page in pages.items():
        shown = signed_in(getattr(cast, who)).get(page).content.decode()
        assert ("TC-2026-0001" in shown) is (who in {"chair", "secretary"}), who
        assert (SUBJECT in shown) is (who == "chair"), who
    for who in ("operator", "clerk_b"):
        page = signed_in(getattr(cast, who)).get(reverse("room:display", args=[key]))
        assert "TC-2026" not in page.content.decode()
        assert SUBJECT not in page.content.decode()


@pytest.mark.usefixtures("_admitted")
def test_events_tell_no_name(cast):
    """The stream of events, which goes to every site and into the evidence, should name nobody."""
    afternoon = opened(cast)
    afternoon.call(1)
    told = str(list(afternoon.sitting.events.values_list("data", flat=True)))
    assert "TC-2026" not in told
    assert SUBJECT not in told


def test_switch_turned_off_again(cast, settings, tmp_path):
    """What was planned while it was admitted should not be called once it is not."""
    ours, settings.PROFILE = settings.PROFILE, profiles.denouncing(tmp_path)
    settings.VIDEO_PROVIDER = "stub"
    afternoon = waiting(cast)
    afternoon.take_all()
    afternoon.check(1)
    settings.PROFILE = ours
    afternoon.open()
    with pytest.raises(RuleRefusedError) as caught:
        afternoon.call(1)
    assert caught.value.rule == "denunciation_online"


@pytest.mark.usefixtures("_admitted")
def test_no_still_of_their_site(cast):
    """The operator's wall should never show who sits at the denouncer's site."""
    afternoon = opened(cast)
    assert not queries.may_show_still(afternoon.seat("huu-lung"))
    assert queries.may_show_still(afternoon.seat("bac-son"))


@pytest.mark.usefixtures("_admitted")
def test_people_added_stay_outside(cast):
    """Co-chairs, an agency named for the case: nobody added should be in a denouncer's turn."""
    afternoon = opened(cast)
    for user, role, orders in ((cast.head, "council", ()), (cast.stranger, "agency", (1,))):
        afternoon.add(user, role, *orders)
    afternoon.started(1)
    assert afternoon.roster() == {"hub", "huu-lung"}
