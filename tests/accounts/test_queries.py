"""Finding people and how they sign."""

from django.core.management import call_command

from tiepdan.accounts.models import Grant, Role, User
from tiepdan.accounts.queries import agencies_of, people_with, signature_of


def test_people_with_a_role(cast):
    """Everybody with the role should be found, by name, active ones only."""
    User.objects.filter(pk=cast.outsider.pk).update(is_active=False)
    assert list(people_with(Role.COMMUNE_CLERK)) == [cast.clerk_b, cast.clerk_a]


def test_people_of_one_agency(cast):
    """Only those who hold the role there should be found, each once."""
    Grant.objects.create(user=cast.chair, agency=cast.board, role=Role.CHAIR)
    assert list(people_with(Role.CHAIR)) == [cast.chair]
    assert list(people_with(Role.COMMUNE_CLERK, cast.commune_a)) == [cast.clerk_a]


def test_role_and_agency_of_the_same_grant(cast):
    """A role held elsewhere should not count here."""
    Grant.objects.create(user=cast.clerk_a, agency=cast.board, role=Role.SECRETARY)
    assert cast.clerk_a not in people_with(Role.COMMUNE_CLERK, cast.board)


def test_agencies_of(cast):
    """A person's bodies should be those of their roles."""
    assert list(agencies_of(cast.clerk_a)) == [cast.commune_a]
    assert list(agencies_of(cast.stranger)) == []


def test_signature(cast):
    """A signature should carry authority, position and name."""
    assert signature_of(cast.chair, ["TM. Ủy ban nhân dân"]) == {
        "authority": ["TM. Ủy ban nhân dân"],
        "position": "Chủ tịch",
        "name": "Lý Thị Chi",
    }


def test_createsuperuser(db, capsys):
    """Django's own command should make a user that has a name to show."""
    call_command("createsuperuser", username="quantri", email="q@example.vn", interactive=False)
    user = User.objects.get(username="quantri")
    assert (str(user), user.get_full_name(), user.is_superuser) == ("quantri", "quantri", True)
