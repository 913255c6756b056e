"""What a copy needs before it starts: database, static files, demo province, certificate."""

import hashlib
import io
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands

from tiepdan.config import local_ca

PRIVATE = 0o700


class DemoAccountsError(RuntimeError):
    """Demo accounts, whose passwords are printed, would stand on a public address."""


def prepare(*, bare: bool = False) -> None:
    """Make or bring up to date all that the processes find when they start.

    `bare`: a demo province without filings, for a journey that counts its own. Raises
    DemoAccountsError when a public copy holds demo accounts and `--demo` was not given.
    """
    for name in ("db", "secrets", "recordings", "documents", "run", "run/recorders", "log", "tls"):
        (settings.DATA_DIR / name).mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    _collect_static()
    if settings.DEMO:
        _seed_demo(bare=bare)
    elif get_user_model().objects.filter(is_demo=True).exists():
        raise DemoAccountsError(
            "Cơ sở dữ liệu này có tài khoản trình diễn, không được mở ra mạng. Hãy dùng thư mục "
            "dữ liệu khác (TIEPDAN_DATA_DIR), hoặc thêm --demo nếu thật sự muốn."
        )
    if settings.HTTPS:
        names = [name for name in (settings.PUBLIC_HOST, settings.TURN_HOST) if name]
        local_ca.ensure(settings.DATA_DIR / "tls", *names)


def has_command(name: str) -> bool:
    """Whether one of our apps brings the management command `name`."""
    return name in get_commands()


def _collect_static() -> None:
    stamp = Path(settings.STATIC_ROOT) / ".made-of"
    made_of = _static_sources()
    if stamp.exists() and stamp.read_text(encoding="ascii") == made_of:
        return
    call_command("collectstatic", interactive=False, verbosity=0, stdout=io.StringIO())
    stamp.write_text(made_of, encoding="ascii")


def _static_sources() -> str:
    """A hash over names, sizes and times of every static file: much quicker than collecting."""
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    folders += [Path(app.path, "static") for app in apps.get_app_configs()]
    seen = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                facts = path.stat()
                seen.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _seed_demo(*, bare: bool) -> None:
    if not has_command("seed_demo") or get_user_model().objects.exists():
        return
    call_command("seed_demo", bare=bare)
