"""Move a demo copy to the hour of its coming reception and open the rooms; prints where.

Run with the copy's own settings in the environment: it works on that copy's data.
"""

import json
import os
import sys

import django


def main() -> None:
    """Print the sitting, a branch site's seat and clerk, another's seat, an agency's, as JSON.

    The agency (`member`) is named for the first citizen's case and joins from elsewhere.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiepdan.config.settings")
    django.setup()
    from tiepdan.accounts.models import Grant, Role  # noqa: PLC0415 - after Django's set-up
    from tiepdan.common import clock  # noqa: PLC0415
    from tiepdan.scheduling.queries import upcoming  # noqa: PLC0415
    from tiepdan.sittings.actions import (  # noqa: PLC0415
        add_participant,
        name_for_case,
        prepare_sitting,
    )
    from tiepdan.sittings.states import SittingRole  # noqa: PLC0415

    reception = upcoming(clock.today())[0]
    clock.move_to(reception.starts_at)
    sitting = prepare_sitting(reception=reception, by=reception.secretary)
    branch, *others = [seat for seat in sitting.seats.all() if not seat.is_hub]
    clerk = Grant.objects.get(agency=branch.booking.site.agency, role=Role.COMMUNE_CLERK).user
    told = {"sitting": str(sitting.pk), "seat": branch.code, "clerk": clerk.username}
    told |= {"other": others[0].code if others else ""}
    member = Grant.objects.filter(role=Role.AGENCY_OFFICER).order_by("user__username")[0].user
    seat = add_participant(
        sitting=sitting, user=member, role=SittingRole.AGENCY, by=reception.secretary,
        label="Sở Nông nghiệp và Môi trường",
    ).seat  # fmt: skip
    first = reception.appointments.order_by("order")[0]
    name_for_case(seat=seat, appointment=first, by=reception.secretary)
    told |= {"member": member.username, "member_seat": seat.code}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
