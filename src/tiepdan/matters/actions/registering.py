"""Taking in what citizens hand in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tiepdan.accounts.models import User
from tiepdan.accounts.permissions import Ability, require
from tiepdan.audit.actions import record
from tiepdan.common import clock
from tiepdan.common.codes import new_code
from tiepdan.documents.contexts import PaperItem
from tiepdan.matters import rules
from tiepdan.matters.actions.deadlines import start_deadline
from tiepdan.matters.actions.people import link_person
from tiepdan.matters.attachments import Upload, check_uploads, keep_file, paper_items, save_rows
from tiepdan.matters.check_digits import check_digits_of, digest
from tiepdan.matters.letters import issue_receipt
from tiepdan.matters.models import (
    Attachment,
    Consent,
    Filing,
    Petitioner,
)
from tiepdan.matters.search_index import index_filing
from tiepdan.matters.states import Channel, DeadlineKind, Need, Sex
from tiepdan.org import rulebook
from tiepdan.org.models import AdministrativeUnit, Agency
from tiepdan.org.queries import reception_board

SIGNED_FORM = "Ký trên phiếu đăng ký"


@dataclass(frozen=True)
class PersonDetails:
    """What a citizen says about themselves (thông tin định danh).

    `printed_address` is what the identity card shows; a `birth_date` gives the year.
    """

    full_name: str
    id_number: str
    birth_year: int | None
    phone: str
    address: str
    commune: AdministrativeUnit
    birth_date: date | None = None
    sex: Sex | str = ""
    printed_address: str = ""


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
    by: User | None,
    request: str = "",
    headcount: int = 1,
    papers: Sequence[PaperItem] = (),
    uploads: Sequence[Upload] = (),
    consent_manner: str = SIGNED_FORM,
    needs: Sequence[Need | str] = (),
    language: str = "",
    submission_key: UUID | None = None,
    at: datetime | None = None,
) -> Registered:
    """Take in a citizen's request to meet the chairman and issue the receipt (tiếp nhận).

    The same `submission_key` again gives the same filing: a form sent twice is one request.
    `uploads` become its attachments and stand on the receipt; `needs` go to the site's checklist.
    `by` is nobody for what a citizen registers online alone. Raises NotValidError for impossible
    details, RuleRefusedError when the way of registering is not admitted (QĐ 2193/QĐ-UBND, mục
    III.3.1a) or `by` may not take in filings there.
    """
    at = at or clock.now()
    _check_way(channel, agency, by, at)
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
        needs=[Need(need).value for need in needs],
        language=rules.normalise_name(language),
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
        birth_date=person.birth_date,
        sex=person.sex,
        phone=person.phone,
        address=person.address,
        printed_address=person.printed_address,
        commune=person.commune,
    )
    link_person(filing.petitioner)
    filing.check_digest = digest(filing.tracking_code, digits)
    filing.save()
    index_filing(filing)
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
    start_deadline(filing=filing, kind=DeadlineKind.REPLY, responsible=reception_board(), at=at)
    return filing


def _check_way(channel: Channel, agency: Agency, by: User | None, at: datetime) -> None:
    """Refuse who may not take in filings there, and a way that the province does not admit."""
    if by is not None or channel != Channel.ONLINE:
        require(by or AnonymousUser(), Ability.REGISTER, agency)
    rules.check_channel(channel, rulebook.texts("registration_channels", clock.day_of(at)))


def _checked(person: PersonDetails, at: datetime) -> PersonDetails:
    """The same details, normalised; raises NotValidError."""
    needed = rulebook.flag("identification_needed", clock.day_of(at))
    number = person.id_number.strip()
    if person.commune.is_province:
        rules.check_far_address(person.address)
    year = person.birth_date.year if person.birth_date else person.birth_year
    return replace(
        person,
        full_name=rules.validate_name(person.full_name),
        id_number=rules.validate_id_number(number) if needed or number else "",
        birth_year=rules.validate_birth_year(year, clock.day_of(at).year),
        phone=rules.validate_phone(person.phone),
        address=rules.needs_text("address", person.address, _("Hãy nhập nơi ở hiện nay.")),
        printed_address=rules.normalise_name(person.printed_address),
    )
