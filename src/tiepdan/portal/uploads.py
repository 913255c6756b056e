"""Files in pieces over HTTP: announce (POST), send a piece (PATCH), ask (HEAD), drop (DELETE).

Officials and, where online registration is open, citizens without an account use the same
addresses; each sees their own files only. Pages work without: the form then carries the files.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tiepdan.accounts.models import User
from tiepdan.matters import resumable
from tiepdan.matters.models import PartialUpload
from tiepdan.matters.rules import NotValidError
from tiepdan.portal.channels import online_is_open
from tiepdan.portal.limits import may_begin_upload

OFFSET, LENGTH = "Upload-Offset", "Upload-Length"
_LONGEST_OFFSET = 12
_ALLOWED = ["HEAD", "PATCH", "DELETE"]


def owner_of(request: HttpRequest) -> str:
    """Whose files the request may touch; somebody new gets a session."""
    if isinstance(request.user, User):
        return resumable.owner_of(request.user, None)
    if not request.session.session_key:
        request.session.create()
    return resumable.owner_of(None, request.session.session_key)


def _may_send(request: HttpRequest) -> bool:
    """Officials, and citizens where they may register online."""
    return isinstance(request.user, User) or online_is_open()


@never_cache
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Announce `name` and `size`; the answer says where the pieces go."""
    if not _may_send(request):
        return _said(_("Nơi này không nhận tệp trực tuyến."), 404)
    size = request.POST.get("size", "")
    if not size.isdecimal() or len(size) > _LONGEST_OFFSET:
        return _said(_("Thiếu cỡ tệp."), 400)
    if not request.user.is_authenticated and not may_begin_upload(request):
        return _said(_("Ông/bà gửi quá nhiều tệp trong ít phút. Xin đợi 10 phút."), 429)
    name = request.POST.get("name", "")[:255]
    try:
        upload = resumable.begin(owner=owner_of(request), name=name, size=int(size))
    except NotValidError as fault:
        return _said(fault.message, 422)
    where = reverse("portal:upload", args=[upload.pk])
    return JsonResponse({"id": str(upload.pk), "url": where}, status=201)


@never_cache
@require_http_methods(_ALLOWED)
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One file on its way: go on with it, ask how far it is, or drop it."""
    upload = resumable.find(str(pk), owner_of(request)) if _may_send(request) else None
    if upload is None:
        return _said(_("Không có tệp này, hoặc tệp đã hết hạn."), 404)
    if request.method == "DELETE":
        resumable.forget(upload)
        return HttpResponse(status=204)
    if request.method == "HEAD":
        return _where(upload, resumable.offset(upload), 200)
    return _append(request, upload)


def _append(request: HttpRequest, upload: PartialUpload) -> HttpResponse:
    """409 with the true offset when the piece does not follow what is stored."""
    at = request.headers.get(OFFSET, "")
    if not at.isdecimal() or len(at) > _LONGEST_OFFSET:
        return _said(_("Thiếu vị trí của phần gửi."), 400)
    try:
        offset = resumable.append(upload=upload, at_offset=int(at), piece=request)
    except resumable.WrongOffsetError as fault:
        return _where(upload, fault.offset, 409)
    except NotValidError as fault:
        return _said(fault.message, 413)
    return _where(upload, offset, 204)


def _where(upload: PartialUpload, offset: int, status: int) -> HttpResponse:
    return HttpResponse(status=status, headers={OFFSET: str(offset), LENGTH: str(upload.size)})


def _said(words: str, status: int) -> HttpResponse:
    return JsonResponse({"said": words}, status=status)
