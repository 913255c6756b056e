"""One question a page, forwards and back; reading over; sending; the receipt."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from tiepdan.common import clock
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters import resumable
from tiepdan.matters.actions import Registered, register_filing
from tiepdan.matters.check_digits import check_digits_of
from tiepdan.matters.fields import SENT
from tiepdan.matters.letters import tracking_url
from tiepdan.matters.queries import filings
from tiepdan.matters.rules import NotValidError, fold, is_large_group
from tiepdan.matters.states import Channel
from tiepdan.org import rulebook
from tiepdan.org.queries import reception_board
from tiepdan.portal import limits
from tiepdan.portal.channels import online_is_open
from tiepdan.portal.forms import TrackForm
from tiepdan.portal.models import Draft
from tiepdan.portal.registering import drafts, plan
from tiepdan.portal.registering.forms import DENUNCIATION, PageForm
from tiepdan.portal.uploads import owner_of
from tiepdan.portal.views import SHOWN_FOR

CHOSEN_HERE = gettext_noop("Chọn trên trang đăng ký trực tuyến")
_RECEIPT = "registered_here"
Rest = ParamSpec("Rest")
private = cache_control(private=True, no_store=True)


def _where_open(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Where registering online is not admitted the page about all ways is shown instead."""

    @private
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not online_is_open():
            return redirect("portal:register_info")
        return view(request, *args, **kwargs)

    return guarded


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page; what it was sent is kept when it is right, and the next open page follows."""
    if name not in plan.BY_NAME:
        raise Http404
    return _ask(request, plan.BY_NAME[name])


@_where_open
def _ask(request: HttpRequest, here: plan.Page) -> HttpResponse:
    draft = drafts.of(request)
    answers = drafts.answers(draft)
    missing = plan.first_open(answers, before=here)
    if missing:
        return redirect("portal:registering", missing.name)
    if request.method != "POST":
        form = here.filled(answers, draft.sender if draft else "")
        return _page(request, here, form, answers)
    form = here.form(request.POST, request.FILES, sender=owner_of(request))
    if form.is_valid() and form.cleaned_data.get("what") == DENUNCIATION:
        if draft:
            drafts.forget(request, draft)
        return redirect("portal:denouncing")
    if form.is_valid() or "save" in request.POST:
        return _keep(request, here, form, draft)
    return _page(request, here, form, answers)


def _keep(
    request: HttpRequest, here: plan.Page, form: PageForm, draft: Draft | None
) -> HttpResponse:
    """Store the page, go on; with «save» show how to come back."""
    if draft is None:
        if not limits.may_begin_draft(request):
            messages.error(request, _("Quá nhiều đăng ký từ nơi này. Xin đợi 10 phút."))
            return redirect("portal:register_info")
        draft = drafts.begin(request)
    answer = _answer(form)
    if answer is None:
        return _page(request, here, form, drafts.answers(draft))
    drafts.keep(draft, here.name, answer)
    if "save" in request.POST:
        return _saved(request, draft)
    following = plan.first_open(drafts.answers(draft))
    if following:
        return redirect("portal:registering", following.name)
    return redirect("portal:register_review")


def _answer(form: PageForm) -> drafts.Answer | None:
    """What to store; files that came with the page are put by first. None when one is refused."""
    sent: Any = form.data
    data: dict[str, list[str]] = {name: sent.getlist(name) for name in form.fields if name in sent}
    done = form.is_valid()
    if done and "attachments" in form.fields:
        try:
            data["attachments" + SENT] = [
                str(file.key)
                if isinstance(file, resumable.ArrivedFile)
                else str(resumable.store(owner=form.sender, file=file).pk)
                for file in form.cleaned_data["attachments"]
            ]
        except NotValidError as fault:
            form.add_error("attachments", fault.message)
            return None
    return drafts.Answer(data, done)


def _page(
    request: HttpRequest, here: plan.Page, form: PageForm, answers: drafts.Answers
) -> HttpResponse:
    number = plan.PAGES.index(here)
    return render(
        request,
        "portal/registering/page.html",
        {
            "page": here,
            "form": form,
            "number": number + 1,
            "count": len(plan.PAGES),
            "before": plan.PAGES[number - 1].name if number else "",
            "reviewing": plan.first_open(answers) is None,
            "has_files": "attachments" in form.fields,
        },
    )


def _saved(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Code and digits, shown in this answer and never again; the browser forgets the draft."""
    code, digits = drafts.save_for_later(draft)
    drafts.leave(request)
    context = {"code": code, "digits": digits, "days": drafts.kept_for().days}
    return render(request, "portal/registering/saved.html", context)


@_where_open
def take_up(request: HttpRequest) -> HttpResponse:
    """Go on with code and digits, from any machine."""
    form = TrackForm(request.POST if request.method == "POST" else None)
    form.fields["code"].label = _("Mã đăng ký đã lưu")
    form.fields["code"].help_text = _("Ví dụ LUU-7K2M-Q4XD.")
    if request.method == "POST" and form.is_valid():
        code, digits = form.cleaned_data["code"], form.cleaned_data["digits"]
        if not limits.may_try(request, code):
            form.add_error(None, _("Mã này đã được thử quá nhiều lần. Xin đợi 10 phút."))
        elif draft := drafts.take_up(request, code, digits):
            following = plan.first_open(drafts.answers(draft))
            if following:
                return redirect("portal:registering", following.name)
            return redirect("portal:register_review")
        else:
            form.add_error(None, _("Không tìm thấy đăng ký với hai mã này, hoặc đã quá hạn giữ."))
    days = drafts.kept_for().days
    return render(request, "portal/registering/take_up.html", {"form": form, "days": days})


@_where_open
def review(request: HttpRequest) -> HttpResponse:
    """Everything once more before it is sent; sending gives the receipt."""
    draft = drafts.of(request)
    if draft is None:
        return redirect(
            "portal:registered" if _RECEIPT in request.session else "portal:register_info"
        )
    answers = drafts.answers(draft)
    forms = {page.name: page.filled(answers, draft.sender) for page in plan.PAGES}
    for one in plan.PAGES:
        if not answers.done(one.name) or not forms[one.name].is_valid():
            return redirect("portal:registering", one.name)
    if request.method == "POST":
        sent = _send(request, draft, forms)
        if sent:
            return sent
    story = forms["noi-dung"].cleaned_data
    return render(
        request,
        "portal/registering/review.html",
        {
            "pages": [(one, plan.shown(forms[one.name])) for one in plan.PAGES],
            "denounces": "to cao" in fold(f"{story['subject']} {story['content']}"),
            "group": is_large_group(
                forms["ho-tro"].cleaned_data["headcount"],
                rulebook.number("large_group_from", clock.today()),
            ),
        },
    )


def _send(request: HttpRequest, draft: Draft, forms: Mapping[str, PageForm]) -> HttpResponse | None:
    """Register; None with a message when it is refused."""
    if not limits.may_send(request):
        messages.error(request, _("Quá nhiều đăng ký từ nơi này. Xin đợi 10 phút rồi gửi lại."))
        return None
    try:
        registered = _register(draft, forms)
    except RuleRefusedError as refusal:
        messages.error(request, refusal.message)
        return None
    request.session[_RECEIPT] = [str(registered.filing.pk), clock.real_now().timestamp()]
    drafts.forget(request, draft)
    return redirect("portal:registered")


def _register(draft: Draft, forms: Mapping[str, PageForm]) -> Registered:
    """The draft's own key makes a form sent twice one filing."""
    return register_filing(
        **plan.registration(forms),
        channel=Channel.ONLINE,
        agency=reception_board(),
        consent_manner=CHOSEN_HERE,
        submission_key=draft.pk,
        by=None,
    )


@private
@require_GET
def registered(request: HttpRequest) -> HttpResponse:
    """The receipt, to be printed or photographed; gone after ten minutes or when closed."""
    key, since = request.session.get(_RECEIPT, ["", 0])
    if not key or clock.real_now().timestamp() - since > SHOWN_FOR.total_seconds():
        request.session.pop(_RECEIPT, None)
        return redirect("portal:register_info")
    filing = filings().get(pk=UUID(key))
    code = segno.make(tracking_url(filing), error="m", micro=False)
    return render(
        request,
        "portal/registering/registered.html",
        {
            "filing": filing,
            "digits": check_digits_of(filing.submission_key or filing.pk),
            "address": f"{settings.PUBLIC_URL}{reverse('portal:track')}",
            "qr": code.svg_data_uri(scale=4, border=2, light="white"),
            "papers": filing.attachments.all(),
        },
    )


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """The receipt was kept: this machine forgets it."""
    request.session.pop(_RECEIPT, None)
    return redirect("portal:home")


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """The citizen does not want to register after all: nothing is kept."""
    draft = drafts.of(request)
    if draft:
        drafts.forget(request, draft)
        messages.success(request, _("Đã xóa những gì ông/bà vừa ghi."))
    return redirect("portal:register_info")


@require_GET
def denouncing(request: HttpRequest) -> HttpResponse:
    """How to denounce: not here (the identity of who denounces never enters the system)."""
    return render(request, "portal/registering/denouncing.html")
