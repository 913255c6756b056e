"""Who may open a page: somebody signed in, with one of the abilities the page needs."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import ABILITIES, PROVINCE_WIDE, Ability, remembered_grants
from tiepdan.org.models import Agency

P = ParamSpec("P")


class OfficialRequest(HttpRequest):
    """A request of somebody signed in, as pages behind `official` receive it."""

    user: User


Page = Callable[Concatenate[OfficialRequest, P], HttpResponse]


def official(*wanted: Ability) -> Callable[[Page[P]], Page[P]]:
    """Let in somebody signed in who has one of the abilities; any official when none is named.

    Pages are never kept by browsers or proxies: they show citizens' data.
    """

    def wrap(page: Page[P]) -> Page[P]:
        @wraps(page)
        def guarded(request: OfficialRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.user.is_guest or (wanted and not may(request.user, *wanted)):
                raise PermissionDenied
            return page(request, *args, **kwargs)

        keep_out = login_required(guarded)
        return cache_control(private=True, no_store=True)(keep_out)  # type: ignore[return-value]

    return wrap


def may(user: User, *wanted: Ability) -> bool:
    """Whether the user has one of the abilities somewhere; asks the database once a request."""
    return not abilities_of(user).isdisjoint(wanted)


def joins(user: User) -> bool:
    """Whether the user was added to some sitting that is not over."""
    known: bool | None = getattr(user, "known_joins", None)
    if known is None:
        known = user.participations.filter(
            ended_at__isnull=True, sitting__closed_at__isnull=True
        ).exists()
        user.known_joins = known  # type: ignore[attr-defined]
    return known


def abilities_of(user: User) -> frozenset[Ability]:
    """Everything the user may do somewhere, remembered on the user of this request."""
    known: frozenset[Ability] | None = getattr(user, "known_abilities", None)
    if known is None:
        known = frozenset().union(*(ABILITIES[grant.role] for grant in remembered_grants(user)))
        user.known_abilities = known  # type: ignore[attr-defined]
    return known


def agencies_of(user: User, ability: Ability | None = None) -> list[Agency]:
    """The agencies in which the user has a role, or this ability; the oldest grant first."""
    return [
        grant.agency
        for grant in remembered_grants(user)
        if ability is None or ability in ABILITIES[grant.role]
    ]


def works_for_the_province(user: User) -> bool:
    """Whether the user works on every case: a case worker of the board or the committee."""
    return any(
        grant.agency.kind in PROVINCE_WIDE and Ability.SEE_FILINGS in ABILITIES[grant.role]
        for grant in remembered_grants(user)
    )
