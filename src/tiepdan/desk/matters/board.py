"""What the board does with a filing: classify, propose or answer; and what the chairman says."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tiepdan.accounts.permissions import Ability
from tiepdan.desk.conduct import DeskForm, done_before, finish, press, refusal_words, typed
from tiepdan.desk.guards import OfficialRequest, official
from tiepdan.desk.matters.forms.board import (
    ASKED,
    AcceptForm,
    ClassifyForm,
    ConsentForm,
    DecideForm,
    DeclineForm,
    HandleForm,
    ProposeForm,
    ReasonForm,
)
from tiepdan.matters import permissions, queries
from tiepdan.matters.actions import (
    accept_filing,
    classify_filing,
    decide,
    decline_filing,
    destroy_filing,
    handle_filing,
    propose_filing,
    record_consent,
)
from tiepdan.matters.actions.handling import EVIDENCE
from tiepdan.matters.models import Classification, Disposition, Filing
from tiepdan.matters.rules import why_not
from tiepdan.matters.states import FilingState, Outcome, ReceptionForm, Verdict
from tiepdan.scheduling.actions import submit_list


@official(Ability.CLASSIFY)
def filing_classify(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """What the filing is by its content, whether it is the chairman's to settle."""
    found = filing_in_sight(request, pk)
    last = found.classifications.last()
    known: dict[str, object] = (
        {
            "kind": last.kind,
            "field": last.field,
            "competence": last.competence,
            "competent_body": last.competent_body,
            "missing_conditions": last.missing_conditions,
            "settled_before": last.settled_before,
            "extraordinary_ground": last.extraordinary_ground,
            "online_ground": last.online_ground,
            "summary": last.summary,
        }
        if last
        else {"summary": found.subject}
    )
    known["seen"] = found.classifications.count()
    form = ClassifyForm(typed(request), initial=known)
    return about_filing(
        request,
        found,
        form,
        lambda: classify_filing(
            filing=found,
            kind=form.cleaned_data["kind"],
            findings=form.findings(),
            seen=form.cleaned_data["seen"],
            online_ground=form.cleaned_data["online_ground"],
            summary=form.cleaned_data["summary"],
            by=request.user,
        ),
        title=_("Phân loại đơn"),
        dense=True,
        press=_("Lưu phân loại"),
        said=_("Đã phân loại đơn."),
    )


@official(Ability.PROPOSE)
def filing_propose(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Propose it to the chairman, in the form the citizen agreed to."""
    found = filing_in_sight(request, pk)
    consent = queries.latest_consent(found)
    wish = ReceptionForm.ONLINE if consent and consent.given else ReceptionForm.IN_PERSON
    form = ProposeForm(typed(request), initial={"form": wish})
    return about_filing(
        request,
        found,
        form,
        lambda: propose_filing(
            filing=found,
            form=form.cleaned_data["form"],
            reason=form.cleaned_data["reason"],
            by=request.user,
        ),
        title=_("Đề xuất Chủ tịch tiếp"),
        press=_("Gửi Chủ tịch duyệt"),
        said=_("Đã đề xuất; đơn đang chờ Chủ tịch duyệt."),
    )


@official(Ability.PROPOSE)
def filing_decline(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Not proposed: the same press writes and issues the reasoned letter."""
    found = filing_in_sight(request, pk)
    form = DeclineForm(typed(request))
    return about_filing(
        request,
        found,
        form,
        lambda: decline_filing(
            filing=found,
            reasons=form.cleaned_data["reasons"],
            guidance=form.cleaned_data["guidance"],
            by=request.user,
        ),
        title=_("Không đề xuất, trả lời bằng văn bản"),
        press=_("Ban hành văn bản trả lời"),
        said=_("Đã ban hành văn bản trả lời công dân."),
    )


@official(Ability.PROPOSE, Ability.SHELVE, Ability.REFUSE)
def filing_handle(request: OfficialRequest, pk: UUID, outcome: str) -> HttpResponse:
    """Guide, transfer, return, shelve, refuse, propose to accept: the paper is issued at once."""
    found = filing_in_sight(request, pk)
    if outcome not in ASKED:
        raise Http404
    form = HandleForm(typed(request), outcome=Outcome(outcome))
    return about_filing(
        request,
        found,
        form,
        lambda: handle_filing(
            filing=found,
            outcome=Outcome(outcome),
            reasons=form.cleaned_data["reasons"],
            guidance=form.cleaned_data.get("guidance", []),
            papers=form.cleaned_data.get("papers", []),
            to_agency=form.cleaned_data.get("to_agency"),
            to_body=form.cleaned_data.get("to_body", ""),
            sender=form.cleaned_data.get("sender", ""),
            evidence={name: form.cleaned_data.get(name, "") for name in EVIDENCE},
            by=request.user,
        ),
        title=str(Outcome(outcome).label),
        press=_("Ban hành văn bản"),
        said=_("Đã xử lý đơn: {outcome}.").format(outcome=Outcome(outcome).label.lower()),
    )


@official(Ability.DECIDE)
def filing_accept(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The head takes up what the board proposed to accept: the time for settling runs."""
    found = filing_in_sight(request, pk)
    form = AcceptForm(typed(request))
    return about_filing(
        request,
        found,
        form,
        lambda: accept_filing(
            filing=found,
            responsible=form.cleaned_data["responsible"],
            remote=form.cleaned_data["remote"],
            is_complex=form.cleaned_data["is_complex"],
            by=request.user,
        ),
        title=_("Thụ lý giải quyết"),
        press=_("Thụ lý"),
        said=_("Đã thụ lý; thời hạn giải quyết bắt đầu tính."),
    )


@official(Ability.REFUSE)
def filing_destroy(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The head decides that a filing shelved for a year is destroyed, with its paper."""
    found = filing_in_sight(request, pk)
    disposition = get_object_or_404(Disposition, filing=found)
    form = ReasonForm(typed(request))
    return about_filing(
        request,
        found,
        form,
        lambda: destroy_filing(
            disposition=disposition, reason=form.cleaned_data["reason"], by=request.user
        ),
        title=_("Quyết định tiêu hủy đơn đã lưu"),
        press=_("Ban hành quyết định"),
        said=_("Đã ban hành quyết định tiêu hủy."),
    )


def outcomes_of(request: OfficialRequest, found: Filing) -> list[tuple[str, str, str]]:
    """Each outcome that this official could bring about: value, words, why not ("" when it may).

    The proposal and the reasoned reply have buttons of their own.
    """
    if found.state != FilingState.CLASSIFIED:
        return []
    facts = queries.facts_of(found)
    return [
        (outcome.value, str(outcome.label), refusal_words(refusal) if refusal else "")
        for outcome in ASKED
        if permissions.can_handle(request.user, found, outcome)
        for refusal in [why_not(outcome, facts)]
    ]


@official(Ability.REGISTER)
def filing_consent(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """The citizen may change their mind about the online form until the turn starts."""
    found = filing_in_sight(request, pk)
    form = ConsentForm(typed(request))
    return about_filing(
        request,
        found,
        form,
        lambda: record_consent(
            filing=found,
            given=form.cleaned_data["consent"] == "yes",
            manner=form.cleaned_data["manner"],
            by=request.user,
        ),
        title=_("Ý kiến mới về hình thức trực tuyến"),
        press=_("Ghi ý kiến"),
        said=_("Đã ghi ý kiến của công dân."),
    )


@official(Ability.PROPOSE)
@require_POST
def list_submit(request: OfficialRequest) -> HttpResponse:
    """Issue the list of proposals to the chairman (tờ trình), with those answered instead."""
    return press(
        request,
        lambda: submit_list(by=request.user),
        where=reverse("desk:filings"),
        said=_("Đã lập và ban hành tờ trình danh sách."),
    )


@official(Ability.DECIDE)
@require_GET
def decisions(request: OfficialRequest) -> HttpResponse:
    """The chairman's list: one case a card, in order of registration."""
    return render(request, "desk/decisions.html", {"cards": _waiting()})


@official(Ability.DECIDE)
def decide_one(request: OfficialRequest, pk: UUID) -> HttpResponse:
    """Yes goes through at once; no asks for its reason on a page of its own."""
    disposition = get_object_or_404(
        Disposition.objects.select_related("filing__petitioner__commune", "by"), pk=pk
    )
    form = DecideForm(typed(request), initial={"verdict": Verdict.REFUSED})
    where = reverse("desk:decisions")
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        verdict = form.cleaned_data["verdict"]
        if form.attempt(
            lambda: decide(
                disposition=disposition,
                verdict=verdict,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        ):
            word = _("Đồng ý tiếp") if verdict == Verdict.APPROVED else _("Không đồng ý tiếp")
            name = disposition.filing.shown_name
            return finish(request, form.key, where, f"{word}: {name}.")
    return render(request, "desk/decide.html", {"form": form, "disposition": disposition})


def _waiting() -> list[tuple[Filing, Classification]]:
    """What waits for the chairman, each with what the board found it to be."""
    found = queries.awaiting_decision().select_related("disposition__by")
    return [(filing, queries.latest_classification(filing)) for filing in found]


def filing_in_sight(request: OfficialRequest, pk: UUID) -> Filing:
    """The filing, if the official may see it; else the page does not exist."""
    return get_object_or_404(queries.filings_for(request.user), pk=pk)


def about_filing(
    request: OfficialRequest,
    found: Filing,
    form: DeskForm,
    act: Callable[[], object],
    *,
    title: str,
    press: str,
    said: str,
    dense: bool = False,
    danger: bool = False,
) -> HttpResponse:
    """A form beside the filing it is about; done, back to the filing."""
    where = reverse("desk:filing", args=[found.pk])
    if request.method == "POST" and form.is_valid():
        if before := done_before(request, form.key):
            return redirect(before)
        if form.attempt(act):
            return finish(request, form.key, where, said)
    return render(
        request,
        "desk/filing_form.html",
        {
            "form": form,
            "filing": found,
            "consent": queries.latest_consent(found),
            "classification": found.classifications.last(),
            "title": title,
            "press": press,
            "dense": dense,
            "danger": danger,
        },
    )
