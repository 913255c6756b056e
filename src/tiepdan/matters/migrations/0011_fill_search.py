"""What filings were found by goes into their entries."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tiepdan.common.folding import words

READ = "pk", "search_text", "matter__code"


def copy(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """In order of registration: newer entries are found first."""
    entry: Any = apps.get_model("matters", "SearchEntry")
    rows: Any = apps.get_model("matters", "Filing").objects.order_by("received_at", "created_at")
    entry.objects.bulk_create(
        (
            entry(filing_id=key, words=" ".join(words(f"{text} {matter or ''}")))
            for key, text, matter in rows.values_list(*READ)
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("matters", "0010_search_index")]
    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
