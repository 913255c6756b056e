"""The only writers of recordings."""

from datetime import datetime

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, require
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.recordings.models import Recording, Viewing
from tiepdan.recordings.sealed import Sealed
from tiepdan.recordings.states import RECORDING_TRANSITIONS, RecordingState
from tiepdan.sittings.models import MediaRoom


@transaction.atomic
def start_recording(*, room: MediaRoom, folder: str, at: datetime | None = None) -> Recording:
    """A recorder is being started for the room; `folder` is relative to RECORDINGS_DIR.

    An act of the system; a second call returns the same recording.
    """
    started_at = at or clock.real_now()
    recording, is_new = Recording.objects.get_or_create(
        room=room, defaults={"folder": folder, "started_at": started_at}
    )
    if is_new:
        audit.record(verb="start_recording", on=recording, by=None, detail={"room": room.name})
    return recording


@transaction.atomic
def mark_stored(*, recording: Recording, size: int, at: datetime | None = None) -> Recording:
    """Everything of the recording is journalled; `size` in bytes. `jobs.finish` calls it."""
    recording = _locked(recording)
    recording.state = follow(RECORDING_TRANSITIONS, RecordingState(recording.state), "store")
    recording.ended_at, recording.size = at or clock.real_now(), size
    recording.save(update_fields=["state", "ended_at", "size"])
    audit.record(verb="store_recording", on=recording, by=None, detail={"size": size})
    return recording


@transaction.atomic
def mark_sealed(*, recording: Recording, sealed: Sealed, at: datetime | None = None) -> Recording:
    """The evidence package stands in its place; doing it twice changes nothing."""
    recording = _locked(recording)
    if recording.state == RecordingState.SEALED:
        return recording
    recording.state = follow(RECORDING_TRANSITIONS, RecordingState(recording.state), "seal")
    recording.package, recording.playable = sealed.package, sealed.playable
    recording.duration_ms, recording.size = sealed.duration_ms, sealed.size
    recording.manifest_sha256, recording.signer = sealed.manifest_sha256, sealed.signer
    recording.sealed_at = at or clock.real_now()
    recording.save()
    audit.record(
        verb="seal_recording",
        on=recording,
        by=None,
        detail={"manifest_sha256": sealed.manifest_sha256, "signer": sealed.signer},
    )
    return recording


@transaction.atomic
def mark_failed(*, recording: Recording, reason: str, at: datetime | None = None) -> Recording:
    """Nothing was recorded; `reason` is for people."""
    recording = _locked(recording)
    recording.state = follow(RECORDING_TRANSITIONS, RecordingState(recording.state), "fail")
    recording.ended_at, recording.failure = at or clock.real_now(), reason
    recording.save(update_fields=["state", "ended_at", "failure"])
    audit.record(verb="fail_recording", on=recording, by=None, detail={"reason": reason})
    return recording


@transaction.atomic
def ask_to_watch(
    *, recording: Recording, purpose: str, by: User, at: datetime | None = None
) -> Viewing:
    """Somebody wants to see the recording and says for what; raises RuleRefusedError.

    Each viewing is logged with its purpose (QCVN 12 mục 3.5.2.2.9).
    """
    require(by, Ability.WATCH_RECORDING, recording.room.sitting.reception.agency)
    at = at or clock.now()
    if not purpose.strip():
        raise RuleRefusedError("no_purpose", "Hãy ghi mục đích xem bản ghi.")
    if not recording.playable:
        raise RuleRefusedError("not_playable", "Bản ghi chưa có tệp để xem.")
    viewing = Viewing.objects.create(recording=recording, purpose=purpose.strip(), at=at, by=by)
    audit.record(
        verb="watch_recording", on=recording, by=by, at=at, detail={"purpose": viewing.purpose}
    )
    return viewing


def _locked(recording: Recording) -> Recording:
    return Recording.objects.select_for_update().get(pk=recording.pk)
