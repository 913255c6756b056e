"""The affair behind filings: what looks alike, what was split, one page for all of it."""

from collections.abc import Iterator
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.permissions import Ability
from tiepdan.desk.conduct import DeskForm, done_before, finish, press, typed
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.desk.matters.timeline import timeline_of
from tiepdan.matters import queries
from tiepdan.matters.actions import Part, compare_filings, split_filing
from tiepdan.matters.models import Filing, Matter
from tiepdan.matters.states import FilingKind, Sameness
from tiepdan.scheduling.models import Appointment

MOST_PARTS = 4
NO_PART = {FilingKind.MIXED, FilingKind.DENUNCIATION}
KINDS = [
    ("", gettext_lazy("Chọn")),
    *((kind.value, kind.label) for kind in FilingKind if kind not in NO_PART),
]


class SplitForm(DeskForm):
    """The contents of a mixed filing, each with its kind; the first two are needed."""

    FIELD_OF_RULE = {"parts": "subject_1", "outcome": "subject_1"}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_PARTS + 1):
            needed = number <= 2  # noqa: PLR2004 - a split makes two at least
            names = {"n": number}
            self.fields[f"kind_{number}"] = forms.ChoiceField(
                label=_("Đơn {n}: loại").format(**names), choices=KINDS, required=needed
            )
            self.fields[f"subject_{number}"] = forms.CharField(
                label=_("Đơn {n}: việc gì, trong một câu").format(**names),
                max_length=250,
                required=needed,
            )
            self.fields[f"content_{number}"] = forms.CharField(
                label=_("Đơn {n}: nội dung").format(**names),
                required=needed,
                widget=forms.Textarea({"rows": 4}),
            )

    def parts(self) -> Iterator[Part]:
        """What was typed, without the empty ones."""
        for number in range(1, MOST_PARTS + 1):
            kind, subject, content = (
                self.cleaned_data[f"{name}_{number}"] for name in ("kind", "subject", "content")
            )
            if kind and subject:
                yield Part(FilingKind(kind), subject, content)


@official(Ability.CLASSIFY)
@require_GET
def similar(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Filings that may be the same affair: a part of the filing's page, loaded after it."""
    found = _filing(request, pk)
    return render(
        request,
        "desk/includes/similar.html",
        {"filing": found, "candidates": queries.candidates(found, request.user)},
    )


@official(Ability.CLASSIFY)
@require_POST
def compare(request: OfficialRequest, pk: UUID, other: UUID) -> HttpResponse:
    """The official's word on two filings."""
    found, against = _filing(request, pk), _filing(request, other)
    same = request.POST.get("verdict") == Sameness.SAME
    score = request.POST.get("score", "")[:3]
    return press(
        request,
        lambda: compare_filings(
            filing=found,
            other=against,
            verdict=Sameness.SAME if same else Sameness.DIFFERENT,
            score=min(int(score), 100) / 100 if score.isdecimal() else 0,
            by=request.user,
        ),
        where=reverse("desk:filing", args=[pk]),
        said=_("Đã nhập vào cùng vụ việc.") if same else _("Đã ghi: hai vụ việc khác nhau."),
    )


@official(Ability.PROPOSE)
def filing_split(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """A mixed filing becomes several, each with one content."""
    found = _filing(request, pk)
    form = SplitForm(typed(request))
    where = reverse("desk:filing", args=[pk])
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        parts = list(form.parts())
        if form.attempt(lambda: split_filing(filing=found, parts=parts, by=request.user)):
            said = _("Đã tách thành {count} đơn.").format(count=len(parts))
            return finish(request, form.key, where, said)
    return render(
        request,
        "desk/filing_form.html",
        {
            "form": form,
            "filing": found,
            "consent": queries.latest_consent(found),
            "classification": found.classifications.last(),
            "title": _("Tách đơn có nhiều nội dung"),
            "press": _("Tách đơn"),
        },
    )


@official(Ability.SEE_FILINGS)
@require_GET
def matter(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """One affair: its filings, its receptions, and everything that happened."""
    found = get_object_or_404(Matter, pk=pk)
    filings = list(queries.filings_for(request.user).filter(matter=found).order_by("received_at"))
    if not filings:
        return HttpResponse(status=404)
    acts = [(act, one) for one in filings for act in timeline_of(one, [])]
    turns = Appointment.objects.filter(filing__in=filings).select_related(
        "reception", "booking__site", "filing"
    )
    return render(
        request,
        "desk/matter.html",
        {
            "matter": found,
            "filings": filings,
            "turns": turns.order_by("reception__starts_at"),
            "acts": sorted(acts, key=lambda row: row[0].at, reverse=True),
        },
    )


def _filing(request: OfficialRequest, pk: UUID) -> Filing:
    return get_object_or_404(queries.filings_for(request.user), pk=pk)
