"""Denunciations at the counter, and the page on which identity leaves the system."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tiepdan.accounts.permissions import Ability
from tiepdan.common import clock
from tiepdan.desk.conduct import DeskForm, done_before, finish, typed
from tiepdan.desk.guards import OfficialRequest, agencies_of, official
from tiepdan.desk.matters.receipts import show_digits_once
from tiepdan.matters import queries
from tiepdan.matters.actions import register_denunciation, seal_identity
from tiepdan.matters.actions.denouncing import secrets_of
from tiepdan.matters.fields import CommuneField
from tiepdan.matters.rules import blackened
from tiepdan.matters.states import Channel
from tiepdan.org import rulebook

WORDS = forms.Textarea({"rows": 8})


class DenunciationForm(DeskForm):
    """What is denounced; there is no field for who denounces."""

    place = CommuneField(
        elsewhere=False,
        label=gettext_lazy("Nơi xảy ra việc bị tố cáo"),
        help_text=gettext_lazy("Không phải nơi ở của người tố cáo."),
    )
    channel = forms.ChoiceField(label=gettext_lazy("Nhận bằng cách nào"), widget=forms.RadioSelect)
    subject = forms.CharField(
        label=gettext_lazy("Việc gì, trong một câu"),
        max_length=250,
        help_text=gettext_lazy("Ai bị tố cáo, hành vi gì. Không ghi người tố cáo."),
    )
    content = forms.CharField(label=gettext_lazy("Nội dung tố cáo"), widget=WORDS)
    headcount = forms.IntegerField(
        label=gettext_lazy("Số người cùng tố cáo"),
        min_value=1,
        max_value=999,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        channel = self.fields["channel"]
        admitted = rulebook.texts("registration_channels", clock.today())
        channel.choices = [one for one in Channel.choices if one[0] in admitted]  # type: ignore[attr-defined]
        channel.initial = Channel.IN_PERSON


class SealForm(DeskForm):
    """The words of the denunciation without its author, and that the paper register has them."""

    subject = forms.CharField(label=gettext_lazy("Việc gì, trong một câu"), max_length=250)
    content = forms.CharField(label=gettext_lazy("Nội dung"), widget=WORDS)
    request = forms.CharField(
        label=gettext_lazy("Yêu cầu"), required=False, widget=forms.Textarea({"rows": 3})
    )
    copied = forms.BooleanField(
        label=gettext_lazy(
            "Tôi đã ghi họ tên, địa chỉ, cách liên hệ và cất giấy tờ của người tố cáo vào sổ "
            "niêm phong trên giấy"
        ),
        required=False,
    )


@official(Ability.REGISTER)
def denunciation_new(request: OfficialRequest) -> HttpResponse:
    """Take in a denunciation: no name, no number, no address, no scan."""
    form = DenunciationForm(typed(request))
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        data = form.cleaned_data
        registered = form.attempt(
            lambda: register_denunciation(
                place=data["place"],
                channel=data["channel"],
                subject=data["subject"],
                content=data["content"],
                headcount=data["headcount"],
                agency=agencies_of(request.user, Ability.REGISTER)[0],
                submission_key=form.key,
                by=request.user,
            )
        )
        if registered:
            show_digits_once(request, registered)
            where = reverse("desk:sealed_sheet", args=[registered.filing.pk])
            return finish(request, form.key, where)
    return render(request, "desk/denunciation_new.html", {"form": form})


@official(Ability.REGISTER)
@require_GET
def protection_request(request: OfficialRequest) -> HttpResponse:
    """Mẫu 07 of TT 04/2021/TT-TTCP, blank, to be printed: nothing of it is typed in or kept."""
    return render(request, "desk/protection_request.html")


@official(Ability.REGISTER)
def sealed_sheet(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The sheet for the sealed paper register: the number and blank lines, to be printed."""
    rows = queries.filings().filter(pseudonym__isnull=False, received_by=request.user)
    found = get_object_or_404(rows, pk=pk)
    return render(
        request,
        "desk/sealed_sheet.html",
        {"filing": found, "digits": show_digits_once(request, filing=found)},
    )


@official(Ability.CLASSIFY)
def filing_seal(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Identity goes to the paper register and leaves the system."""
    found = get_object_or_404(queries.filings_for(request.user), pk=pk)
    secrets = secrets_of(found)
    known = {
        name: blackened(getattr(found, name), secrets) for name in ("subject", "content", "request")
    }
    form = SealForm(typed(request), initial=known)
    where = reverse("desk:filing", args=[pk])
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        data = form.cleaned_data
        sealed = form.attempt(
            lambda: seal_identity(
                filing=found,
                subject=data["subject"],
                content=data["content"],
                request=data["request"],
                copied=data["copied"],
                by=request.user,
            )
        )
        if sealed:
            said = _("Đã niêm phong danh tính; ghi số {number} vào sổ.").format(
                number=sealed.pseudonym
            )
            return finish(request, form.key, where, said)
    return render(request, "desk/filing_seal.html", {"form": form, "filing": found})
