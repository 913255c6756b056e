"""Denunciations: the author's identity never enters the system, or leaves it at once.

Luật Tố cáo 25/2018/QH14, Điều 8, 9 and 56; TT 04/2021/TT-TTCP, Điều 5: name, address and
handwriting stay secret. They stand in a sealed paper register under a pseudonymous number.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, cast
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _
from django.utils.translation import override

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, require
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.codes import new_code
from tiepdan.common.transitions import RuleRefusedError
from tiepdan.documents.numbering import take_number
from tiepdan.documents.redacting import destroy_files, redact_document
from tiepdan.matters import permissions, resumable, rules
from tiepdan.matters.actions.deadlines import start_deadline
from tiepdan.matters.actions.people import forget_person
from tiepdan.matters.actions.registering import Registered
from tiepdan.matters.actions.shared import allow, locked
from tiepdan.matters.check_digits import check_digits_of, digest
from tiepdan.matters.handling_letters import citizen_of
from tiepdan.matters.letters import issue_receipt, person_of, receipt_context
from tiepdan.matters.models import Consent, Filing, Petitioner
from tiepdan.matters.queries import latest_consent
from tiepdan.matters.search_index import forget_old_words, index_filing
from tiepdan.matters.states import Channel, DeadlineKind, FilingState
from tiepdan.org import rulebook
from tiepdan.org.models import AdministrativeUnit, Agency
from tiepdan.org.queries import reception_board

if TYPE_CHECKING:
    from tiepdan.documents.contexts import HandlingContext

SERIES = "TC-BM"
WORDS = ("subject", "content", "request")
"""What an official types about it."""
SEALED_PAPER = "giấy tờ đã chuyển sang sổ niêm phong"


@transaction.atomic
def register_denunciation(
    *,
    place: AdministrativeUnit,
    subject: str,
    content: str,
    agency: Agency,
    channel: Channel,
    by: User,
    request: str = "",
    headcount: int = 1,
    submission_key: UUID | None = None,
    at: datetime | None = None,
) -> Registered:
    """Take in a denunciation under a pseudonymous number, with nothing about its author (tố cáo).

    `place` is where the matter happened. Its papers stay with the sealed register: handwriting is
    secret too. Raises RuleRefusedError and NotValidError as `register_filing` does.
    """
    at = at or clock.now()
    require(by, Ability.REGISTER, agency)
    rules.check_channel(channel, rulebook.texts("registration_channels", clock.day_of(at)))
    rules.check_headcount(headcount)
    key = submission_key or uuid4()
    digits = check_digits_of(key)
    first = Filing.objects.filter(submission_key=key).first()
    if first:
        return Registered(first, digits)
    filing = _under_number(
        Filing(
            submission_key=key,
            identity_protected=True,
            channel=channel,
            headcount=headcount,
            subject=rules.needs_text("subject", subject, _("Hãy nêu vắn tắt nội dung vụ việc.")),
            content=rules.needs_text("content", content, _("Hãy ghi nội dung tố cáo.")),
            request=request.strip(),
            received_at=at,
            received_by=by,
            received_at_agency=agency,
        ),
        place,
        digits,
    )
    Consent.objects.create(filing=filing, given=False, at=at, recorded_by=by)
    start_deadline(filing=filing, kind=DeadlineKind.REPLY, responsible=reception_board(), at=at)
    detail = {"tracking_code": filing.tracking_code, "pseudonym": filing.pseudonym}
    record(verb="register_filing", on=filing, by=by, at=at, detail=detail)
    return Registered(filing, digits)


def _under_number(filing: Filing, place: AdministrativeUnit, digits: str) -> Filing:
    """Store it under the next number, with its receipt; the words hold nobody's number."""
    for name in WORDS:
        rules.check_anonymous(name, getattr(filing, name))
    on = clock.day_of(filing.received_at)
    filing.pseudonym = new_pseudonym(on)
    filing.tracking_code = new_code(rulebook.text("tracking_prefix", on))
    filing.check_digest = digest(filing.tracking_code, digits)
    filing.petitioner = Petitioner.objects.create(
        full_name=filing.pseudonym, address="", commune=place
    )
    try:
        with transaction.atomic():
            filing.save()
            index_filing(filing)
    except IntegrityError:
        raise RuleRefusedError("sent_twice", "Đơn này vừa được gửi, hãy tải lại trang.") from None
    filing.receipt = issue_receipt(filing=filing, digits=digits, online=False, papers=[])
    filing.save(update_fields=["receipt"])
    return filing


@transaction.atomic
def seal_identity(
    *,
    filing: Filing,
    subject: str,
    content: str,
    request: str,
    copied: bool,
    by: User,
    at: datetime | None = None,
) -> Filing:
    """Let the identity of a denunciation leave the system: the paper register has it (niêm phong).

    `copied`: the official says that it stands there, under the number. `subject`, `content` and
    `request` are the words without it. Papers handed in are destroyed, the receipt says the
    pseudonym, nothing of the author stays. Raises RuleRefusedError unless it is a denunciation
    that was not sealed yet and identity was copied.
    """
    at = at or clock.now()
    fresh = locked(filing)
    allow(permissions.can_seal(by, fresh))
    _require_sealable(fresh, copied=copied)
    secrets = secrets_of(fresh)
    for name, text in zip(WORDS, (subject, content, request), strict=True):
        rules.check_without(name, text, secrets)
        rules.check_anonymous(name, text)
    fresh.pseudonym = new_pseudonym(clock.day_of(at))
    fresh.subject = rules.needs_text("subject", subject, _("Hãy nêu vắn tắt nội dung vụ việc."))
    fresh.content = rules.needs_text("content", content, _("Hãy ghi nội dung tố cáo."))
    fresh.request = request.strip()
    fresh.save()
    index_filing(fresh)
    forget_old_words()
    _forget_author(fresh)
    _forget_words(fresh, secrets)
    _forget_papers(fresh)
    _rewrite_receipt(fresh, by, at)
    _rewrite_notices(fresh, secrets, by, at)
    record(verb="seal_identity", on=fresh, by=by, at=at, detail={"pseudonym": fresh.pseudonym})
    return fresh


def _require_sealable(filing: Filing, *, copied: bool) -> None:
    if not filing.identity_protected or filing.state == FilingState.RECEIVED:
        raise RuleRefusedError("no_denunciation", "Chỉ niêm phong danh tính của đơn tố cáo.")
    if filing.pseudonym:
        raise RuleRefusedError("sealed", "Danh tính của đơn này đã được niêm phong.")
    if not copied:
        raise rules.NotValidError(
            "copied", _("Hãy ghi danh tính vào sổ niêm phong trên giấy trước."), "Luật Tố cáo"
        )


def new_pseudonym(on: date) -> str:
    """The next number of the sealed register: TC-2026-0007; never given twice."""
    number = take_number(issuer=reception_board().code, series=SERIES, year=on.year)
    return f"TC-{on.year}-{number:04d}"


def secrets_of(filing: Filing) -> list[str]:
    """What may stand nowhere once it is sealed."""
    person = filing.petitioner
    told = [person.full_name, person.id_number, person.phone, person.address]
    for member in filing.members.all():
        told += [member.full_name, member.id_number, member.address]
    for other in filing.representations.all():
        told += [other.full_name, other.id_number, other.phone, other.address]
    for lead in filing.leads.all():
        told += [lead.full_name, lead.phone, lead.email]
    return [text for text in told if text]


def _forget_author(filing: Filing) -> None:
    """The petitioner's row bears the pseudonym; persons linked to nothing else go."""
    row = filing.petitioner
    forget_person(row)
    row.full_name, row.address, row.printed_address = filing.pseudonym or "", "", ""
    row.id_number = row.phone = row.sex = ""
    row.birth_year = row.birth_date = None
    row.save()
    filing.leads.all().delete()
    filing.members.all().delete()
    filing.representations.all().delete()


def _forget_words(filing: Filing, secrets: Sequence[str]) -> None:
    """What earlier classifications and the matter's title said, without the author."""
    for found in filing.classifications.all():
        found.summary = rules.blackened(found.summary, secrets)
        found.save(update_fields=["summary"])
    matter = filing.matter
    if matter:
        alone = matter.filings.count() == 1
        matter.title = filing.subject if alone else rules.blackened(matter.title, secrets)
        matter.save(update_fields=["title"])


def _forget_papers(filing: Filing) -> None:
    """Handwriting is secret: the files go, the rows say that there were papers."""
    kept = list(filing.attachments.all())
    names = [one.stored_name for one in kept]
    for one in kept:
        one.name = SEALED_PAPER
        one.save(update_fields=["name"])
    transaction.on_commit(partial(destroy_files, names))
    transaction.on_commit(resumable.forget_used)  # copies still on their way through a form


@override("vi")
def _rewrite_receipt(filing: Filing, by: User, at: datetime) -> None:
    if filing.receipt is None:
        return
    consent = latest_consent(filing)
    context = receipt_context(
        filing=filing,
        digits=filing.receipt.context["check_digits"],
        online=bool(consent and consent.given),
        papers=[],
    )
    redact_document(document=filing.receipt, context=context, by=by, at=at)


def _rewrite_notices(filing: Filing, secrets: Sequence[str], by: User, at: datetime) -> None:
    """Refusals from before it was known to be a denunciation named its author."""
    for notice in filing.notices.select_related("paper"):
        said = notice.paper.context
        notice.reason = rules.blackened(notice.reason, secrets)
        notice.save(update_fields=["reason"])
        context = {
            **said,
            "petitioner": person_of(filing),
            "addressees": [citizen_of(filing)] if said["addressees"] else [],
            "abstract": filing.shown_subject,
            "reasons": [rules.blackened(line, secrets) for line in said["reasons"]],
        }
        redact_document(
            document=notice.paper, context=cast("HandlingContext", context), by=by, at=at
        )


def must_be_sealed(filing: Filing) -> bool:
    """Whether a denunciation still holds its author's identity."""
    return filing.identity_protected and not filing.pseudonym
