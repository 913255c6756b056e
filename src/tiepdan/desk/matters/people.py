"""The register of citizens, and who comes with whom: pages."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.permissions import Ability
from tiepdan.common import clock
from tiepdan.common.templatetags.vietnamese import masked
from tiepdan.desk.conduct import DeskForm, done_before, finish, press, typed
from tiepdan.desk.guards import OfficialRequest, may, official
from tiepdan.desk.matters.forms.board import ReasonForm
from tiepdan.matters import queries
from tiepdan.matters.actions import (
    Companion,
    Member,
    add_representation,
    end_representation,
    list_members,
    merge_persons,
    note_needs,
    part_persons,
)
from tiepdan.matters.models import Filing, Person, PersonMerge, Representation
from tiepdan.matters.rules import compare_people
from tiepdan.matters.states import Capacity, Need, ProofPaper

PAGE = 50
LAST_FILINGS = 3
DAY = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}


class CompanionForm(DeskForm):
    """Who comes for the citizen, and what they show."""

    capacity = forms.ChoiceField(
        label=gettext_lazy("Tư cách"), choices=Capacity.choices, widget=forms.RadioSelect
    )
    full_name = forms.CharField(label=gettext_lazy("Họ và tên người đại diện"), max_length=120)
    id_number = forms.CharField(
        label=gettext_lazy("Số căn cước (CCCD)"), max_length=20, required=False
    )
    phone = forms.CharField(label=gettext_lazy("Điện thoại"), max_length=24, required=False)
    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Giấy tờ đã xuất trình"),
        choices=ProofPaper.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    certified = forms.BooleanField(
        label=gettext_lazy("Giấy ủy quyền đã công chứng hoặc chứng thực"), required=False
    )
    paper_number = forms.CharField(label=gettext_lazy("Số giấy tờ"), max_length=80, required=False)
    paper_date = forms.DateField(
        label=gettext_lazy("Ngày giấy tờ"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    valid_until = forms.DateField(
        label=gettext_lazy("Có hiệu lực đến"), required=False, widget=forms.DateInput(attrs=DAY)
    )
    scope = forms.CharField(
        label=gettext_lazy("Nội dung, phạm vi ủy quyền"),
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def companion(self) -> Companion:
        """What was typed."""
        names = Companion.__dataclass_fields__.keys() & self.cleaned_data.keys()
        return Companion(**{name: self.cleaned_data[name] for name in names})


class MembersForm(DeskForm):
    """Who filed together, a line each; a star marks who speaks for them."""

    members = forms.CharField(
        label=gettext_lazy("Danh sách, mỗi dòng một người"),
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy("Họ tên; số căn cước; địa chỉ. Đặt dấu * trước tên người đại diện."),
    )
    elected_on = forms.DateField(
        label=gettext_lazy("Ngày cử người đại diện"),
        required=False,
        widget=forms.DateInput(attrs=DAY),
    )
    election_paper: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        label=gettext_lazy("Văn bản cử người đại diện"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("Chọn trong giấy tờ kèm theo"),
    )

    def __init__(self, *args: Any, filing: Filing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["election_paper"].queryset = filing.attachments.all()  # type: ignore[attr-defined]

    def listed(self) -> list[Member]:
        """The lines as members."""
        return [_member(line) for line in self.cleaned_data["members"].splitlines() if line.strip()]


class NeedsForm(DeskForm):
    """What the citizen needs at the site to be heard."""

    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Cần hỗ trợ gì tại điểm cầu"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.CharField(
        label=gettext_lazy("Tiếng cần phiên dịch"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Ví dụ: Tày, Nùng, Dao."),
    )


@official(Ability.SEE_FILINGS)
@require_GET
def people(request: OfficialRequest) -> HttpResponse:
    """The register: citizens with filings in this official's sight, searched without marks."""
    text = request.GET.get("q", "").strip()
    found = queries.search_people(text, request.user)
    page = Paginator(found.people, PAGE).get_page(request.GET.get("page"))
    told = {"partial": found.partial, "overflows": found.overflows, "most": queries.MOST_HITS}
    return render(request, "desk/people.html", {"page": page, "text": text, **told})


@official(Ability.SEE_FILINGS)
@require_GET
def person(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """One citizen: their filings in sight, who may be the same, what was merged."""
    found = get_object_or_404(queries.people_for(request.user), pk=pk)
    return render(
        request,
        "desk/person.html",
        {
            "citizen": found,
            "filings": queries.filings_for(request.user)
            .filter(petitioner__person=found)
            .order_by("-received_at"),
            "acts_for": queries.acts_for(found, request.user),
            "alike": queries.alike(queries.describe(found), request.user, besides=found),
            "merges": PersonMerge.objects.filter(kept=found).select_related("merged", "by"),
            "may_merge": may(request.user, Ability.CLASSIFY),
        },
    )


@official(Ability.CLASSIFY)
def person_merge(request: OfficialRequest, pk: UUID, other: UUID) -> HttpResponse:
    """Both side by side; the first is kept, with a reason."""
    seen = queries.people_for(request.user)
    kept, gone = get_object_or_404(seen, pk=pk), get_object_or_404(seen, pk=other)
    form = ReasonForm(typed(request))
    where = reverse("desk:person", args=[pk])
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        reason = form.cleaned_data["reason"]
        if form.attempt(
            lambda: merge_persons(kept=kept, merged=gone, reason=reason, by=request.user)
        ):
            return finish(request, form.key, where, _("Đã gộp hai hồ sơ."))
    filed = queries.filings_of([kept, gone], request.user, LAST_FILINGS)
    context = {
        "form": form, "kept": kept, "gone": gone, "back": where,
        "rows": _compared(kept, gone), "last": [filed[kept], filed[gone]],
        "likeness": compare_people(queries.describe(kept), queries.describe(gone)),
    }  # fmt: skip
    return render(request, "desk/person_merge.html", context)


def _compared(kept: Person, gone: Person) -> list[tuple[str, str, str, bool]]:
    """What is known of both, line by line, and whether it is the same; numbers masked."""
    lines = [
        (_("Họ tên"), kept.full_name, gone.full_name),
        (_("Năm sinh"), str(kept.birth_year or ""), str(gone.birth_year or "")),
        (_("CCCD"), masked(kept.id_number), masked(gone.id_number)),
        (_("Điện thoại"), kept.phone, gone.phone),
        (_("Nơi ở"), str(kept.commune or ""), str(gone.commune or "")),
    ]
    same = [one == other for _name, one, other in lines]
    same[2] = kept.id_number == gone.id_number
    return [(*line, is_same) for line, is_same in zip(lines, same, strict=True)]


@official(Ability.CLASSIFY)
@require_POST
def person_part(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Undo a merge."""
    seen = queries.people_for(request.user)
    found = get_object_or_404(PersonMerge.objects.filter(kept__in=seen), pk=pk)
    return press(
        request,
        lambda: part_persons(merge=found, by=request.user),
        where=reverse("desk:person", args=[found.kept_id]),
        said=_("Đã tách lại hai hồ sơ."),
    )


@official(Ability.REGISTER)
def companion_add(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Who acts for the citizen; the page says at once whether the capacity is lawful."""
    found = _filing(request, pk)
    form = CompanionForm(typed(request))
    where = reverse("desk:filing", args=[pk])
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        row = form.attempt(
            lambda: add_representation(filing=found, companion=form.companion(), by=request.user)
        )
        if row:
            said = (
                _("Tư cách đại diện chưa hợp lệ: {why}").format(
                    why=" ".join(_(one) for one in row.objections)
                )
                if row.objections
                else _("Tư cách đại diện hợp lệ.")
            )
            return finish(request, form.key, where, said)
    return _page(request, found, form, _("Người đại diện, được ủy quyền"), _("Kiểm tra và lưu"))


@official(Ability.REGISTER)
@require_POST
def companion_end(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Somebody acts for the citizen no more."""
    rows = Representation.objects.filter(filing__in=queries.filings_for(request.user))
    found = get_object_or_404(rows, pk=pk)
    return press(
        request,
        lambda: end_representation(representation=found, by=request.user),
        where=reverse("desk:filing", args=[found.filing_id]),
        said=_("Đã ghi chấm dứt đại diện."),
    )


@official(Ability.REGISTER)
def members_edit(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The list of a group, and who speaks for it."""
    found = _filing(request, pk)
    known = "\n".join(_line(row) for row in found.members.all())
    form = MembersForm(
        typed(request),
        filing=found,
        initial={"members": known, "elected_on": clock.today() if not known else None},
    )
    where = reverse("desk:filing", args=[pk])
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        data = form.cleaned_data
        done = form.attempt(
            lambda: list_members(
                filing=found,
                members=form.listed(),
                elected_on=data["elected_on"],
                election_paper=data["election_paper"],
                by=request.user,
            )
        )
        if done is not None:
            return finish(request, form.key, where, _("Đã ghi danh sách đoàn."))
    return _page(request, found, form, _("Danh sách đoàn, người đại diện"), _("Lưu danh sách"))


@official(Ability.REGISTER)
def needs_edit(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """What the citizen needs; it goes to the site's checklist."""
    found = _filing(request, pk)
    form = NeedsForm(typed(request), initial={"needs": found.needs, "language": found.language})
    where = reverse("desk:filing", args=[pk])
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        data = form.cleaned_data
        if form.attempt(
            lambda: note_needs(
                filing=found, needs=data["needs"], language=data["language"], by=request.user
            )
        ):
            return finish(request, form.key, where, _("Đã ghi nhu cầu hỗ trợ."))
    return _page(request, found, form, _("Hỗ trợ tại điểm cầu"), _("Lưu"))


def _page(
    request: OfficialRequest, found: Filing, form: DeskForm, title: str, press_words: str
) -> HttpResponse:
    context = {
        "form": form, "filing": found, "consent": queries.latest_consent(found),
        "classification": found.classifications.last(), "title": title, "press": press_words,
    }  # fmt: skip
    return render(request, "desk/filing_form.html", context)


def _filing(request: OfficialRequest, pk: UUID) -> Filing:
    return get_object_or_404(queries.filings_for(request.user), pk=pk)


def _member(line: str) -> Member:
    name, number, address, *_rest = [*(part.strip() for part in line.split(";")), "", ""]
    return Member(name.lstrip("*").strip(), number, address, represents=name.startswith("*"))


def _line(row: Any) -> str:
    star = "*" if row.represents else ""
    return "; ".join([star + row.full_name, row.id_number, row.address]).rstrip("; ")
