"""`rebuild_search`: write the search index anew from the filings."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from tiepdan.matters.search_index import rebuild


class Command(BaseCommand):
    help = "Write the search index anew from the filings."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        self.stdout.write(str(rebuild()))
