"""The secretary's page: minutes written while the turn runs, the conclusion composed."""

from collections.abc import Callable
from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.room.forms import EntryForm, MarkForm, PointForm
from tiepdan.room.views import board, papers
from tiepdan.room.views.access import (
    OfficialRequest,
    allow,
    by_script,
    done,
    number_of,
    refused,
    row_or_404,
    signed_in,
    sitting_or_404,
)
from tiepdan.room.views.sign_language import signing
from tiepdan.sittings import actions, queries
from tiepdan.sittings.actions.minutes import points_of
from tiepdan.sittings.models import Sitting, Visit
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act


@require_safe
@signed_in
def page(request: OfficialRequest, sitting: UUID) -> HttpResponse:
    """Show the minutes of the turn that runs, or of the turn in `?luot=`."""
    found = sitting_or_404(sitting)
    allow(may(request.user, Act.WRITE_MINUTES, found))
    return _show(request, found)


@require_POST
@signed_in
def act(request: OfficialRequest, sitting: UUID, act: str) -> HttpResponse:
    """Write a line, add or drop a point, confirm the conclusion.

    htmx gets the form back: empty when done, else with what was typed and why it was refused.
    """
    found = sitting_or_404(sitting)
    if act not in ACTS:
        raise Http404
    allow(may(request.user, NEEDS[act], found))
    form = FORMS[act](request.POST) if act in FORMS else None
    refusal = None
    if form is None or form.is_valid():
        try:
            ACTS[act](request, found, {} if form is None else form.cleaned_data)
        except RuleRefusedError as error:
            refusal = error
    failed = refusal is not None or (form is not None and not form.is_valid())
    if by_script(request) and form is not None:
        shown = form if failed else FORMS[act]()
        context = {f"{act}_form": shown, f"{act}_refusal": refusal, "sitting": found}
        return render(request, f"room/parts/{act}_form.html", context | _turn(request, found))
    if failed:
        words = refused(request, refusal) if refusal else None
        return words or _show(request, found, act=act, form=form, refusal=refusal)
    return done(request, _address(found, request.POST.get("pinned", "")))


def _show(
    request: HttpRequest,
    sitting: Sitting,
    *,
    act: str = "",
    form: Form | None = None,
    refusal: RuleRefusedError | None = None,
) -> HttpResponse:
    context = board.board(sitting) | _turn(request, sitting)
    turn = context["turn"]
    entries = sitting.entries.filter(visit=turn)
    context |= (
        board.conclusion(turn)
        | signing(sitting)
        | papers.panel(request.user, sitting)
        | {
            "room_class": "room--control",
            "page_url": _address(sitting, context["pinned"]),
            "turns": queries.visits(sitting),
            "entries": entries,
            "private_texts": queries.private_texts(sitting),
            "places": board.places(sitting),
            "entry_form": EntryForm(),
            "point_form": PointForm(auto_id="ket_luan_%s"),
        }
    )
    if act:
        where = f"{act}_refusal" if act in FORMS else "refusal"
        context |= {f"{act}_form": form, where: refusal}
    return render(request, "room/secretary.html", context, status=409 if act else 200)


def _turn(request: HttpRequest, sitting: Sitting) -> dict[str, object]:
    """The turn written about; `pinned` when the secretary chose it."""
    pinned = request.GET.get("luot") or request.POST.get("pinned") or ""
    if pinned == "chung":
        return {"pinned": pinned, "turn": None} | _marks(sitting, None)
    if number_of(pinned):
        turn = get_object_or_404(queries.visits(sitting), number=number_of(pinned))
        return {"pinned": pinned, "turn": turn} | _marks(sitting, turn)
    running = queries.running_visit(sitting)
    return {"pinned": "", "turn": running} | _marks(sitting, running)


def _marks(sitting: Sitting, turn: Visit | None) -> dict[str, object]:
    return {"marks": queries.unwritten(sitting, turn)}


def _address(sitting: Sitting, pinned: str) -> str:
    address = reverse("room:secretary", args=[sitting.pk])
    return f"{address}?luot={pinned}" if pinned else address


def _visit(request: HttpRequest, sitting: Sitting) -> Visit:
    key = request.POST.get("visit")
    if not key:
        raise RuleRefusedError("no_turn", "Không có lượt nào để ghi kết luận.")
    return row_or_404(queries.visits(sitting), key)


def _entry(request: OfficialRequest, sitting: Sitting, told: dict[str, object]) -> None:
    key = request.POST.get("visit")
    visit = row_or_404(sitting.visits.all(), key) if key else None
    marked = [one.at for one in queries.marks(sitting, visit) if one.key == told["mark"]]
    actions.write_entry(
        sitting=sitting,
        visit=visit,
        kind=str(told["kind"]),
        speaker=str(told["speaker"]),
        text=str(told["text"]),
        by=request.user,
        moment=marked[0] if marked else None,
    )


def _mark(request: OfficialRequest, sitting: Sitting, told: dict[str, object]) -> None:
    actions.mark_moment(sitting=sitting, words=str(told["words"]), by=request.user)


def _point(request: OfficialRequest, sitting: Sitting, told: dict[str, object]) -> None:
    item = actions.ItemDraft(told["text"], told["agency"], told["deadline"])  # type: ignore[arg-type]
    actions.draft_point(visit=_visit(request, sitting), item=item, by=request.user)


def _drop(request: OfficialRequest, sitting: Sitting, _told: dict[str, object]) -> None:
    index = request.POST.get("index", "")
    if index.isdecimal():
        visit, text = _visit(request, sitting), request.POST.get("text")
        actions.drop_point(visit=visit, index=int(index), text=text, by=request.user)


def _conclude(request: OfficialRequest, sitting: Sitting, _told: dict[str, object]) -> None:
    visit = _visit(request, sitting)
    shown = request.POST.get("shown")
    actions.record_conclusion(visit=visit, items=points_of(visit), shown=shown, by=request.user)


FORMS: dict[str, type[Form]] = {
    "entry": EntryForm,
    "mark": MarkForm,
    "point": PointForm,
}
ACTS: dict[str, Callable[[OfficialRequest, Sitting, dict[str, object]], None]] = {
    "entry": _entry,
    "mark": _mark,
    "point": _point,
    "drop": _drop,
    "conclude": _conclude,
}
"""What the secretary's forms may ask for; the last part of their address."""

NEEDS = dict.fromkeys(ACTS, Act.WRITE_MINUTES) | {"conclude": Act.CONCLUDE}
