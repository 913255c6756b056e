"""Who may see, hear and do what in a sitting: one table, pure.

Asked through `sittings.permissions.may` for people, `cell` for seats;
docs/reference/sitting-roles.md shows it. Sources: QĐ 2193/QĐ-UBND, mục I.2 (chair, People's
Council and National Assembly delegation receive together); law.md 4.2-4.3 (each case apart, who
speaks); who merely watches never speaks.
"""

from enum import StrEnum

from tiepdan.sittings.states import SittingRole


class Act(StrEnum):
    """Something to see, to hear or to do; `MEANINGS` says it in words."""

    ENTER_PLENARY = "enter_plenary"
    ENTER_TURN = "enter_turn"
    ENTER_DELIBERATION = "enter_deliberation"
    SEND_PICTURE = "send_picture"
    SEND_SOUND = "send_sound"
    OPEN_SEAT = "open_seat"
    RAISE_HAND = "raise_hand"
    CALL_HELP = "call_help"
    SEE_SITE = "see_site"
    CHECK_IDENTITY = "check_identity"
    SEE_NAMES = "see_names"
    SEE_RECORDING = "see_recording"
    SEE_EVERYTHING = "see_everything"
    SHOW_PAPERS = "show_papers"
    RUN = "run"
    PAUSE = "pause"
    SUSPEND = "suspend"
    DELIBERATE = "deliberate"
    DIRECT = "direct"
    SILENCE = "silence"
    REMOVE = "remove"
    INVITE = "invite"
    NAME_PEOPLE = "name_people"
    ADMIT_PRESS = "admit_press"
    PIN_SIGN = "pin_sign"
    WRITE_MINUTES = "write_minutes"
    CONCLUDE = "conclude"
    PRIVATE_TEXT = "private_text"
    OPERATE = "operate"


MEANINGS = {
    Act.ENTER_PLENARY: "be in the opening and the closing: see and hear all who are in it",
    Act.ENTER_TURN: "be in a citizen's turn: see and hear all who are in it",
    Act.ENTER_DELIBERATION: "be in the deliberation, when already in that turn",
    Act.SEND_PICTURE: "publish a camera",
    Act.SEND_SOUND: "publish a microphone (never while paused, locked, or another has the floor)",
    Act.OPEN_SEAT: "open a seat on this machine, try the machine",
    Act.RAISE_HAND: "ask to speak",
    Act.CALL_HELP: "call the operator",
    Act.SEE_SITE: "the page of a site: its own citizens, what comes next",
    Act.CHECK_IDENTITY: "see a citizen's papers and explain the recording",
    Act.SEE_NAMES: "see who the waiting citizens are",
    Act.SEE_RECORDING: "see whether it is being recorded",
    Act.SEE_EVERYTHING: "the whole event stream, private texts included",
    Act.SHOW_PAPERS: "show papers to everybody in the turn",
    Act.RUN: "open, call next or one by name, hold, skip, finish, refuse, close",
    Act.PAUSE: "pause, and go on",
    Act.SUSPEND: "suspend for a technical fault, and go on after it",
    Act.DELIBERATE: "withdraw to deliberate, bring everybody back",
    Act.DIRECT: "give the floor, choose layout and spotlight, lower a hand",
    Act.SILENCE: "mute, lock and unlock a microphone",
    Act.REMOVE: "put a seat out of the room, let it in again",
    Act.INVITE: "invite one more person into the running turn by link or telephone number",
    Act.NAME_PEOPLE: "add people to the sitting, name them for a case, end it",
    Act.ADMIT_PRESS: "let the press into a turn",
    Act.PIN_SIGN: "pin the sign interpreter for everybody",
    Act.WRITE_MINUTES: "write the minutes, compose the conclusion",
    Act.CONCLUDE: "confirm the conclusion",
    Act.PRIVATE_TEXT: "text between chair, secretary and operator",
    Act.OPERATE: "the wall of all sites, tasks, messages to a site",
}


class Cell(StrEnum):
    """Whether a role may do it."""

    NO = ""
    YES = "yes"
    OWN = "own"
    """Of their own site, seat, or case they are named for."""


TURN_ACTS = frozenset({Act.ENTER_TURN, Act.ENTER_DELIBERATION})
"""What «own» means a case for, not a site."""

_SITE = dict.fromkeys([Act.OPEN_SEAT, Act.RAISE_HAND, Act.CALL_HELP, Act.SEE_RECORDING], Cell.OWN)
_MEDIA = dict.fromkeys([Act.ENTER_PLENARY, Act.SEND_PICTURE, Act.SEND_SOUND], Cell.YES)
_COCHAIR = _SITE | _MEDIA | {
    Act.ENTER_TURN: Cell.YES,
    Act.ENTER_DELIBERATION: Cell.YES,
    Act.SEE_NAMES: Cell.YES,
    Act.SEE_RECORDING: Cell.YES,
}  # fmt: skip
_NAMED = _SITE | _MEDIA | {Act.ENTER_TURN: Cell.OWN}
_CONTROL = dict.fromkeys([Act.SEE_NAMES, Act.SEE_RECORDING, Act.SEE_EVERYTHING, Act.PRIVATE_TEXT],
                         Cell.YES)  # fmt: skip
_HELPER = dict.fromkeys([Act.OPEN_SEAT, Act.RAISE_HAND, Act.CALL_HELP, Act.PIN_SIGN], Cell.YES)
_WATCHER = _SITE | {Act.RAISE_HAND: Cell.NO, Act.ENTER_PLENARY: Cell.YES, Act.ENTER_TURN: Cell.OWN}

_MAY: dict[SittingRole, dict[Act, Cell]] = {
    SittingRole.CHAIR: _CONTROL
    | _MEDIA
    | dict.fromkeys(
        [
            Act.ENTER_TURN,
            Act.ENTER_DELIBERATION,
            Act.SHOW_PAPERS,
            Act.RUN,
            Act.PAUSE,
            Act.SUSPEND,
            Act.DELIBERATE,
            Act.DIRECT,
            Act.SILENCE,
            Act.REMOVE,
            Act.INVITE,
            Act.NAME_PEOPLE,
            Act.ADMIT_PRESS,
            Act.PIN_SIGN,
            Act.CONCLUDE,
        ],
        Cell.YES,
    ),
    SittingRole.COUNCIL: _COCHAIR,
    SittingRole.ASSEMBLY: _COCHAIR,
    SittingRole.SECRETARY: _CONTROL
    | _HELPER
    | dict.fromkeys(
        [Act.SHOW_PAPERS, Act.INVITE, Act.NAME_PEOPLE, Act.WRITE_MINUTES, Act.CONCLUDE], Cell.YES
    )
    | {Act.CHECK_IDENTITY: Cell.OWN, Act.SEE_SITE: Cell.OWN},
    SittingRole.AGENCY: _NAMED
    | {Act.ENTER_DELIBERATION: Cell.OWN, Act.SHOW_PAPERS: Cell.OWN, Act.SEE_NAMES: Cell.OWN},
    SittingRole.COMMUNE_CHAIR: dict.fromkeys(
        [Act.RAISE_HAND, Act.CALL_HELP, Act.SEE_SITE, Act.SEE_NAMES, Act.SEE_RECORDING], Cell.OWN
    ),
    SittingRole.COMMUNE_CLERK: _SITE
    | dict.fromkeys([Act.CHECK_IDENTITY, Act.SEE_SITE, Act.SEE_NAMES, Act.SHOW_PAPERS], Cell.OWN),
    SittingRole.CITIZEN: _MEDIA | {Act.ENTER_TURN: Cell.OWN},
    SittingRole.SPOKEN_INTERPRETER: _NAMED,
    SittingRole.SIGN_INTERPRETER: _NAMED,
    SittingRole.OBSERVER: _WATCHER,
    SittingRole.PRESS: _WATCHER,
    SittingRole.OPERATOR: _CONTROL
    | _HELPER
    | dict.fromkeys([Act.OPERATE, Act.SUSPEND, Act.REMOVE], Cell.YES)
    | {Act.SEE_NAMES: Cell.NO},
}

TABLE: dict[SittingRole, dict[Act, Cell]] = {
    role: {act: _MAY[role].get(act, Cell.NO) for act in Act} for role in SittingRole
}
"""Every role, every act. A watcher's turn is «own»: only a case they are named for; the press is
named for one by the chair alone (ADMIT_PRESS)."""

ADDED = frozenset(SittingRole) - {
    SittingRole.CHAIR,
    SittingRole.SECRETARY,
    SittingRole.COMMUNE_CLERK,
    SittingRole.CITIZEN,
    SittingRole.OPERATOR,
}
"""Roles that a person is added with; the others come with a duty (`accounts`) or with a site."""


INVITED = frozenset(
    {
        SittingRole.AGENCY,
        SittingRole.SPOKEN_INTERPRETER,
        SittingRole.SIGN_INTERPRETER,
        SittingRole.OBSERVER,
    }
)
"""Roles that a link into a running turn may give."""

BESIDE = {
    SittingRole.CHAIR: {SittingRole.COUNCIL, SittingRole.ASSEMBLY},
    SittingRole.CITIZEN: {SittingRole.COMMUNE_CHAIR},
    SittingRole.AGENCY: {SittingRole.AGENCY},
}
"""Whose rights a room's seat has, and who may be added at it: they may open its page, and with it
have all its rights. Everybody else comes with a machine of their own."""


def cell(role: str, act: Act) -> Cell:
    """What the table says; a role it does not know may nothing."""
    return TABLE[SittingRole(role)][act] if role in SittingRole else Cell.NO
