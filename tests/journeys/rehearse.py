"""Move a demo copy to the hour of its coming reception and open the rooms; prints where.

Run with the copy's own settings in the environment: it works on that copy's data.
"""

import json
import os
import sys

import django


def main() -> None:
    """Print the sitting, one branch site's seat and clerk, and another's seat, as JSON."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tiepdan.config.settings")
    django.setup()
    from tiepdan.accounts.models import Grant, Role  # noqa: PLC0415 - after Django's set-up
    from tiepdan.common import clock  # noqa: PLC0415
    from tiepdan.scheduling.queries import upcoming  # noqa: PLC0415
    from tiepdan.sittings.actions import prepare_sitting  # noqa: PLC0415

    reception = upcoming(clock.today())[0]
    clock.move_to(reception.starts_at)
    sitting = prepare_sitting(reception=reception, by=reception.secretary)
    branch, *others = [seat for seat in sitting.seats.all() if not seat.is_hub]
    clerk = Grant.objects.get(agency=branch.booking.site.agency, role=Role.COMMUNE_CLERK).user
    told = {"sitting": str(sitting.pk), "seat": branch.code, "clerk": clerk.username}
    told |= {"other": others[0].code if others else ""}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
