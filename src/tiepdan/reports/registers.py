"""Registers of an agency and a period: who was received, what was filed (sổ tiếp công dân, sổ đơn).

A row of a denunciation bears the pseudonym and nothing of its author (Luật Tố cáo, Điều 56).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_noop, override

from tiepdan.common import clock
from tiepdan.matters.models import Classification, Disposition, Filing
from tiepdan.matters.queries import filings, latest_classification
from tiepdan.matters.states import Channel, FilingState, Outcome, SettledBefore
from tiepdan.org.models import Agency
from tiepdan.reports.queries import begin_of, end_of
from tiepdan.sittings.models import Visit
from tiepdan.sittings.states import VisitState

RECEPTION_HEADS = [
    gettext_noop("STT"), gettext_noop("Ngày tiếp"), gettext_noop("Họ tên - Địa chỉ"),
    gettext_noop("CMND/Hộ chiếu"), gettext_noop("Nội dung vụ việc"),
    gettext_noop("Phân loại đơn/Số người"), gettext_noop("Cơ quan đã giải quyết"),
    gettext_noop("Thụ lý để giải quyết"), gettext_noop("Trả lại đơn và hướng dẫn"),
    gettext_noop("Chuyển đơn đến cơ quan có thẩm quyền"),
    gettext_noop("Theo dõi kết quả giải quyết"), gettext_noop("Ghi chú"),
]  # fmt: skip
"""The twelve columns of Mẫu 03, TT 04/2021/TT-TTCP."""
FILING_HEADS = [
    gettext_noop("STT"), gettext_noop("Ngày nhận"), gettext_noop("Mã đơn"),
    gettext_noop("Người gửi - Địa chỉ"), gettext_noop("Hình thức"), gettext_noop("Nội dung"),
    gettext_noop("Loại đơn/Số người"), gettext_noop("Lĩnh vực"), gettext_noop("Thẩm quyền"),
    gettext_noop("Điều kiện xử lý"), gettext_noop("Hướng xử lý, cơ quan"),
    gettext_noop("Văn bản"), gettext_noop("Hạn, tình trạng"), gettext_noop("Vụ việc"),
]  # fmt: skip
AT_THE_COUNTER = (Channel.IN_PERSON, Channel.COMMUNE)
Cell = str | int | date


@dataclass(frozen=True)
class Register:
    """A register as shown, printed and exported: its heads and rows in the order of time."""

    heads: list[str]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class _Received:
    """Somebody was received: at the counter, or in a turn before the head."""

    at: datetime
    filing: Filing
    visit: Visit | None = None


def reception_register(agency: Agency, starts_on: date, ends_on: date) -> Register:
    """Sổ tiếp công dân (Mẫu 03): who came to the agency's counter, and whom its head received."""
    begin, end = begin_of(starts_on), end_of(ends_on)
    counter = _filed(agency, starts_on, ends_on).filter(channel__in=AT_THE_COUNTER)
    turns = _heard(agency).filter(
        sitting__reception__starts_at__gte=begin, sitting__reception__starts_at__lt=end
    )
    received = [_Received(one.received_at, one) for one in counter]
    received += [_Received(one.called_at, one.appointment.filing, one) for one in turns]
    received.sort(key=lambda row: row.at)
    rows = [[number, *_received(row)] for number, row in enumerate(received, 1)]
    return Register(RECEPTION_HEADS, rows)


def filing_register(agency: Agency, starts_on: date, ends_on: date) -> Register:
    """Sổ tiếp nhận, xử lý đơn: every filing taken in by the agency, with what became of it."""
    found = _filed(agency, starts_on, ends_on)
    rows = [[number, *_filing(one)] for number, one in enumerate(found, 1)]
    return Register(FILING_HEADS, rows)


def _filed(agency: Agency, starts_on: date, ends_on: date) -> QuerySet[Filing]:
    begin, end = begin_of(starts_on), end_of(ends_on)
    return (
        filings()
        .filter(received_at_agency=agency, received_at__gte=begin, received_at__lt=end)
        .order_by("received_at", "tracking_code")
    )


def _heard(agency: Agency) -> QuerySet[Visit]:
    return (
        Visit.objects.filter(
            sitting__reception__agency=agency, state__in=[VisitState.HEARD, VisitState.REFUSED]
        )
        .select_related(
            "sitting__reception",
            "appointment__filing__petitioner__commune",
            "appointment__filing__disposition__reply",
            "appointment__filing__matter",
            "appointment__booking__site",
            "result_notice__document",
        )
        .prefetch_related("appointment__filing__classifications")
    )


def _received(row: _Received) -> Iterator[Cell]:
    filing, disposition = row.filing, getattr(row.filing, "disposition", None)
    outcome = disposition.outcome if disposition else ""
    guided = {Outcome.GUIDED, Outcome.RETURNED, Outcome.NOT_ACCEPTED}
    yield clock.day_of(row.at)
    yield _who(filing)
    yield "" if filing.identity_protected else filing.petitioner.id_number
    yield filing.shown_subject
    yield _kind(filing)
    yield _settled_by(filing)
    yield "x" if outcome == Outcome.ACCEPTANCE else ""
    yield _where(disposition) if outcome in guided else ""
    yield _where(disposition) if outcome == Outcome.TRANSFERRED else ""
    yield _result(row)
    yield _note(row)


def _filing(filing: Filing) -> Iterator[Cell]:
    disposition = getattr(filing, "disposition", None)
    found = _classified(filing)
    yield clock.day_of(filing.received_at)
    yield filing.tracking_code
    yield _who(filing)
    yield filing.get_channel_display()
    yield filing.shown_subject
    yield _kind(filing)
    yield found.get_field_display() if found and found.field else ""
    yield _competence(filing)
    if found is None:
        yield ""
    else:
        yield "; ".join(found.missing_words) or "Đủ điều kiện"
    body = f": {disposition.to_body}" if disposition and disposition.to_body else ""
    yield f"{disposition.get_outcome_display()}{body}" if disposition else ""
    yield disposition.reply.number_text if disposition and disposition.reply else ""
    yield _standing(filing)
    yield filing.matter.code if filing.matter else ""


def _who(filing: Filing) -> str:
    return " - ".join(part for part in (filing.shown_name, filing.shown_address) if part)


def _kind(filing: Filing) -> str:
    found = _classified(filing)
    kind = found.get_kind_display() if found else "Chưa phân loại"
    return f"{kind}/{filing.headcount} người"


def _classified(filing: Filing) -> Classification | None:
    try:
        return latest_classification(filing)
    except LookupError:
        return None


def _competence(filing: Filing) -> str:
    found = _classified(filing)
    if found is None:
        return ""
    body = f": {found.competent_body}" if found.competent_body else ""
    return f"{found.get_competence_display()}{body}"


def _settled_by(filing: Filing) -> str:
    found = _classified(filing)
    if found is None or found.settled_before in {"", SettledBefore.NO}:
        return ""
    body = f" ({found.competent_body})" if found.competent_body else ""
    return f"{found.get_settled_before_display()}{body}"


def _where(disposition: Disposition | None) -> str:
    if disposition is None:
        return ""
    number = disposition.reply.number_text if disposition.reply else ""
    return ", ".join(part for part in (disposition.to_body, number) if part)


def _result(row: _Received) -> str:
    notice = getattr(row.visit, "result_notice", None) if row.visit else None
    if notice:
        return str(notice.document.number_text) or "Đang soạn thông báo"
    return _standing(row.filing) if row.visit is None else ""


def _note(row: _Received) -> str:
    if row.visit is None:
        return "Tiếp tại nơi nhận đơn"
    said = f"Lượt {row.visit.number}, {row.visit.appointment.booking.site.name}"
    return f"{said}; từ chối tiếp" if row.visit.state == VisitState.REFUSED else said


def _standing(filing: Filing) -> str:
    state = FilingState(filing.state)
    running = [one for one in filing.deadlines.all() if one.ended_on is None]
    due = min((one.due_on for one in running), default=None)
    return f"{state.label}, hạn {due:%d/%m/%Y}" if due else str(state.label)


REGISTERS: Mapping[str, tuple[str, str]] = {
    "tiep-cong-dan": (gettext_noop("Sổ tiếp công dân"), "Mẫu số 03, TT 04/2021/TT-TTCP"),
    "don": (gettext_noop("Sổ tiếp nhận, xử lý đơn"), "TT 05/2021/TT-TTCP"),
}


@override("vi")
def register_of(which: str, agency: Agency, starts_on: date, ends_on: date) -> Register:
    """The register by its short name, an official book: Vietnamese for every reader.

    Raises KeyError for an unknown name.
    """
    made = {"tiep-cong-dan": reception_register, "don": filing_register}[which]
    return made(agency, starts_on, ends_on)
