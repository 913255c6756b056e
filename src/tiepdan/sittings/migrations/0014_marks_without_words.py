"""The words of marks made so far go from their events, which the operator reads, to rows."""

from typing import Any

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """One row a mark."""
    events: Any = apps.get_model("sittings", "SittingEvent")
    moments: Any = apps.get_model("sittings", "MarkedMoment")
    for event in events.objects.filter(kind="mark"):
        moments.objects.create(event=event, words=event.data.pop("words", ""))
        event.save(update_fields=["data"])


def back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """The words stand in their events again."""
    moments: Any = apps.get_model("sittings", "MarkedMoment")
    for moment in moments.objects.select_related("event"):
        moment.event.data["words"] = moment.words
        moment.event.save(update_fields=["data"])


class Migration(migrations.Migration):
    dependencies = [("sittings", "0013_marked_moments")]
    operations = [migrations.RunPython(move, back)]
