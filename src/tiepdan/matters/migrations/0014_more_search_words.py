"""Places, protection and beginnings of one to three letters become words of each entry."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 1000
READ = (
    "pk",
    "words",
    "filing__identity_protected",
    "filing__received_at_agency",
    "filing__petitioner__commune",
)


def add(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Before and behind the words that stand there already."""
    entries: Any = apps.get_model("matters", "SearchEntry").objects
    rows = entries.values_list(*READ).order_by("pk")
    last = 0
    while found := list(rows.filter(pk__gt=last)[:BATCH]):
        last = found[-1][0]
        changed = []
        for key, words, protected, *places in found:
            told = [word for word in words.split() if "_" not in word]
            sight = sorted({f"_{place.hex[-12:]}" for place in places}) + ["__"] * protected
            begun = {word[:size] for word in told for size in range(1, min(4, len(word)))}
            marked = [*sight, *told, *sorted(f"{letters}_" for letters in begun), "_"]
            changed.append(entries.model(pk=key, words=" ".join(marked)))
        entries.bulk_update(changed, ["words"])


class Migration(migrations.Migration):
    dependencies = [("matters", "0013_no_search_index")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
