"""`verify_audit`: prove that the log of acts is whole."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tiepdan.audit.models import Entry
from tiepdan.audit.queries import verify_chain


class Command(BaseCommand):
    help = "Check the hash chain of the audit log; exit 1 at the first entry that does not fit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", help="a fingerprint noted earlier, which must still be there")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        report = verify_chain()
        if not report.whole:
            raise CommandError(f"Entry {report.broken_at}: {report.reason}.")
        if options["head"] and not Entry.objects.filter(hash=options["head"]).exists():
            raise CommandError("The noted fingerprint is not in the log: its end was cut.")
        self.stdout.write(f"{report.entries} entries, whole. Head {report.head}")
