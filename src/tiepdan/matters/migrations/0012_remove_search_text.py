"""What searching reads has a table of its own now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matters", "0011_fill_search")]
    operations = [migrations.RemoveField(model_name="filing", name="search_text")]
