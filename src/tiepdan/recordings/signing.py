"""The key of this installation that signs evidence packages (Ed25519), made once."""

import fcntl
import hashlib
import os
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def signing_key() -> Ed25519PrivateKey:
    """The key in `DATA_DIR/secrets/evidence_key.pem` (0600), made when there is none yet."""
    path = Path(settings.DATA_DIR) / "secrets" / "evidence_key.pem"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (path.parent / "evidence_key.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            _make(path)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds another kind of key")
    return key


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of its public half."""
    raw = serialization.Encoding.Raw, serialization.PublicFormat.Raw
    return key.public_key().public_bytes(*raw)


def public_pem(key: Ed25519PrivateKey) -> bytes:
    """Its public half as other programs read it."""
    pem = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(*pem)


def fingerprint(key: Ed25519PrivateKey) -> str:
    """SHA-256 of the public half, 64 hexadecimal digits: what people compare."""
    return hashlib.sha256(public_bytes(key)).hexdigest()


def _make(path: Path) -> None:
    text = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
