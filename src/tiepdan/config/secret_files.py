"""Secrets of an installation: made once, kept in files only the service may read."""

import secrets
from pathlib import Path


def read_or_make(path: Path) -> str:
    """The secret in `path`; made with 256 random bits when there is none yet.

    Two processes that start at once get the same secret: the file is linked into place, and
    the one who comes second reads what the first one wrote.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
