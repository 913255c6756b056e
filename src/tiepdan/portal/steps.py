"""A filing's way in words for the citizen: a sentence first, then the steps."""

from dataclasses import dataclass
from datetime import datetime

from tiepdan.common.templatetags.vietnamese import hour, long_day
from tiepdan.documents.states import DocumentState
from tiepdan.followup.models import ResultNotice
from tiepdan.matters.models import Filing
from tiepdan.matters.queries import stage_of
from tiepdan.scheduling.models import Appointment
from tiepdan.scheduling.queries import agenda, appointment_of
from tiepdan.scheduling.states import ReceptionState
from tiepdan.sittings.models import Visit
from tiepdan.sittings.states import VisitState


@dataclass(frozen=True)
class Step:
    """One step; `mark` is a CSS class: empty for done, `now`, `next`."""

    name: str
    at: datetime | None = None
    note: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Tracked:
    """What the look-up shows: the sentence, what follows, by when, the steps."""

    sentence: str
    follows: str
    steps: list[Step]


def tracked(filing: Filing) -> Tracked:
    """Where the filing stands, for the citizen who holds its receipt; newest stage decides."""
    steps = _past(filing)
    appointment = appointment_of(filing)
    published = appointment and appointment.reception.state == ReceptionState.PUBLISHED
    if appointment and published:
        return _with_place(appointment, steps)
    stage = stage_of(filing)
    follows = stage.next_step
    if stage.deadline:
        follows += f" Chậm nhất {long_day(stage.deadline)} ông/bà sẽ được trả lời."
    if not stage.done:
        steps.append(Step(stage.next_step, mark="next"))
    return Tracked(stage.sentence, follows, steps)


def _past(filing: Filing) -> list[Step]:
    """What has happened, oldest first."""
    steps = [Step("Đã tiếp nhận đăng ký", filing.received_at)]
    classification = filing.classifications.order_by("at").first()
    if classification:
        steps.append(Step("Đã phân loại, xem xét", classification.at))
    disposition = getattr(filing, "disposition", None)
    if disposition:
        steps.append(Step(disposition.get_outcome_display(), disposition.at))
    decision = getattr(disposition, "decision", None)
    if decision:
        steps.append(Step(f"Chủ tịch: {decision.get_verdict_display().lower()}", decision.at))
    return steps


def _with_place(appointment: Appointment, steps: list[Step]) -> Tracked:
    reception, site = appointment.reception, appointment.booking.site
    planned = next(row.planned_at for row in agenda(reception) if row.appointment == appointment)
    when = f"khoảng {hour(planned)} {long_day(planned)}"
    place = f"{site.name}, {site.address}" if site.address else site.name
    steps.append(Step(f"Có lượt số {appointment.order}", reception.published_at, place))
    visit = Visit.objects.filter(appointment=appointment).first()
    if visit is None or visit.state == VisitState.CALLED:
        steps.append(Step("Chủ tịch tiếp", mark="now", note=when))
        steps.append(Step("Thông báo kết quả bằng văn bản", mark="next"))
        return Tracked(
            f"Ông/bà được Chủ tịch tiếp vào {when}, lượt số {appointment.order}, tại {place}.",
            "Xin đến sớm 30 phút, mang theo thẻ căn cước, giấy biên nhận và giấy tờ liên quan.",
            steps,
        )
    steps.append(Step(visit.get_state_display(), visit.ended_at or visit.called_at))
    notice = ResultNotice.objects.filter(visit=visit).select_related("document").first()
    if notice and notice.document.state == DocumentState.ISSUED:
        number = notice.document.number_text
        steps.append(Step(f"Đã ban hành thông báo số {number}", notice.document.issued_at))
        return Tracked(
            f"Đã có kết quả: thông báo số {number}.",
            "Ông/bà nhận văn bản tại nơi đã đăng ký hoặc tại Ban Tiếp công dân tỉnh.",
            steps,
        )
    if visit.state != VisitState.HEARD:
        return Tracked(
            f"Buổi tiếp ngày {long_day(reception.starts_at)}: {visit.get_state_display().lower()}.",
            "Ông/bà cần biết thêm, xin gọi Ban Tiếp công dân tỉnh.",
            steps,
        )
    steps.append(Step("Thông báo kết quả bằng văn bản", mark="next"))
    return Tracked(
        f"Chủ tịch đã tiếp ông/bà ngày {long_day(reception.starts_at)}.",
        "Ban Tiếp công dân đang soạn thông báo kết quả bằng văn bản.",
        steps,
    )
