"""What a citizen can read and look up; no account, no JavaScript."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from tiepdan.common import clock
from tiepdan.matters.queries import filings, find_by_code
from tiepdan.org import rulebook
from tiepdan.org.queries import sites
from tiepdan.portal.channels import online_is_open
from tiepdan.portal.forms import TrackForm
from tiepdan.portal.limits import MOST_TRIES, may_try
from tiepdan.portal.steps import tracked
from tiepdan.scheduling.queries import public_calendar

SHOWN_FOR = timedelta(minutes=10)
_TRACKED = "tracked"
private = cache_control(private=True, no_store=True)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Four doorways."""
    return render(request, "portal/home.html", {"online": online_is_open()})


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """Published receptions: to come, then of the last months."""
    published, now = public_calendar(), clock.now()
    return render(
        request,
        "portal/calendar.html",
        {
            "coming": [item for item in published if item.ends_at >= now],
            "past": [item for item in reversed(published) if item.ends_at < now],
        },
    )


@private
def track(request: HttpRequest) -> HttpResponse:
    """Look a filing up by the code and check digits of its receipt."""
    if request.method != "POST":
        return render(
            request,
            "portal/track.html",
            {"form": TrackForm(initial={"code": request.GET.get("ma", "")})},
        )
    form = TrackForm(request.POST)
    if form.is_valid():
        code, digits = form.cleaned_data["code"], form.cleaned_data["digits"]
        if not may_try(request, code):
            form.add_error(
                None,
                _(
                    "Mã này đã được thử %(tries)d lần. Xin đợi 10 phút rồi thử lại, hoặc gọi Ban "
                    "Tiếp công dân."
                )
                % {"tries": MOST_TRIES},
            )
        elif found := find_by_code(code, digits):
            request.session[_TRACKED] = [str(found.pk), clock.real_now().timestamp()]
            return redirect("portal:tracked")
        else:
            form.add_error(
                None,
                _(
                    "Không tìm thấy đơn với hai mã này. Xin xem lại từng chữ, từng số trên giấy "
                    "biên nhận."
                ),
            )
    return render(request, "portal/track.html", {"form": form})


@private
@require_GET
def track_result(request: HttpRequest) -> HttpResponse:
    """Where the filing stands; forgotten after ten minutes or when the citizen says so."""
    key, since = request.session.get(_TRACKED, ["", 0])
    if not key or clock.real_now().timestamp() - since > SHOWN_FOR.total_seconds():
        request.session.pop(_TRACKED, None)
        return redirect("portal:track")
    filing = filings().get(pk=UUID(key))
    return render(request, "portal/tracked.html", {"filing": filing, "shown": tracked(filing)})


@require_POST
def track_close(request: HttpRequest) -> HttpResponse:
    """Forget the filing on this machine, which may be somebody else's."""
    request.session.pop(_TRACKED, None)
    return redirect("portal:home")


@require_GET
def register_info(request: HttpRequest) -> HttpResponse:
    """How to register here; which ways are open is a rule of the province."""
    rule = rulebook.rule("registration_channels", clock.today())
    channels = rule.value if isinstance(rule.value, list) else []
    return render(
        request,
        "portal/register_info.html",
        {"channels": channels, "source": rule.article, "day": _reception_day()},
    )


@require_GET
def guide(request: HttpRequest) -> HttpResponse:
    """What happens before, during and after; what to bring; one's rights."""
    return render(
        request,
        "portal/guide.html",
        {"day": _reception_day(), "places": sites().count()},
    )


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "portal/accessibility.html")


def page_was_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form without our token: mostly a page left open too long; why is the log's business."""
    return render(request, "403_csrf.html", status=403)


def _reception_day() -> int:
    return rulebook.number("reception_day_of_month", clock.today())
