"""24 November, proposed before it was marked: reported, the decision not read."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REPORTED = "tin báo chí: ngày nghỉ có lương từ năm 2026; chưa đọc được văn bản"


def mark(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Only what the library proposed; what somebody entered with its decision stays."""
    apps.get_model("org", "DayOff").objects.filter(
        day__month=11, day__day=24, source__startswith="đề xuất của thư viện holidays"
    ).update(uncertain=True, source=REPORTED)


class Migration(migrations.Migration):
    dependencies = [("org", "0004_uncertain_day")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
