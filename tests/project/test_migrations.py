"""Migrations are complete and follow one line."""

import ast

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.project.tables import ROOT

OURS = [app.label for app in apps.get_app_configs() if app.name.startswith("tiepdan.")]


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    """The models should hold nothing that no migration makes."""
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit:
        pytest.fail(capsys.readouterr().out)


@pytest.mark.parametrize("label", OURS)
def test_migrations_are_linear(label):
    """Each app should have one first and one last migration, and each between one successor."""
    graph = MigrationLoader(None).graph
    nodes = [key for key in graph.nodes if key[0] == label]
    parents = [
        [parent.key for parent in graph.node_map[key].parents if parent.key[0] == label]
        for key in nodes
    ]
    assert all(len(own) <= 1 for own in parents)
    assert len({own[0] for own in parents if own}) == max(0, len(nodes) - 1)


def test_data_migrations_stand_alone():
    """A migration that moves data should not change tables as well."""
    mixed = []
    for path in sorted((ROOT / "src" / "tiepdan").glob("*/migrations/0*.py")):
        calls = [
            node.func.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        ]
        moves = {"RunPython"} & set(calls)
        changes = {"CreateModel", "AddField", "AlterField", "RemoveField"} & set(calls)
        if moves and changes:
            mixed.append(path.name)
    assert mixed == []
