"""Templates of official papers, edited in Word by who is charged with it (mẫu văn bản)."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.permissions import Ability
from tiepdan.common import clock
from tiepdan.desk.conduct import done_before, finish, press, typed
from tiepdan.desk.documents.forms import TemplateForm
from tiepdan.desk.documents.views import CONTENT_TYPES, send
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.documents import fields, templates
from tiepdan.documents.kinds import KINDS, DocumentKind, KindOfDocument
from tiepdan.documents.models import TemplateChoice, TemplateVersion
from tiepdan.matters.attachments import unpacking


@dataclass(frozen=True)
class Line:
    """One kind as the list shows it."""

    kind: KindOfDocument
    choice: TemplateChoice | None


@official(Ability.EDIT_TEMPLATE)
@require_GET
def template_list(request: OfficialRequest) -> HttpResponse:
    """Every kind of paper, and whose template it is made from."""
    newest: dict[str, TemplateChoice] = {}
    for choice in TemplateChoice.objects.select_related("version", "by"):
        newest.setdefault(choice.kind, choice)
    lines = [Line(kind, newest.get(kind.code)) for kind in KINDS.values()]
    return render(request, "desk/templates.html", {"lines": lines})


@official(Ability.EDIT_TEMPLATE)
def template(request: OfficialRequest, kind: str) -> HttpResponse:
    """One kind: its template in force, its versions, its fields; an edited one is handed in."""
    found = _kind(kind)
    form = TemplateForm(typed(request), request.FILES or None)
    where = reverse("desk:template", args=[kind])
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        added = form.attempt(lambda: _take_in(request, found.code, form.cleaned_data["template"]))
        if added:
            said = _("Mẫu đạt yêu cầu, đã giữ thành bản {number}. Hãy xem trước rồi dùng.")
            return finish(request, form.key, where, said.format(number=added.number))
    return render(
        request,
        "desk/template.html",
        {
            "form": form,
            "kind": found,
            "chosen": templates.chosen_version(kind),
            "versions": TemplateVersion.objects.filter(kind=kind).select_related("by"),
            "choices": TemplateChoice.objects.filter(kind=kind).select_related("by", "version"),
            "fields": fields.fields_of(found),
            "filters": fields.FILTERS.items(),
        },
    )


@official(Ability.EDIT_TEMPLATE)
@require_POST
def template_use(request: OfficialRequest, kind: str, pk: UUID | None = None) -> HttpResponse:
    """Make documents of this kind from that version from now on; without one from ours."""
    found = _kind(kind)
    version = get_object_or_404(TemplateVersion, pk=pk, kind=kind) if pk else None
    return press(
        request,
        lambda: templates.choose_template(kind=found.code, version=version, by=request.user),
        where=reverse("desk:template", args=[kind]),
        said=_("Văn bản lập từ bây giờ dùng mẫu này.")
        if version
        else _("Đã quay về mẫu đi kèm phần mềm."),
    )


@official(Ability.EDIT_TEMPLATE)
@require_GET
def template_download(_request: OfficialRequest, kind: str) -> HttpResponse:
    """The template in force, to be edited in Word."""
    found = _kind(kind)
    response = HttpResponse(templates.in_force(kind), content_type=CONTENT_TYPES["docx"])
    response["Content-Disposition"] = str(
        content_disposition_header(as_attachment=True, filename=found.template)
    )
    return response


@official(Ability.EDIT_TEMPLATE)
@require_GET
def template_version(_request: OfficialRequest, pk: UUID, form: str) -> HttpResponse:
    """A kept version as DOCX, or the sample made from it as PDF."""
    if form not in {"docx", "pdf"}:
        raise Http404
    version = get_object_or_404(TemplateVersion, pk=pk)
    name = version.docx_name if form == "docx" else version.preview_name
    shown = f"{version.kind}-{version.number}.{form}"
    return send(f"documents/{name}", CONTENT_TYPES[form], shown)


def _take_in(request: OfficialRequest, kind: DocumentKind, content: bytes) -> TemplateVersion:
    sound = templates.examine(kind, content, unpacking(clock.today()))
    return templates.add_template(sound=sound, by=request.user)


def _kind(code: str) -> KindOfDocument:
    if code not in KINDS:
        raise Http404
    return KINDS[code]
