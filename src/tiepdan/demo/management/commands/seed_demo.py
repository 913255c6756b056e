"""`seed_demo`: a province to try the product with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.demo.accounts import accounts_file, make_accounts
from tiepdan.demo.names import NameSource
from tiepdan.demo.province import make_province
from tiepdan.demo.receptions import plan_the_next
from tiepdan.demo.stories import tell_stories
from tiepdan.org.actions import propose_holidays
from tiepdan.org.queries import province_committee

SEED = 2026


class Command(BaseCommand):
    help = "Fill an empty database with today's Lạng Sơn, invented people and their requests."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bare", action="store_true", help="no requests, no reception")
        parser.add_argument("--seed", type=int, default=SEED, help="same number, same names")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        if User.objects.exists():
            raise CommandError("The database is not empty: the demo goes into an empty one only.")
        seed(bare=options["bare"], number=options["seed"])
        self.stdout.write(f"Demo accounts: {accounts_file()}")


@transaction.atomic
def seed(*, bare: bool, number: int = SEED) -> None:
    """Everything or nothing; the passwords differ each time, all else follows from `number`."""
    names = NameSource(number)
    make_province()
    for year in (clock.today().year, clock.today().year + 1):
        propose_holidays(year, by=None)
    make_accounts(names)
    record(verb="seed_demo", on=province_committee(), by=None, detail={"seed": number})
    if not bare:
        tell_stories(names)
        plan_the_next()
