"""The only writers of a live sitting.

Each act locks the sitting's row first, so that acts of one sitting come one after the other, and
writes its events in its own transaction. The engine follows afterwards: whoever acted calls
`sittings.reconcile.apply` once the transaction is over.
"""

from tiepdan.sittings.actions.closing import close_sitting, finish_closing, undo_close
from tiepdan.sittings.actions.controls import (
    choose_layout,
    free_floor,
    give_floor,
    lock_microphone,
    lower_hand,
    note_muted,
    raise_hand,
    send_private_text,
    spotlight,
    unlock_microphone,
)
from tiepdan.sittings.actions.course import (
    call_next,
    end_and_call_next,
    end_visit,
    mark_absent,
    open_sitting,
    refuse_visit,
    return_to_plenary,
    start_unrecorded,
)
from tiepdan.sittings.actions.device_check import finish_check, open_check
from tiepdan.sittings.actions.interludes import (
    begin_deliberation,
    end_deliberation,
    note_private,
    pause_sitting,
    resume_sitting,
    suspend_sitting,
)
from tiepdan.sittings.actions.invites import accept_invite, invite_into_turn, withdraw_invite
from tiepdan.sittings.actions.marks import mark_moment
from tiepdan.sittings.actions.minutes import (
    ItemDraft,
    draft_point,
    drop_point,
    record_conclusion,
    sign_minutes,
    write_entry,
)
from tiepdan.sittings.actions.operation import (
    call_for_help,
    finish_task,
    note_message_read,
    note_power,
    note_report,
    send_message,
    take_task,
)
from tiepdan.sittings.actions.papers import (
    begin_showing,
    hide_paper,
    note_unreadable,
    share_picture,
    show_paper,
    turn_page,
)
from tiepdan.sittings.actions.participants import (
    add_participant,
    end_participation,
    name_for_case,
    take_from_case,
)
from tiepdan.sittings.actions.rooms import (
    RecordingProof,
    confirm_recording,
    end_alarm,
    mark_provisioned,
    note_token,
    raise_alarm,
    record_presence,
    reopen_room,
)
from tiepdan.sittings.actions.seats import (
    admit_seat,
    check_identity,
    prepare_sitting,
    release_seat,
    release_session,
    remove_seat,
    take_seat,
)
from tiepdan.sittings.actions.sign_language import (
    appoint_sign_interpreter,
    dismiss_sign_interpreter,
)
from tiepdan.sittings.actions.waiting import hold_visit, pass_over, recall_visit

__all__ = [
    "ItemDraft",
    "RecordingProof",
    "accept_invite",
    "add_participant",
    "admit_seat",
    "appoint_sign_interpreter",
    "begin_deliberation",
    "begin_showing",
    "call_for_help",
    "call_next",
    "check_identity",
    "choose_layout",
    "close_sitting",
    "confirm_recording",
    "dismiss_sign_interpreter",
    "draft_point",
    "drop_point",
    "end_alarm",
    "end_and_call_next",
    "end_deliberation",
    "end_participation",
    "end_visit",
    "finish_check",
    "finish_closing",
    "finish_task",
    "free_floor",
    "give_floor",
    "hide_paper",
    "hold_visit",
    "invite_into_turn",
    "lock_microphone",
    "lower_hand",
    "mark_absent",
    "mark_moment",
    "mark_provisioned",
    "name_for_case",
    "note_message_read",
    "note_muted",
    "note_power",
    "note_private",
    "note_report",
    "note_token",
    "note_unreadable",
    "open_check",
    "open_sitting",
    "pass_over",
    "pause_sitting",
    "prepare_sitting",
    "raise_alarm",
    "raise_hand",
    "recall_visit",
    "record_conclusion",
    "record_presence",
    "refuse_visit",
    "release_seat",
    "release_session",
    "remove_seat",
    "reopen_room",
    "resume_sitting",
    "return_to_plenary",
    "send_message",
    "send_private_text",
    "share_picture",
    "show_paper",
    "sign_minutes",
    "spotlight",
    "start_unrecorded",
    "suspend_sitting",
    "take_from_case",
    "take_seat",
    "take_task",
    "turn_page",
    "undo_close",
    "unlock_microphone",
    "withdraw_invite",
    "write_entry",
]
