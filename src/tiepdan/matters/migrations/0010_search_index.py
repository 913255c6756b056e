"""The index over these words: FTS5 kept by triggers on SQLite, GIN on PostgreSQL."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ADD = "INSERT INTO matters_searchindex(rowid, words) VALUES (new.id, new.words);"
DROP = (
    "INSERT INTO matters_searchindex(matters_searchindex, rowid, words) "
    "VALUES ('delete', old.id, old.words);"
)
DOES = {"insert": ADD, "delete": DROP, "update": DROP + ADD}
INSTALL = {
    "sqlite": [
        "CREATE VIRTUAL TABLE matters_searchindex USING fts5(words, content='matters_searchentry', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 0', prefix='1 2 3')",
        *(
            f"CREATE TRIGGER matters_searchindex_{act} AFTER {act.upper()} ON matters_searchentry "
            f"BEGIN {does} END"
            for act, does in DOES.items()
        ),
    ],
    "postgresql": [
        "CREATE INDEX matters_searchindex ON matters_searchentry "
        "USING gin (array_to_tsvector(string_to_array(words, ' '))) WITH (fastupdate = off)",
    ],
}
REMOVE = {
    "sqlite": [
        *(f"DROP TRIGGER IF EXISTS matters_searchindex_{act}" for act in DOES),
        "DROP TABLE IF EXISTS matters_searchindex",
    ],
    "postgresql": ["DROP INDEX IF EXISTS matters_searchindex"],
}


def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Make the index; raises KeyError for other vendors."""
    for statement in INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001
    """Take the index away, the words stay."""
    for statement in REMOVE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("matters", "0009_search_entry")]
    operations = [migrations.RunPython(install, remove)]
