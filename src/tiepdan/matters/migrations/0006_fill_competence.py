"""Whose it is to settle was yes or no once: classifications of that time say it in today's words."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Yes was the chairman's own, no another body's."""
    rows: Any = apps.get_model("matters", "Classification").objects.filter(competence="")
    rows.filter(in_competence=True).update(competence="own")
    rows.filter(in_competence=False).update(competence="other_body")


class Migration(migrations.Migration):

    dependencies = [
        ("matters", "0005_uploads"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
