"""The operator's tasks, calls for help and messages, and the figures that open tasks."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from tiepdan.accounts.models import User
from tiepdan.audit import actions as audit
from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.org import rulebook
from tiepdan.sittings import line_rules, permissions
from tiepdan.sittings.actions.events import CONTROL, EVERYONE, append, locked
from tiepdan.sittings.line_rules import Readings, Trouble
from tiepdan.sittings.models import OperatorTask, Seat, SeatReport, Sitting
from tiepdan.sittings.roles import Act
from tiepdan.sittings.states import TASK_TRANSITIONS, SittingState, TaskState

LONGEST_MESSAGE = 250

SUSPENSION = "suspension"
"""Cause of the task that goes with a technical suspension."""

WORDS = {
    Trouble.LOSS: "Đường truyền mất gói nhiều: tiếng có thể ngắt quãng. Kiểm tra dây mạng, tắt các "
    "máy khác đang tải dữ liệu.",
    Trouble.SLOW: "Đường truyền trễ nhiều: hai bên dễ nói chồng lên nhau.",
    Trouble.NO_SOUND: "Micro không có tín hiệu: kiểm tra công tắc micro và dây cắm.",
    Trouble.NO_PICTURE: "Không gửi được hình: kiểm tra camera.",
    Trouble.BATTERY: "Máy chạy pin và sắp hết: cắm nguồn điện hoặc bộ lưu điện.",
}
"""What a task says about a report; the official record is in Vietnamese."""


def open_task(
    sitting: Sitting,
    *,
    cause: str,
    words: str,
    at: datetime,
    seat: Seat | None = None,
    owner: User | None = None,
) -> OperatorTask:
    """Have somebody look after it; a task of the same cause that is not done is the same one.

    The caller holds the sitting's lock. With an `owner` it is theirs from the start.
    """
    found = sitting.tasks.filter(cause=cause).exclude(state=TaskState.DONE).first()
    if found:
        if found.over_at:
            found.over_at = None
            found.save(update_fields=["over_at"])
        return found
    minutes = rulebook.number("operator_task_minutes", clock.day_of(at))
    task = OperatorTask.objects.create(
        sitting=sitting, seat=seat, cause=cause, words=words, opened_at=at, owner=owner,
        state=TaskState.TAKEN if owner else TaskState.OPEN,
        done_by=at + timedelta(minutes=minutes),
    )  # fmt: skip
    append(sitting, "task_opened", at=at, audience=_audience(task), task=str(task.pk))
    return task


def end_cause(sitting: Sitting, *, cause: str, at: datetime) -> None:
    """The trouble has ended by itself: a task nobody took is done, its owner's is marked.

    The caller holds the sitting's lock.
    """
    task = sitting.tasks.filter(cause=cause, over_at=None).exclude(state=TaskState.DONE).first()
    if task is None:
        return
    task.over_at = at
    if task.owner_id is None:
        task.state, task.done_at = follow(TASK_TRANSITIONS, TaskState.OPEN, "finish"), at
        task.note = "Sự cố tự hết."
    task.save(update_fields=["over_at", "state", "done_at", "note"])
    append(sitting, "task_over", at=at, audience=_audience(task), task=str(task.pk))


def settle(sitting: Sitting, *, cause: str, note: str, by: User, at: datetime) -> None:
    """What the task was about is over and done, by its owner or else by `by`.

    The caller holds the sitting's lock.
    """
    task = sitting.tasks.filter(cause=cause).exclude(state=TaskState.DONE).first()
    if task:
        _finish(sitting, task, note, by, at)


@transaction.atomic
def take_task(*, task: OperatorTask, by: User, at: datetime | None = None) -> OperatorTask:
    """Make the task the operator's own; it may be taken over from a colleague.

    Who takes a suspension's task is named as its owner on every site's page.
    """
    at = at or clock.now()
    sitting, task = _locked(task, by)
    task.state = follow(TASK_TRANSITIONS, TaskState(task.state), "take")
    task.owner = by
    task.save(update_fields=["state", "owner"])
    if task.cause == SUSPENSION:
        sitting.interludes.filter(ended_at__isnull=True).update(owner=by)
    append(sitting, "task_taken", at=at, audience=_audience(task), task=str(task.pk))
    audit.record(verb="take_task", on=sitting, by=by, at=at, detail={"cause": task.cause})
    return task


@transaction.atomic
def finish_task(
    *, task: OperatorTask, note: str, by: User, at: datetime | None = None
) -> OperatorTask:
    """Say what was done. Raises RuleRefusedError without a note, or when it is done already.

    Also for a suspension's task: it is done when the sitting goes on (`resume_sitting`).
    """
    at = at or clock.now()
    if not note.strip():
        raise RuleRefusedError("note_missing", "Hãy ghi đã xử lý thế nào.")
    sitting, task = _locked(task, by)
    if task.cause == SUSPENSION and task.state != TaskState.DONE:
        raise RuleRefusedError(
            "still_suspended", "Buổi tiếp còn tạm ngừng: việc này xong khi cho buổi tiếp tiếp tục."
        )
    _finish(sitting, task, note.strip()[:250], by, at)
    audit.record(verb="finish_task", on=sitting, by=by, at=at, detail={"cause": task.cause})
    return task


@transaction.atomic
def call_for_help(*, seat: Seat, by: User, at: datetime | None = None) -> OperatorTask:
    """A site asks the operator to help (gọi hỗ trợ); asking again changes nothing."""
    at = at or clock.now()
    sitting = locked(seat.sitting)
    permissions.require_may(by, Act.CALL_HELP, sitting, seat)
    if sitting.state == SittingState.CLOSED:
        raise RuleRefusedError("sitting_closed", "Buổi tiếp đã kết thúc.")
    task = open_task(
        sitting, cause=f"help:{seat.code}", words="Điểm cầu gọi hỗ trợ.", at=at, seat=seat
    )
    audit.record(verb="call_for_help", on=sitting, by=by, at=at, detail={"seat": seat.code})
    return task


@transaction.atomic
def send_message(*, seat: Seat, words: str, by: User, at: datetime | None = None) -> None:
    """Tell one site something; it stands on its pages until somebody there has read it."""
    at = at or clock.now()
    words = words.strip()[:LONGEST_MESSAGE]
    if not words:
        raise RuleRefusedError("message_empty", "Hãy viết điều cần nhắn.")
    sitting = locked(seat.sitting)
    permissions.require_may(by, Act.OPERATE, sitting)
    append(sitting, "site_message", at=at, audience=seat.code, seat=seat.code, words=words)
    audit.record(verb="send_message", on=sitting, by=by, at=at, detail={"seat": seat.code})


@transaction.atomic
def note_power(*, seat: Seat, words: str, by: User, at: datetime | None = None) -> None:
    """What the operator was told of a site's power (bộ lưu điện) that no browser knows."""
    at = at or clock.now()
    sitting = locked(seat.sitting)
    permissions.require_may(by, Act.OPERATE, sitting)
    words = words.strip()[:LONGEST_MESSAGE]
    append(sitting, "power_noted", at=at, audience=CONTROL, seat=seat.code, words=words)
    audit.record(verb="note_power", on=sitting, by=by, at=at, detail={"seat": seat.code})


@transaction.atomic
def note_message_read(*, seat: Seat, by: User, at: datetime | None = None) -> None:
    """Somebody at the site has read the operator's message."""
    at = at or clock.now()
    sitting = locked(seat.sitting)
    permissions.require_may(by, Act.CALL_HELP, sitting, seat)
    append(sitting, "site_message_read", at=at, audience=seat.code, seat=seat.code)


@transaction.atomic
def note_report(*, seat: Seat, told: Mapping[str, object], at: datetime | None = None) -> Readings:
    """Keep the newest figures of a site; what stays wrong becomes a task, and ends with it.

    A silence of the page inside a room is written down as a gap. Times are the machine's.
    """
    at = at or clock.real_now()
    now = line_rules.read(told)
    before = SeatReport.objects.select_for_update().filter(seat=seat).first()
    known = before.troubles if before else {}
    since = {one: known.get(one, at.isoformat()) for one in line_rules.troubles(now)}
    row = {"at": at, "readings": now.as_json(), "troubles": since}
    SeatReport.objects.update_or_create(seat=seat, defaults=row)
    _note_gap(seat, before, at)
    _keep_tasks(seat, {one for one, start in since.items() if _lasts(start, at)}, set(known))
    return now


def _note_gap(seat: Seat, before: SeatReport | None, at: datetime) -> None:
    if before is None or not before.readings.get("in_room"):
        return
    silence = at - before.at
    if silence > line_rules.SILENT_AFTER:
        append(locked(seat.sitting), "line_gap", at=clock.now(), audience=CONTROL, seat=seat.code,
               since=before.at.isoformat(), seconds=round(silence.total_seconds()))  # fmt: skip


def _keep_tasks(seat: Seat, lasting: set[Trouble], known: set[str]) -> None:
    opened = set(seat.tasks.exclude(state=TaskState.DONE).values_list("cause", flat=True))
    fresh = [one for one in lasting if f"line:{one}:{seat.code}" not in opened]
    gone = [one for one in known if one not in lasting and f"line:{one}:{seat.code}" in opened]
    if not (fresh or gone):
        return
    sitting, now = locked(seat.sitting), clock.now()
    for one in fresh:
        cause, words = f"line:{one}:{seat.code}", WORDS[Trouble(one)]
        open_task(sitting, cause=cause, words=words, at=now, seat=seat)
    for name in gone:
        end_cause(sitting, cause=f"line:{name}:{seat.code}", at=now)


def _lasts(start: str, at: datetime) -> bool:
    return at - datetime.fromisoformat(start) >= line_rules.PERSISTS


def _finish(sitting: Sitting, task: OperatorTask, note: str, by: User, at: datetime) -> None:
    task.state = follow(TASK_TRANSITIONS, TaskState(task.state), "finish")
    task.owner, task.note, task.done_at = task.owner or by, note, at
    task.save(update_fields=["state", "owner", "note", "done_at"])
    append(sitting, "task_done", at=at, audience=_audience(task), task=str(task.pk))


def _audience(task: OperatorTask) -> str:
    if task.cause == SUSPENSION:
        return EVERYONE  # every site's page names its owner
    return task.seat.code if task.seat else CONTROL


def _locked(task: OperatorTask, by: User) -> tuple[Sitting, OperatorTask]:
    sitting = locked(task.sitting)
    permissions.require_may(by, Act.OPERATE, sitting)
    return sitting, OperatorTask.objects.select_related("seat", "owner").get(pk=task.pk)
