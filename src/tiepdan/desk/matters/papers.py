"""Papers a citizen brings later (bổ sung tài liệu)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tiepdan.accounts.permissions import Ability
from tiepdan.desk.conduct import finish, typed
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.desk.matters.forms.papers import PapersForm
from tiepdan.matters import queries
from tiepdan.matters.attachments import attach
from tiepdan.matters.models import Attachment, Filing


@official(Ability.REGISTER)
def papers_add(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Add photographs and papers to a filing; each that was taken in stays so."""
    found = get_object_or_404(queries.filings_for(request.user), pk=pk)
    form = PapersForm(typed(request), request.FILES or None, user=request.user)
    where = reverse("desk:filing", args=[pk])
    if request.method == "POST" and form.is_valid():
        added = form.attempt(lambda: _add(form, found))
        if added:
            return finish(request, form.key, where, _("Đã nhận thêm giấy tờ."))
    return render(
        request,
        "desk/form_page.html",
        {
            "form": form,
            "where": _("Đơn %(code)s") % {"code": found.tracking_code},
            "title": _("Nhận thêm giấy tờ"),
            "press": _("Nhận giấy tờ"),
            "back": where,
        },
    )


def _add(form: PapersForm, filing: Filing) -> list[Attachment]:
    uploads = form.cleaned_data["attachments"]
    return [attach(filing=filing, upload=upload, by=form.user) for upload in uploads]
