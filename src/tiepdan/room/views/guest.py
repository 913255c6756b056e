"""The door of somebody invited into one turn by a link: once, until it expires or the turn ends."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.sittings import actions

BACKEND = "tiepdan.accounts.backends.PatientBackend"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def enter(request: HttpRequest, secret: str) -> HttpResponse:
    """Reading changes nothing (message apps fetch links); pressing the button uses the link up.

    Somebody signed in is asked to open it elsewhere: their own seats must not be lost.
    """
    refusal = None
    if request.user.is_authenticated:
        refusal = RuleRefusedError(
            "signed_in", "Máy này đang đăng nhập. Hãy mở liên kết trong cửa sổ ẩn danh, máy khác."
        )
    elif request.method == "POST":
        try:
            part = actions.accept_invite(secret=secret)
        except RuleRefusedError as error:
            refusal = error
        else:
            login(request, part.user, backend=BACKEND)
            return redirect("room:device_check", sitting=part.sitting_id, seat=part.seat.code)
    answer = render(
        request, "room/guest.html", {"refusal": refusal, "room_class": "room--seat"},
        status=409 if refusal else 200,
    )  # fmt: skip
    # The link must not be told to anybody. Without any referrer browsers send the form's origin as
    # «null», which the CSRF check refuses.
    answer["Referrer-Policy"] = "strict-origin"
    return answer


urls = [path("moi/<str:secret>/", enter, name="guest")]
