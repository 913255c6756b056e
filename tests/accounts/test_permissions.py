"""Roles and abilities."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tiepdan.accounts.models import Grant, Role, User
from tiepdan.accounts.permissions import ABILITIES, Ability, abilities, can, require
from tiepdan.common.transitions import RuleRefusedError


def test_every_role_has_abilities():
    """Every role should stand in the table, every ability should belong to some role."""
    assert set(ABILITIES) == set(Role)
    assert frozenset().union(*ABILITIES.values()) == set(Ability)


def test_only_the_chair_decides():
    """Deciding, conducting and approving notices should be the chair's alone."""
    for ability in (Ability.DECIDE, Ability.CONDUCT, Ability.APPROVE_NOTICE):
        assert [role for role in Role if ability in ABILITIES[role]] == [Role.CHAIR]


def test_only_the_registrar_issues():
    """Numbering documents should be the văn thư's alone."""
    assert [role for role in Role if Ability.ISSUE in ABILITIES[role]] == [Role.REGISTRAR]


def test_operator_sees_no_filing():
    """Who runs the equipment should not read what citizens wrote."""
    assert Ability.SEE_FILINGS not in ABILITIES[Role.OPERATOR]


def test_clerk_only_at_home(cast):
    """A commune's clerk should act for the own commune only."""
    assert can(cast.clerk_a, Ability.REGISTER, cast.commune_a)
    assert not can(cast.clerk_a, Ability.REGISTER, cast.commune_b)


def test_board_everywhere(cast):
    """The board's officer should act for every body."""
    assert all(can(cast.officer, Ability.REGISTER, agency) for agency in cast.agencies)


def test_no_role_no_ability(cast):
    """Somebody without a role, or not signed in, should be able to do nothing."""
    assert abilities(cast.stranger) == frozenset()
    assert abilities(AnonymousUser()) == frozenset()
    assert not can(AnonymousUser(), Ability.REGISTER)


def test_inactive_user_can_nothing(cast):
    """A closed account should lose every ability at once."""
    cast.chair.is_active = False
    assert not can(cast.chair, Ability.DECIDE)
    assert abilities(cast.chair) == frozenset()


def test_two_roles_add_up(cast):
    """Two roles should give the abilities of both."""
    Grant.objects.create(user=cast.clerk_a, agency=cast.board, role=Role.SECRETARY)
    assert {Ability.CHECK_IDENTITY, Ability.WRITE_MINUTES} <= abilities(cast.clerk_a)


def test_require_refuses(cast):
    """Whoever may not should be told so."""
    require(cast.chair, Ability.DECIDE)
    with pytest.raises(RuleRefusedError) as refused:
        require(cast.officer, Ability.DECIDE)
    assert refused.value.rule == "not_allowed"


def test_reading_abilities_is_one_query(cast, django_assert_num_queries):
    """All abilities of a user should take one query."""
    user = User.objects.get(pk=cast.officer.pk)
    with django_assert_num_queries(1):
        abilities(user)
