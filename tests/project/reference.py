"""`python -m tests.project.reference`: write the pages of docs/reference/ anew from the code.

`test_reference.py` fails while a page differs from what stands here.
"""

import ast
import importlib
import os
import re
from collections.abc import Callable, Iterator
from enum import EnumType
from functools import partial
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "reference"
SETTINGS = ROOT / "src" / "tiepdan" / "config" / "settings.py"
HEAD = "<!-- Written by `python -m tests.project.reference`; a test fails when it is stale. -->\n\n"

# What each variable is for; the test asks for exactly those that settings.py reads.
MEANINGS = {
    "TIEPDAN_DATA_DIR": "Everything this copy keeps: database, documents, recordings, secrets.",
    "TIEPDAN_BUILD_DIR": "What is built once from the checkout: front end, engine, recorder.",
    "TIEPDAN_PORT_OFFSET": "Added to every port, so that two copies run side by side.",
    "TIEPDAN_PUBLIC_HOST": "The name or address browsers use; `./run --public HOST` sets it.",
    "TIEPDAN_PUBLIC_URL": "The whole address browsers use; `https://` switches HTTPS on.",
    "TIEPDAN_TURN_HOST": "Second name of this machine, for TURN/TLS on 443; by default `turn.` "
    "before the host's name, nothing before an address: then 443 is for pages only.",
    "TIEPDAN_DEBUG": "Django's debug pages. Never on a server.",
    "TIEPDAN_REHEARSAL": "Rehearsal (diễn tập): the product's clock may be moved.",
    "TIEPDAN_DEMO": "The demo province and its accounts; refused on a public address.",
    "TIEPDAN_PROFILE": "The rulebook in force: a file of `src/tiepdan/org/rulebooks/`.",
    "TIEPDAN_VIDEO_PROVIDER": "The adapter of the `video` port for new sittings.",
    "TIEPDAN_SMS_PROVIDER": "Who sends text messages; `rehearsal` writes them to `run/sms.jsonl`.",
    "TIEPDAN_SOFFICE": "The LibreOffice program that makes PDF from DOCX.",
    "TIEPDAN_FFMPEG": "The ffmpeg program that makes the playable MP4.",
    "TIEPDAN_CLAMAV": "ClamAV's socket, a path or `host:port`; when silent, papers wait unscanned.",
    "TIEPDAN_ENGINE_URL": "The media engine's own address, on this machine only.",
    "TIEPDAN_ENGINES": "How many engines share the rooms; more than one start a Redis too.",
    "TIEPDAN_ENGINE_KEY": "Name of the key with which engine tokens are signed.",
    "TIEPDAN_ENGINE_SECRET": "That key; made once in `secrets/` of the data when empty.",
    "TIEPDAN_SECRET_KEY": "Django's key; made once in `secrets/` of the data when empty.",
    "TIEPDAN_ALLOWED_HOSTS": "Host names the pages answer to, with commas between.",
    "DATABASE_URL": "The database. PostgreSQL: `postgresql://user:password@host/name`.",
    "TIEPDAN_STATIC_MANIFEST": "Hashed names for static files; off in the tests.",
}


def _reads() -> Iterator[tuple[str, str, str]]:
    """Name, type and default (as written) of each variable settings.py reads."""
    for node in ast.walk(ast.parse(SETTINGS.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="env"), attr=kind),
                args=[ast.Constant(value=str(name)), *rest],
                keywords=keywords,
            ):
                default = (rest or [word.value for word in keywords])[0]
                yield name, kind.replace("dj_db_url", "url"), _shown(default)


def _shown(default: ast.expr) -> str:
    text = ast.unparse(default)
    plain = re.fullmatch(r"f?'(.*)'|str\((.*)\)", text)
    shown = next(part for part in plain.groups() if part is not None) if plain else text
    return f"`{shown}`" if shown else "(empty)"


def settings_page() -> str:
    """Every environment variable that settings.py reads."""
    rows = sorted(set(_reads()), key=lambda row: list(MEANINGS).index(row[0]))
    return (
        "# Settings\n\nAll settings are environment variables; nothing has to be set on a machine "
        "for development.\nDefaults are shown as `src/tiepdan/config/settings.py` writes them.\n\n"
        + _table(
            ["Variable", "Type", "Default", "What it is for"],
            [[f"`{name}`", kind, default, MEANINGS[name]] for name, kind, default in rows],
        )
        + "\nOnly `./run` and `./test` read: `TIEPDAN_PYTHON` (the Python >= 3.11 to build with).\n"
        "\n## Ports\n\nEach is shifted by `TIEPDAN_PORT_OFFSET`.\n\n"
        + _table(["What", "Port"], _ports())
    )


def _ports() -> list[list[str]]:
    from tiepdan.config.ports import ports  # noqa: PLC0415 - after django.setup()

    mine = ports()
    return [
        ["pages and signalling, HTTP (with HTTPS: redirect only)", f"{mine.http}/tcp"],
        ["pages and signalling, HTTPS", f"{mine.https}/tcp"],
        ["media over TCP", f"{mine.ice_tcp}/tcp"],
        ["media", f"{mine.media_udp}/udp"],
        ["STUN and TURN", f"{mine.turn_udp}/udp"],
        ["TURN behind the HTTPS port (plain, not for the firewall)", f"{mine.turn_tcp}/tcp"],
        ["TURN/TLS behind the HTTPS port, this machine only", f"{mine.turn_tls}/tcp"],
        ["pages behind the HTTPS port, this machine only", f"{mine.pages}/tcp"],
        ["web process, this machine only", f"{mine.web}/tcp"],
        ["engine's signalling and API, this machine only", f"{mine.signalling}/tcp"],
    ]


def permissions_page() -> str:
    """Which role may do what."""
    from tiepdan.accounts.models import Role  # noqa: PLC0415
    from tiepdan.accounts.permissions import ABILITIES, Ability  # noqa: PLC0415

    roles = "\n".join(f"- `{role.value}`: {role.label}" for role in Role)
    rows = [
        [f"`{ability.value}`", *("x" if ability in ABILITIES[role] else "" for role in Role)]
        for ability in Ability
    ]
    return (
        "# Permissions\n\nRoles are data, granted to a person in one agency; code asks for "
        "abilities (`accounts.permissions.can`).\nA grant in the reception board or the provincial "
        f"committee reaches every agency, any other one its own.\n\n{roles}\n\n"
        + _table(["Ability", *(f"`{role.value}`" for role in Role)], rows)
    )


def sitting_roles_page() -> str:
    """Who may see, hear and do what in a sitting."""
    from tiepdan.sittings.roles import ADDED, MEANINGS, TABLE, Act  # noqa: PLC0415
    from tiepdan.sittings.states import SittingRole  # noqa: PLC0415

    roles = "\n".join(
        f"- `{role.value}`: {role.label}" + (" (added to the sitting)" if role in ADDED else "")
        for role in SittingRole
    )
    rows = [
        [f"`{act.value}`", MEANINGS[act], *(TABLE[role][act].value for role in SittingRole)]
        for act in Act
    ]
    return (
        "# Roles in a sitting\n\nOne table, `sittings.roles.TABLE`: asked through "
        "`sittings.permissions.may`;\n`tests/room/test_roles.py` tries each cell.\n"
        "`own`: of their site, seat, or a case they are named for; "
        "empty: never. Whoever is in a room sees and hears everybody in it; nobody subscribes "
        "from outside.\n\nRoles without a note come with a duty in the receiving agency "
        "([permissions.md](permissions.md)) or with a site.\n\n"
        + roles
        + "\n\n"
        + _table(["Act", "Meaning", *(f"`{role.value}`" for role in SittingRole)], rows)
    )


def states_page() -> str:
    """Every table of transitions."""
    parts = ["# States\n\nWhich event leads from which state to which; nothing else does.\n"]
    for path in sorted((ROOT / "src" / "tiepdan").glob("*/states.py")):
        module = importlib.import_module(f"tiepdan.{path.parent.name}.states")
        for name, table in vars(module).items():
            if name.endswith("_TRANSITIONS"):
                first = type(next(iter(table))[0])
                parts.append(_state_table(f"{path.parent.name}.states.{name}", first, table))
    return "\n".join(parts)


def _state_table(name: str, states: EnumType, table: dict[tuple[str, str], str]) -> str:
    labels = ", ".join(f"`{state.value}` {state.label}" for state in states)
    rows = [[f"`{start}`", event, f"`{end}`"] for (start, event), end in table.items()]
    body = _table(["From", "Event", "To"], rows)
    return f"## {states.__name__}\n\n`{name}`. States: {labels}.\n\n{body}"


def commands_page() -> str:
    """Every management command of ours."""
    from django.core.management import get_commands, load_command_class  # noqa: PLC0415

    rows = [
        [f"`{name}`", load_command_class(app, name).help.strip(), app.removeprefix("tiepdan.")]
        for name, app in sorted(get_commands().items())
        if app.startswith("tiepdan.")
    ]
    return (
        "# Commands\n\n`./run` (start it; `--public HOST`, `--journey`, `--check`) and `./test` "
        "(check everything) are the two a person needs.\nThe others are run as "
        "`var/venv/bin/python -m tiepdan COMMAND`; `--help` shows the options.\n\n"
        + _table(["Command", "What it does", "App"], rows)
    )


def figures_page(of: str) -> str:
    """The newest figure of each measurement of the `room` or the `desk`, beside its goal."""
    from bench import results  # noqa: PLC0415 - django.setup() first

    rows = [
        [
            one.goal,
            one.what,
            f"**{one.figure:g}** {one.unit}",
            one.wanted,
            "yes" if one.reached else "**no**",
            f"{one.machine}, load {one.load:g}",
            f"{one.date}, `{one.commit}`",
        ]
        for one in results.latest(results.ROOM.with_name(f"{of}.json"))
    ]
    head = ["Goal", "What", "Figure", "Wanted", "Reached", "Machine", "When, commit"]
    return (
        f"# Figures of the {of}\n\nThe newest figure of each measurement in "
        f"`bench/results/{of}.json`, worse ones too; [benchmarks.md](benchmarks.md) says how "
        "each is\ntaken. Single runs on a shared machine: read them as +-25 %, more at a load "
        "above 1.\n\n" + _table(head, rows)
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "permissions.md": permissions_page,
    "sitting-roles.md": sitting_roles_page,
    "states.md": states_page,
    "commands.md": commands_page,
    "room-figures.md": partial(figures_page, "room"),
    "desk-figures.md": partial(figures_page, "desk"),
}


def rendered(name: str) -> str:
    """The whole page as it must stand in the folder."""
    return HEAD + PAGES[name]()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    for page in PAGES:
        (FOLDER / page).write_text(rendered(page), encoding="utf-8")
