"""Trying a site's machine before the sitting: devices, line, and the real engine's way.

The room of a try is of that page alone: a random name, never recorded, ended by itself. Nobody is
kept out for not having tried: an emergency must not wait for a form.
"""

import json
import os
from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.room.views.access import OfficialRequest, allow, seat_or_404, signed_in
from tiepdan.sittings import actions, queries
from tiepdan.sittings.check_rules import BAD, Fault
from tiepdan.sittings.permissions import may
from tiepdan.sittings.roles import Act
from tiepdan.video.port import ProviderUnavailableError
from tiepdan.video.providers import provider

PROBE = os.urandom(512 * 1024)
"""Bytes sent each way to measure the line: a second at 4 Mbit/s; random, so nothing packs it."""

LARGEST_RESULT = 8192

LISTENER = "~nghe"
"""Added to the seat's code: the page's second connection, which gets its own media back."""

ADVICE = {
    Fault.NO_MICROPHONE: _("Không thấy micro. Cắm micro, bấm «Cho phép» khi trình duyệt hỏi."),
    Fault.SILENT_MICROPHONE: _("Micro không có tín hiệu. Bật công tắc trên micro, kiểm tra dây."),
    Fault.NO_CAMERA: _("Không thấy camera. Cắm camera, bấm «Cho phép» khi trình duyệt hỏi."),
    Fault.NO_SOUND: _("Không nghe thấy loa. Tăng âm lượng, chọn đúng loa trong máy."),
    Fault.SOUND_UNTRIED: _("Chưa thử loa. Bấm «Thử loa» và cho biết có nghe không."),
    Fault.NO_MEDIA: _("Hình và tiếng không qua được mạng này. Gọi kỹ thuật viên của tỉnh."),
    Fault.NARROW: _("Đường truyền hẹp: hình sẽ nhỏ hơn. Tắt các máy khác đang tải dữ liệu."),
    Fault.TOO_NARROW: _("Đường truyền quá hẹp. Dùng dây mạng, hoặc mạng di động dự phòng."),
    Fault.LOSS: _("Đường truyền mất gói ít. Dùng dây mạng thay cho Wi-Fi."),
    Fault.HEAVY_LOSS: _("Đường truyền mất gói nhiều. Dùng dây mạng, gọi nhà mạng."),
    Fault.DELAY: _("Đường truyền trễ. Nói từng câu, chờ bên kia nói hết."),
    Fault.HEAVY_DELAY: _("Đường truyền trễ quá nhiều. Đổi đường truyền, gọi nhà mạng."),
    Fault.NO_UDP: _("Mạng chặn UDP, hình và tiếng đi đường vòng: dùng được, trễ hơn một chút."),
    Fault.OLD_BROWSER: _("Trình duyệt cũ. Cập nhật trước buổi tiếp."),
}
"""What to do about each, for somebody who is no technician."""


@require_safe
@signed_in
@never_cache
def page(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """The try, and what the newest one found."""
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.OPEN_SEAT, found.sitting, found))
    check = queries.last_check(found)
    context = {
        "seat": found,
        "sitting": found.sitting,
        "check": check,
        "sign": queries.check_sign(check),
        "advice": advice(check.faults) if check else [],
        "room_class": "room--control",
    }
    return render(request, "room/device_check.html", context)


def advice(faults: list[str]) -> list[dict[str, object]]:
    """What to do, the worst first."""
    return [{"bad": Fault(one) in BAD, "words": ADVICE[Fault(one)]} for one in faults]


@require_POST
@signed_in
@never_cache
def enter(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """Two tokens for a private room: one sends, one gets the same media back. 503: no engine."""
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.OPEN_SEAT, found.sitting, found))
    key = request.session.session_key or ""
    try:
        check = actions.open_check(seat=found, session_key=key, by=request.user)
    except RuleRefusedError:
        return JsonResponse({"error": "over"}, status=409)
    engine = provider(found.sitting.provider)
    try:
        engine.provision(check.room_name)
    except ProviderUnavailableError:
        return JsonResponse({"error": "not ready"}, status=503)
    name, listener = check.room_name, found.code + LISTENER
    return JsonResponse(
        {
            "check": str(check.pk),
            "send": engine.seat_token(name, found.code, found.code),
            "listen": engine.seat_token(name, listener, listener, may_send=frozenset()),
        }
    )


@require_POST
@signed_in
def result(request: OfficialRequest, sitting: UUID, seat: str, check: UUID) -> HttpResponse:
    """Keep what the page found."""
    found = seat_or_404(sitting, seat)
    row = found.checks.filter(pk=check, session_key=request.session.session_key or "-").first()
    allow(may(request.user, Act.OPEN_SEAT, found.sitting, found) and row is not None)
    try:
        told = json.loads(request.body) if len(request.body) <= LARGEST_RESULT else None
    except ValueError:
        told = None
    if row is None or not isinstance(told, dict):
        return HttpResponseBadRequest()
    agent = request.headers.get("User-Agent", "")
    actions.finish_check(check=row, told=told, user_agent=agent, by=request.user)
    return HttpResponse(status=204)


@signed_in
@never_cache
def probe(request: OfficialRequest, sitting: UUID, seat: str) -> HttpResponse:
    """Bytes to measure the line with: GET gives them, POST takes as many."""
    found = seat_or_404(sitting, seat)
    allow(may(request.user, Act.OPEN_SEAT, found.sitting, found))
    if request.method == "POST":
        return JsonResponse({"bytes": len(request.body)})
    return HttpResponse(PROBE, content_type="application/octet-stream")


_BASE = "<uuid:sitting>/ghe/<slug:seat>/kiem-tra/"
urls = [
    path(_BASE, page, name="device_check"),
    path(f"{_BASE}phong/", enter, name="check_enter"),
    path(f"{_BASE}duong-truyen/", probe, name="check_probe"),
    path(f"{_BASE}<uuid:check>/", result, name="check_result"),
]
