"""Each figure, counted again by a plain loop over what was put in."""

import random
from datetime import date

import pytest

from tests.reports.factories import a_filing, a_matter, held
from tiepdan.reports import queries
from tiepdan.scheduling.states import ReceptionKind
from tiepdan.sittings.models import Visit
from tiepdan.sittings.states import SittingState, VisitState

DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))
KINDS = [
    (date(2026, 10, 15), ReceptionKind.PERIODIC),
    (date(2026, 11, 16), ReceptionKind.PERIODIC),
    (date(2026, 12, 2), ReceptionKind.REGULAR),
    (date(2026, 12, 3), ReceptionKind.REGULAR),
    (date(2026, 12, 15), ReceptionKind.PERIODIC),
    (date(2026, 12, 20), ReceptionKind.EXTRAORDINARY),
    (date(2027, 1, 15), ReceptionKind.PERIODIC),
]


def grid(cast):
    return queries.grid_01_tcd(cast.province, *DECEMBER)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_grid_equals_a_recount(cast, seed):
    """Every column should equal a count over an invented quarter."""
    chance = random.Random(seed)
    matters = [a_matter(str(number)) for number in range(6)]
    for day, kind in KINDS:
        sitting = held(cast, day, kind=kind)
        for _ in range(7):
            sitting.turn(
                persons=chance.choice([1, 1, 2, 4, 5, 9]),
                matter=chance.choice(matters),
                at=chance.choice([None, cast.site_a, cast.site_b]),
                state=chance.choice([VisitState.HEARD] * 4 + [VisitState.ABSENT]),
            )
    assert grid(cast) == recount()
    assert queries.checks(grid(cast)) == []


def recount():
    """The grid from the rows themselves: one column at a time, nothing shared with the product."""
    counted = dict.fromkeys(range(1, 30), 0)
    heard = [v for v in Visit.objects.all() if v.state == "heard"]
    heard.sort(key=lambda v: (v.sitting.reception.starts_at, v.number))
    counted[12] = len([1 for day, kind in KINDS if day.month == 12 and kind != "regular"])
    for regular, base in ((True, 4), (False, 13)):
        turns = [v for v in heard if (v.sitting.reception.kind == "regular") == regular]
        firsts, repeats, big_firsts, big_repeats = set(), set(), set(), set()
        seen = []
        for visit in turns:
            matter, people = visit.appointment.filing.matter_id, visit.appointment.filing.headcount
            again = matter in seen
            seen.append(matter)
            if visit.sitting.reception.starts_at.month != 12:
                continue
            counted[base] += 1
            counted[base + 1] += people
            (repeats if again else firsts).add(matter)
            if people >= 5:
                counted[base + 4] += 1
                counted[base + 5] += people
                (big_repeats if again else big_firsts).add(matter)
        counted[base + 2], counted[base + 3] = len(firsts), len(repeats)
        counted[base + 6], counted[base + 7] = len(big_firsts), len(big_repeats)
    counted[1] = counted[4] + counted[13]
    counted[2] = counted[5] + counted[14]
    counted[3] = counted[6] + counted[7] + counted[15] + counted[16]
    return counted


def test_twice_in_one_period(cast):
    """Received twice in a period, a matter should count once as first and once as repeat."""
    matter = a_matter()
    sitting = held(cast, date(2026, 12, 15))
    sitting.turn(matter=matter)
    sitting.turn(matter=matter)
    assert (grid(cast)[15], grid(cast)[16], grid(cast)[13]) == (1, 1, 2)


def test_the_boards_reception_makes_no_repeat(cast):
    """An earlier regular reception should leave the head's first one first."""
    matter = a_matter()
    held(cast, date(2026, 11, 5), kind=ReceptionKind.REGULAR, agency=cast.board).turn(matter=matter)
    held(cast, date(2026, 11, 6), kind=ReceptionKind.REGULAR).turn(matter=matter)
    held(cast, date(2026, 12, 15)).turn(matter=matter)
    assert (grid(cast)[15], grid(cast)[16]) == (1, 0)


def test_without_a_matter_the_person_counts(cast):
    """Filings without a matter should be tied by the personal number."""
    sitting = held(cast, date(2026, 12, 15))
    for _ in range(2):
        sitting.turn(filing=a_filing(cast, id_number="020190000001"))
    assert (grid(cast)[15], grid(cast)[16]) == (1, 1)


def test_a_sitting_without_citizens_is_a_session(cast):
    """A sitting closed without anybody should count in 12, a waiting one should not."""
    held(cast, date(2026, 12, 15))
    held(cast, date(2026, 12, 16), state=SittingState.OPEN)
    held(cast, date(2026, 12, 17), state=SittingState.WAITING)
    assert (grid(cast)[12], grid(cast)[13]) == (2, 0)


def test_days_are_vietnams(cast):
    """A period's ends should be midnight in Vietnam."""
    for day in (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 1)):
        held(cast, day).turn()
    assert grid(cast)[13] == 2


def test_other_bodies_do_not_count(cast):
    """Another body's receptions should stay out."""
    held(cast, date(2026, 12, 15), agency=cast.commune_a).turn()
    assert not any(grid(cast).values())


def online(cast):
    return queries.online_by_site(cast.province, *DECEMBER)


def test_online_by_site(cast):
    """Each figure should stand at its site, the total be their sum."""
    a_filing(cast, consents=(True,))
    a_filing(cast, consents=(True, False))
    a_filing(cast, commune=cast.commune_b, consents=(False, True))
    a_filing(cast, on=date(2026, 11, 30), consents=(True,))
    sitting = held(cast, date(2026, 12, 15))
    old = {"filing": a_filing(cast, on=date(2026, 11, 1))}
    sitting.alarm(sitting.turn(at=cast.site_a, **old))
    sitting.alarm()
    for state in (VisitState.REFUSED, VisitState.ABSENT):
        sitting.turn(at=cast.site_b, state=state, filing=a_filing(cast, on=date(2026, 11, 2)))
    sitting.turn(filing=a_filing(cast, on=date(2026, 11, 3)))  # at the hub: not online
    rows = {row.site: [row.figures[name] for name in queries.ONLINE] for row in online(cast)}
    assert rows == {
        "UBND xã Bắc Sơn": [1, 1, 0, 1, 1, 0, 0],
        "UBND xã Hữu Lũng": [2, 1, 1, 0, 0, 0, 1],
        "": [0, 0, 0, 0, 0, 0, 1],
    }
    totals = queries.online_figures(cast.province, *DECEMBER)
    assert list(totals.values()) == [3, 2, 1, 1, 1, 0, 2]


def test_carried_over_online(cast):
    """Those carried over should count at their site, not those at the hub."""
    sitting = held(cast, date(2026, 12, 15))
    sitting.carried_over(at=cast.site_a)
    sitting.carried_over()
    assert queries.online_figures(cast.province, *DECEMBER)["carried_over"] == 1


def test_few_queries(cast, django_assert_max_num_queries):
    """Counting should not ask for each turn."""
    sitting = held(cast, date(2026, 12, 15))
    for _ in range(20):
        sitting.turn(at=cast.site_a)
    with django_assert_max_num_queries(2):
        grid(cast)
    with django_assert_max_num_queries(12):
        online(cast)
