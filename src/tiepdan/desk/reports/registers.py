"""Registers on screen, as XLSX, and in print: per agency and period."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tiepdan.accounts.permissions import Ability
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.desk.documents.views import CONTENT_TYPES
from tiepdan.desk.guards import OfficialRequest, agencies_of, official, works_for_the_province
from tiepdan.org.models import Agency
from tiepdan.org.queries import reception_board
from tiepdan.reports.register_book import register_book
from tiepdan.reports.registers import REGISTERS, Register, register_of

PAGE = 50
LONGEST = timedelta(days=366)


class RegisterForm(forms.Form):
    """Which agency, from which day to which."""

    agency = forms.ModelChoiceField(
        label=gettext_lazy("Cơ quan"),
        queryset=Agency.objects.none(),
        empty_label=None,
        to_field_name="code",
    )
    starts_on = forms.DateField(
        label=gettext_lazy("Từ ngày"), widget=forms.DateInput(format="%d/%m/%Y")
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Đến hết ngày"), widget=forms.DateInput(format="%d/%m/%Y")
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The period lies in order and is at most a year."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and not timedelta(0) <= last - first <= LONGEST:
            self.add_error("ends_on", _("Khoảng thời gian phải xuôi và không quá một năm."))
        return data


@official(Ability.SEE_FILINGS, Ability.SEE_REPORT)
@require_GET
def register(request: OfficialRequest, which: str) -> HttpResponse:
    """One register, a page at a time; with `?in=1` all of it for printing, `?xlsx=1` as a file."""
    if which not in REGISTERS:
        raise Http404
    agencies = _agencies(request)
    title, source = REGISTERS[which]
    form = RegisterForm(request.GET if "agency" in request.GET else None, agencies=agencies,
                        initial=_initial(agencies))  # fmt: skip
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else None
    if not form.is_bound:
        chosen = _usual(agencies)
    found = Register([], [])
    if chosen and chosen["agency"]:
        found = register_of(which, chosen["agency"], chosen["starts_on"], chosen["ends_on"])
        if "xlsx" in request.GET:
            return _workbook(request, which, found, chosen)
    everything = "in" in request.GET
    page = Paginator(found.rows, max(len(found.rows), 1) if everything else PAGE)
    return render(
        request,
        "desk/register.html",
        {
            "form": form, "which": which, "title": _(title), "source": source,
            "heads": [_(head) for head in found.heads], "chosen": chosen,
            "page": page.get_page(request.GET.get("page")), "everything": everything,
            "books": [(name, _(words[0])) for name, words in REGISTERS.items()],
            "asked": _asked(request),
        },
    )  # fmt: skip


def _workbook(
    request: OfficialRequest, which: str, found: Register, chosen: dict[str, Any]
) -> HttpResponse:
    title, source = REGISTERS[which]
    first, last, agency = chosen["starts_on"], chosen["ends_on"], chosen["agency"]
    lines = [f"{agency.name}, từ {first:%d/%m/%Y} đến hết {last:%d/%m/%Y}", source]
    record(
        verb="export_register", on=agency, by=request.user,
        detail={"register": which, "from": first.isoformat(), "to": last.isoformat(),
                "rows": len(found.rows)},
    )  # fmt: skip
    response = HttpResponse(
        register_book(found, title.upper(), lines), content_type=CONTENT_TYPES["xlsx"]
    )
    name = f"so-{which}-{agency.code}-{first:%Y%m%d}-{last:%Y%m%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _agencies(request: OfficialRequest) -> QuerySet[Agency]:
    """Province-wide officials choose among all, others have their own."""
    if works_for_the_province(request.user):
        return Agency.objects.order_by("-kind", "name")
    own = [agency.pk for agency in agencies_of(request.user)]
    return Agency.objects.filter(pk__in=own)


def _usual(agencies: QuerySet[Agency]) -> dict[str, Any]:
    """The present month, of the board or of the official's own body."""
    today = clock.today()
    board = reception_board()
    usual = board if agencies.filter(pk=board.pk).exists() else agencies.first()
    return {"agency": usual, "starts_on": today.replace(day=1), "ends_on": today}


def _initial(agencies: QuerySet[Agency]) -> dict[str, Any]:
    usual = _usual(agencies)
    return usual | {"agency": usual["agency"].code if usual["agency"] else ""}


def _asked(request: OfficialRequest) -> str:
    """The question again, for the links to pages, print and file."""
    asked = request.GET.copy()
    for name in ("page", "in", "xlsx"):
        asked.pop(name, None)
    return asked.urlencode()
