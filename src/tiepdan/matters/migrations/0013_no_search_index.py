"""The index over an entry's words goes while these are written anew; 0015 makes it again.

Backwards it stays away: what is older than this had another one.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REMOVE = {
    "sqlite": [
        *(f"DROP TRIGGER matters_searchindex_{act}" for act in ("insert", "delete", "update")),
        "DROP TABLE matters_searchindex",
    ],
    "postgresql": ["DROP INDEX matters_searchindex"],
}


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Take the index away, the words stay."""
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("matters", "0012_remove_search_text")]
    operations = [migrations.RunPython(remove, migrations.RunPython.noop)]
