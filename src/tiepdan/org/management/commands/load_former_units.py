"""`load_former_units`: which of today's communes the former ones went to, from a table."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tiepdan.org.actions import load_former_units
from tiepdan.org.models import AdministrativeUnit


class Command(BaseCommand):
    help = (
        "Load a CSV (province, district, name, unit, changed_on, source) of communes before a "
        "reorganisation; a second run adds nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", type=Path, help="the CSV file, UTF-8")
        parser.add_argument(
            "--replace", action="store_true", help="forget other rows of the file's provinces"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        try:
            with options["table"].open(encoding="utf-8-sig", newline="") as table:
                new = load_former_units(csv.DictReader(table), replace=options["replace"])
        except AdministrativeUnit.DoesNotExist as unknown:
            raise CommandError(f"No unit has the code {unknown}.") from None
        except (OSError, KeyError, ValueError) as fault:
            raise CommandError(f"Not a table of former communes: {fault!r}") from None
        self.stdout.write(f"{new} new rows.")
