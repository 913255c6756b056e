"""The only writers of filings: each act makes its own row and never rewrites an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, require
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.codes import new_code
from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.documents.contexts import PaperItem
from tiepdan.matters import permissions, rules
from tiepdan.matters.attachments import Upload, check_uploads, keep_file, paper_items, save_rows
from tiepdan.matters.check_digits import check_digits_of, digest
from tiepdan.matters.checks import check_decidable, check_proposal
from tiepdan.matters.letters import issue_receipt, issue_reply
from tiepdan.matters.models import (
    Attachment,
    Classification,
    Consent,
    Decision,
    Disposition,
    Filing,
    Matter,
    Petitioner,
    Withdrawal,
)
from tiepdan.matters.states import (
    FILING_TRANSITIONS,
    Channel,
    FilingKind,
    FilingState,
    OnlineGround,
    Outcome,
    ReceptionForm,
    Verdict,
)
from tiepdan.org import rulebook
from tiepdan.org.models import AdministrativeUnit, Agency

SIGNED_FORM = "Ký trên phiếu đăng ký"


@dataclass(frozen=True)
class PersonDetails:
    """What a citizen says about themselves (thông tin định danh)."""

    full_name: str
    id_number: str
    birth_year: int | None
    phone: str
    address: str
    commune: AdministrativeUnit


@dataclass(frozen=True)
class Registered:
    """A filing and the receipt's check digits, which are nowhere stored in plain."""

    filing: Filing
    check_digits: str


def register_filing(
    *,
    person: PersonDetails,
    channel: Channel,
    subject: str,
    content: str,
    agency: Agency,
    consents_online: bool,
    by: User,
    request: str = "",
    headcount: int = 1,
    papers: Sequence[PaperItem] = (),
    uploads: Sequence[Upload] = (),
    consent_manner: str = SIGNED_FORM,
    submission_key: UUID | None = None,
    at: datetime | None = None,
) -> Registered:
    """Take in a citizen's request to meet the chairman and issue the receipt (tiếp nhận).

    The same `submission_key` again gives the same filing: a form sent twice is one request.
    `uploads` become its attachments and stand on the receipt. Raises NotValidError
    for impossible details, RuleRefusedError when the way of registering is not admitted (QĐ
    2193/QĐ-UBND, mục III.3.1a) or `by` may not take in filings there.
    """
    at = at or clock.now()
    require(by, Ability.REGISTER, agency)
    rules.check_channel(channel, rulebook.texts("registration_channels", clock.day_of(at)))
    rules.check_headcount(headcount)
    check_uploads(uploads, clock.day_of(at))
    key = submission_key or uuid4()
    draft = Filing(
        tracking_code=new_code(rulebook.text("tracking_prefix", clock.day_of(at))),
        submission_key=key,
        channel=channel,
        headcount=headcount,
        subject=rules.needs_text("subject", subject, _("Hãy nêu vắn tắt nội dung vụ việc.")),
        content=rules.needs_text("content", content, _("Hãy ghi nội dung công dân trình bày.")),
        request=request.strip(),
        received_at=at,
        received_by=by,
        received_at_agency=agency,
    )
    checked = _checked(person, at)
    consent = Consent(given=consents_online, manner=consent_manner, at=at, recorded_by=by)
    return _register_once(draft, checked, consent, papers, uploads, key=key)


def _register_once(
    filing: Filing,
    person: PersonDetails,
    consent: Consent,
    papers: Sequence[PaperItem],
    uploads: Sequence[Upload],
    *,
    key: UUID,
) -> Registered:
    """Files first, then all rows in one transaction; the second of two sendings gets the first."""
    by, at = filing.received_by, filing.received_at
    digits = check_digits_of(key)
    kept = [keep_file(filing, upload, by, at) for upload in uploads]
    try:
        filing = _register(filing, person, consent, papers, kept=kept, digits=digits)
    except IntegrityError:
        first = Filing.objects.filter(submission_key=key).first()
        if first is None:
            raise
        filing = first
    return Registered(filing, digits)


@transaction.atomic
def _register(
    filing: Filing,
    person: PersonDetails,
    consent: Consent,
    papers: Sequence[PaperItem],
    *,
    kept: Sequence[Attachment],
    digits: str,
) -> Filing:
    filing.petitioner = Petitioner.objects.create(
        full_name=person.full_name,
        id_number=person.id_number,
        birth_year=person.birth_year,
        phone=person.phone,
        address=person.address,
        commune=person.commune,
    )
    filing.check_digest = digest(filing.tracking_code, digits)
    filing.search_text = rules.fold(
        f"{filing.tracking_code} {person.full_name} {person.id_number} {filing.subject}"
    )
    filing.save()
    consent.filing = filing
    consent.save()
    by, at = filing.received_by, filing.received_at
    filing.receipt = issue_receipt(
        filing=filing,
        digits=digits,
        online=consent.given,
        papers=[*papers, *paper_items(kept)],
    )
    filing.save(update_fields=["receipt"])
    record(
        verb="register_filing",
        on=filing,
        by=by,
        at=at,
        detail={"tracking_code": filing.tracking_code, "consents_online": consent.given},
    )
    save_rows(kept)
    return filing


@transaction.atomic
def record_consent(
    *, filing: Filing, given: bool, manner: str, by: User, at: datetime | None = None
) -> Consent:
    """Note the citizen's yes or no to the online form; it may change until the turn starts.

    Raises RuleRefusedError for a withdrawn filing, or when `by` has nothing to do with it.
    """
    at = at or clock.now()
    fresh = _locked(filing)
    _allow(permissions.can_record_consent(by, fresh))
    if fresh.state == FilingState.WITHDRAWN:
        raise RuleRefusedError("withdrawn", "Công dân đã rút đề nghị này.")
    manner = rules.needs_text("manner", manner, _("Hãy ghi công dân đồng ý bằng cách nào."))
    consent = Consent.objects.create(
        filing=fresh, given=given, manner=manner, at=at, recorded_by=by
    )
    record(verb="record_consent", on=fresh, by=by, at=at, detail={"given": given})
    return consent


@transaction.atomic
def classify_filing(
    *,
    filing: Filing,
    kind: FilingKind,
    in_competence: bool,
    online_ground: OnlineGround | str,
    summary: str,
    by: User,
    at: datetime | None = None,
    matter: Matter | None = None,
) -> Classification:
    """Say what the filing is, by content and not by title (TT 05/2021/TT-TTCP, Điều 6).

    It joins `matter` when the affair is known already, else it opens one. A denunciation hides
    its author from every list from now on (Luật Tố cáo, Điều 9). May be repeated until disposed.
    """
    at = at or clock.now()
    fresh = _locked(filing)
    _allow(permissions.can_classify(by, fresh))
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "classify")
    classification = Classification.objects.create(
        filing=fresh,
        kind=kind,
        in_competence=in_competence,
        online_ground=online_ground,
        summary=rules.needs_text("summary", summary, _("Hãy tóm tắt nội dung vụ việc.")),
        at=at,
        by=by,
    )
    fresh.matter = matter or fresh.matter or _open_matter(fresh)
    if kind == FilingKind.DENUNCIATION:
        fresh.identity_protected = True
        fresh.search_text = rules.fold(fresh.tracking_code)
    fresh.save()
    record(
        verb="classify_filing",
        on=fresh,
        by=by,
        at=at,
        detail={"kind": kind, "in_competence": in_competence, "ground": online_ground},
    )
    return classification


@transaction.atomic
def propose_filing(
    *, filing: Filing, form: ReceptionForm, reason: str, by: User, at: datetime | None = None
) -> Disposition:
    """Propose that the chairman receives the citizen, in person or online (đề xuất).

    Only what he may settle or direct (QĐ 2193/QĐ-UBND, mục III.3.1b); online only with the
    citizen's consent and no denunciation. Raises RuleRefusedError.
    """
    at = at or clock.now()
    fresh = _locked(filing)
    _allow(permissions.can_dispose(by, fresh))
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "dispose")
    check_proposal(fresh, form, at)
    disposition = Disposition.objects.create(
        filing=fresh,
        outcome=Outcome.PROPOSED,
        form=form,
        reason=rules.needs_text("reason", reason, _("Hãy nêu lý do đề xuất.")),
        at=at,
        by=by,
    )
    fresh.save(update_fields=["state"])
    record(verb="propose_filing", on=fresh, by=by, at=at, detail={"form": form})
    return disposition


@transaction.atomic
def decline_filing(
    *,
    filing: Filing,
    reasons: Sequence[str],
    guidance: Sequence[str],
    by: User,
    at: datetime | None = None,
) -> Disposition:
    """Do not propose it, and issue the written, reasoned reply in the same act.

    There is no way to decline without the letter (QĐ 2193/QĐ-UBND, mục III.3.1b). Raises
    RuleRefusedError without a reason.
    """
    at = at or clock.now()
    fresh = _locked(filing)
    _allow(permissions.can_dispose(by, fresh))
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "dispose")
    reply = issue_reply(filing=fresh, reasons=reasons, guidance=guidance, by=by, at=at)
    disposition = Disposition.objects.create(
        filing=fresh,
        outcome=Outcome.DECLINED,
        reason="\n".join(reasons).strip(),
        reply=reply,
        at=at,
        by=by,
    )
    fresh.save(update_fields=["state"])
    record(verb="decline_filing", on=fresh, by=by, at=at, detail={"reply": reply.number_text})
    return disposition


@transaction.atomic
def decide(
    *,
    disposition: Disposition,
    verdict: Verdict,
    by: User,
    reason: str = "",
    at: datetime | None = None,
) -> Decision:
    """The chairman's yes or no to one proposed filing (duyệt).

    A no needs a reason, which the citizen gets in writing at once: whoever registered and is not
    received is answered (QĐ 2193/QĐ-UBND, mục V.1.1). Raises RuleRefusedError for anybody else,
    for what was not proposed, was withdrawn, or is decided already.
    """
    at = at or clock.now()
    filing = _locked(disposition.filing)
    _allow(permissions.can_decide(by, filing))
    fresh = Disposition.objects.select_for_update().get(pk=disposition.pk)
    check_decidable(fresh, filing)
    if verdict == Verdict.REFUSED:
        fresh.reply = issue_reply(filing=filing, reasons=[reason], guidance=[], by=by, at=at)
        fresh.save(update_fields=["reply"])
    decision = Decision.objects.create(
        disposition=fresh, verdict=verdict, reason=reason.strip(), at=at, by=by
    )
    record(verb="decide", on=filing, by=by, at=at, detail={"verdict": verdict})
    return decision


@transaction.atomic
def withdraw_filing(*, filing: Filing, reason: str, by: User, at: datetime | None = None) -> Filing:
    """Note that the citizen takes the filing back (rút đơn), before being received."""
    at = at or clock.now()
    fresh = _locked(filing)
    _allow(permissions.can_record_consent(by, fresh))
    fresh.state = follow(FILING_TRANSITIONS, FilingState(fresh.state), "withdraw")
    reason = rules.needs_text("reason", reason, _("Hãy ghi lý do rút đơn."))
    Withdrawal.objects.create(filing=fresh, reason=reason, at=at, by=by)
    fresh.save(update_fields=["state"])
    record(verb="withdraw_filing", on=fresh, by=by, at=at)
    return fresh


def _checked(person: PersonDetails, at: datetime) -> PersonDetails:
    """The same details, normalised; raises NotValidError."""
    needed = rulebook.flag("identification_needed", clock.day_of(at))
    number = person.id_number.strip()
    return PersonDetails(
        full_name=rules.validate_name(person.full_name),
        id_number=rules.validate_id_number(number) if needed or number else "",
        birth_year=rules.validate_birth_year(person.birth_year, clock.day_of(at).year),
        phone=rules.validate_phone(person.phone),
        address=rules.needs_text("address", person.address, _("Hãy nhập nơi ở hiện nay.")),
        commune=person.commune,
    )


def _locked(filing: Filing) -> Filing:
    """The filing's row as it is now, locked until the transaction ends."""
    return (
        Filing.objects.select_for_update(of=("self",))
        .select_related("petitioner__commune", "received_at_agency", "received_by", "matter")
        .get(pk=filing.pk)
    )


def _allow(allowed: bool) -> None:
    if not allowed:
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")


def _open_matter(filing: Filing) -> Matter:
    return Matter.objects.create(code=f"VV-{filing.tracking_code}", title=filing.subject)
