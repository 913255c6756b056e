"""Recordings: the list, asking to see one, seeing it, its evidence in words."""

import json
import re
from pathlib import Path
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from tiepdan.accounts.permissions import Ability
from tiepdan.audit.actions import record
from tiepdan.desk.conduct import DeskForm, typed
from tiepdan.desk.documents.views import send
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.desk.recordings.chapters import chapters_of, gaps_of, minutes_of
from tiepdan.recordings import folders, vault
from tiepdan.recordings.actions import ask_to_watch
from tiepdan.recordings.models import Recording, Viewing
from tiepdan.recordings.queries import recordings_for

MOST_ROWS = 200
NO_KEY = _(
    "Máy chủ không có khóa của bản ghi được bảo vệ nên chưa phát được. Hãy báo người quản trị chép "
    "lại tệp secrets/protected_recordings.key đã cất riêng."
)


class PurposeForm(DeskForm):
    """Why somebody wants to see a recording."""

    FIELD_OF_RULE = {"no_purpose": "purpose"}

    purpose = forms.CharField(
        label=_("Xem để làm gì"),
        max_length=250,
        help_text=_("Mục đích và tên của bạn được ghi vào nhật ký, không xóa được."),
    )


@official(Ability.WATCH_RECORDING)
@require_GET
def recordings(request: OfficialRequest) -> HttpResponse:
    """Every recording, newest first."""
    return render(
        request,
        "desk/recordings.html",
        {"recordings": recordings_for(request.user)[:MOST_ROWS]},
    )


@official(Ability.WATCH_RECORDING)
def recording(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """What is known of one recording; seeing it asks for the purpose first."""
    found = get_object_or_404(recordings_for(request.user), pk=pk)
    form = PurposeForm(typed(request))
    if request.method == "POST" and form.is_valid():
        viewing = form.attempt(
            lambda: ask_to_watch(
                recording=found, purpose=form.cleaned_data["purpose"], by=request.user
            )
        )
        if viewing:
            return redirect("desk:viewing", viewing.pk)
    return render(
        request,
        "desk/recording.html",
        {
            "recording": found,
            "form": form,
            "viewings": found.viewings.select_related("by")[:20],
            "gaps": gaps_of(found),
        },
    )


@official(Ability.WATCH_RECORDING)
@require_GET
def viewing(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The player, for the one who asked."""
    asked = _viewing(request, pk)
    shown = asked.recording
    story = {
        "duration": shown.duration_ms / 1000,
        "chapters": chapters_of(shown),
        "gaps": gaps_of(shown),
        "minutes": minutes_of(shown),
    }
    # A closing tag inside a citizen's words must not end the data block.
    text = json.dumps(story, ensure_ascii=False).replace("<", "\\u003c")
    return render(
        request,
        "desk/viewing.html",
        {"viewing": asked, "recording": shown, "story": text, "problem": _problem(shown)},
    )


@official(Ability.WATCH_RECORDING)
@require_GET
def viewing_file(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The playable file, in pieces as the player asks (nginx answers ranges)."""
    asked = _viewing(request, pk)
    if not asked.recording.playable:
        raise Http404
    if not request.headers.get("Range") or request.headers["Range"].startswith("bytes=0-"):
        record(verb="play_recording", on=asked.recording, by=request.user)
    hidden = vault.locked(folders.path_of(asked.recording.playable))
    if hidden.exists():
        try:
            return _piece(hidden, request.headers.get("Range", ""))
        except vault.KeyMissingError:
            return HttpResponse(NO_KEY, status=503, content_type="text/plain; charset=utf-8")
    return send(f"recordings/{asked.recording.playable}", "video/mp4")


def _problem(shown: Recording) -> str:
    """Why an encrypted film cannot be played here; empty when it can."""
    hidden = vault.locked(folders.path_of(shown.playable)) if shown.playable else None
    return str(NO_KEY) if hidden and hidden.exists() and not vault.has_key() else ""


def _piece(path: Path, asked: str) -> HttpResponse:
    """Of an encrypted film the next piece from where the player asks (RFC 9110, 14.2)."""
    wanted = re.fullmatch(r"bytes=(\d{1,15})-(\d{0,15})", asked or "bytes=0-")
    whole = vault.size(path)
    first = int(wanted[1]) if wanted else whole
    most = int(wanted[2]) - first + 1 if wanted and wanted[2] else vault.PIECE
    if first >= whole or most < 1:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{whole}"})
    content = vault.read(path, first, min(most, vault.PIECE))
    told = f"bytes {first}-{first + len(content) - 1}/{whole}"
    headers = {"Content-Range": told, "Accept-Ranges": "bytes"}
    return HttpResponse(content, status=206, content_type="video/mp4", headers=headers)


def _viewing(request: OfficialRequest, pk: UUID) -> Viewing:
    """A viewing of this official; another's is not found."""
    return get_object_or_404(
        Viewing.objects.filter(
            recording__in=recordings_for(request.user).values("pk")
        ).select_related(
            "recording__room__sitting__reception",
            "recording__room__visit__appointment__filing__petitioner",
        ),
        pk=pk,
        by=request.user,
    )
