"""What came out of sealing a recording."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sealed:
    """A package in its place: names relative to RECORDINGS_DIR, size in bytes.

    `playable` is empty when nothing in the recording can be played.
    """

    package: str
    playable: str
    duration_ms: int
    size: int
    manifest_sha256: str
    signer: str
