"""The demo province."""

import csv
import stat
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction

from tiepdan.accounts.models import Grant, Role, User
from tiepdan.audit.queries import verify_chain
from tiepdan.common import clock
from tiepdan.demo import province as lang_son
from tiepdan.demo.accounts import POSTS, accounts_file
from tiepdan.demo.names import NameSource
from tiepdan.demo.stories import STORIES
from tiepdan.matters import queries
from tiepdan.matters.models import Decision, Filing, Petitioner
from tiepdan.matters.rules import validate_id_number
from tiepdan.org.models import Agency, DayOff, UnitKind, VideoSite
from tiepdan.org.queries import communes, province_committee, reception_board
from tiepdan.scheduling.models import Reception
from tiepdan.scheduling.states import ReceptionState


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker):
    """The whole demo, made once for this file and taken back afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo")
        yield
        transaction.set_rollback(True)


def passwords():
    lines = accounts_file().read_text(encoding="utf-8").splitlines()
    return {username: password for username, password, who in (line.split("\t") for line in lines)}


def test_communes_are_the_official_ones():
    """The table should hold 61 communes and 4 wards, each code of five digits once."""
    rows = lang_son.commune_rows()
    assert Counter(row["kind"] for row in rows) == {UnitKind.COMMUNE: 61, UnitKind.WARD: 4}
    codes = {row["code"] for row in rows}
    assert len(codes) == 65
    assert all(len(code) == 5 and code.isdigit() for code in codes)


def test_slugs_differ():
    """Every commune should give its site a name of its own."""
    slugs = [lang_son.slug(row["name"]) for row in lang_son.commune_rows()]
    assert len(set(slugs)) == 65
    assert {"huu-lung", "bac-son", "loc-binh", "dong-dang"} <= set(slugs)
    assert all(slug.replace("-", "").isascii() for slug in slugs)


def test_table_is_named_with_its_licence():
    """Source and licence of the table should stand beside it."""
    folder = Path(lang_son.__file__).parent / "provinces"
    assert "MIT" in (folder / "README.md").read_text(encoding="utf-8")


def test_units_match_the_table(seeded):
    """The database should hold exactly the table's units."""
    path = Path(lang_son.__file__).parent / "provinces" / "lang-son.csv"
    with path.open(encoding="utf-8", newline="") as table:
        expected = {(row["code"], row["kind"], row["name"]) for row in csv.DictReader(table)}
    units = communes()
    assert {unit.province_code for unit in units} == {"20"}
    assert {(unit.code, unit.kind, unit.name) for unit in units} == expected


def test_each_commune_has_committee_and_site(seeded):
    """Every unit should have a committee with one site, and the hub be the board's."""
    for unit in communes():
        assert Agency.objects.get(unit=unit).sites.count() == 1
    assert VideoSite.objects.get(code="hub").agency == reception_board()
    assert VideoSite.objects.count() == 66


def test_the_cast_is_there(seeded):
    """Every promised account should hold its role in its body."""
    for post in POSTS:
        grant = Grant.objects.get(user__username=post.username)
        assert (grant.role, grant.agency.code) == (post.role, post.agency)
    assert Grant.objects.filter(role=Role.COMMUNE_CLERK).count() == 65
    assert Grant.objects.get(user__username="chutich").agency == province_committee()


@pytest.mark.parametrize("username", ["chutich", "truongban", "xa-huu-lung", "xa-bac-son"])
def test_accounts_can_sign_in(seeded, username):
    """The written password should open the account."""
    user = authenticate(username=username, password=passwords()[username])
    assert user is not None
    assert user.is_demo


def test_passwords_are_private(seeded):
    """Passwords should differ, be long, and stand in a file only its owner reads."""
    words = list(passwords().values())
    assert len(set(words)) == User.objects.count() == 74
    assert min(map(len, words)) >= 12
    assert stat.S_IMODE(accounts_file().stat().st_mode) == 0o600


def test_names_are_invented_deterministically():
    """The same number should give the same names, another number others, none twice."""

    def first_hundred(seed):
        names = NameSource(seed)
        return [names.draw() for _ in range(100)]

    assert first_hundred(2026) == first_hundred(2026)
    assert first_hundred(2026) != first_hundred(2027)
    assert len(set(first_hundred(2026))) == 100


def test_first_account_has_the_first_name(seeded):
    """Names should be given in the accounts' order, so a second install has the same people."""
    names = NameSource(2026)
    drawn = [names.draw() for _ in POSTS]
    assert [User.objects.get(username=post.username).full_name for post in POSTS] == drawn


def test_every_stage_has_a_story(seeded):
    """Filings should stand at every stage up to the decision."""
    stages = Counter(queries.stage_of(filing).code for filing in queries.filings())
    assert set(stages) == {
        "received", "classified", "proposed", "approved", "refused", "declined", "withdrawn",
    }  # fmt: skip
    assert sum(stages.values()) == len(STORIES)
    assert Decision.objects.count() == 5


def test_three_sites_have_an_approved_citizen(seeded):
    """The journey's communes should each have somebody to receive."""
    communes = {filing.petitioner.commune.name for filing in queries.approved()}
    assert {"Hữu Lũng", "Bắc Sơn", "Lộc Bình"} <= communes


def test_next_reception_is_published(seeded):
    """The portal should announce the next reception, with a place for each approved citizen."""
    reception = Reception.objects.get()
    assert reception.state == ReceptionState.PUBLISHED
    assert reception.starts_at > clock.now()
    assert reception.bookings.get(role="hub").site.code == "hub"
    assert reception.appointments.count() == queries.approved().count() == 4
    assert all(appointment.slip for appointment in reception.appointments.all())
    assert reception.invitations.count() == 5


def test_citizens_are_possible(seeded):
    """Every invented citizen should have a well-formed number and a commune of the province."""
    for petitioner in Petitioner.objects.select_related("commune"):
        assert validate_id_number(petitioner.id_number) == petitioner.id_number
        assert petitioner.id_number[4:6] == str(petitioner.birth_year)[2:]
        assert petitioner.commune.province_code == "20"


def test_nothing_lies_in_the_future(seeded):
    """Every filing should have come in before now."""
    assert not Filing.objects.filter(received_at__gt=clock.now()).exists()


def test_calendar_of_two_years(seeded):
    """Holidays of this and the next year should be proposed."""
    years = {day.day.year for day in DayOff.objects.all()}
    assert years == {clock.today().year, clock.today().year + 1}


def test_log_is_whole(seeded):
    """The demo should leave a whole audit log."""
    assert verify_chain().whole


def test_only_into_an_empty_database(seeded):
    """A database with accounts should be left alone."""
    with pytest.raises(CommandError):
        call_command("seed_demo")


def test_bare_has_no_filings(db, monkeypatch):
    """A bare province should have people and sites, and no request."""
    three = lang_son.commune_rows()[:3]
    monkeypatch.setattr(lang_son, "commune_rows", lambda: three)
    call_command("seed_demo", bare=True)
    assert (User.objects.count(), VideoSite.objects.count()) == (len(POSTS) + 3, 4)
    assert not Filing.objects.exists()
    assert not Reception.objects.exists()
