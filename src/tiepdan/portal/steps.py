"""A filing's way in words for the citizen: a sentence first, then the steps."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

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
        follows += " " + _("Chậm nhất %(day)s ông/bà sẽ được trả lời.") % {
            "day": long_day(stage.deadline)
        }
    if not stage.done:
        steps.append(Step(stage.next_step, mark="next"))
    return Tracked(stage.sentence, follows, steps)


def _past(filing: Filing) -> list[Step]:
    """What has happened, oldest first."""
    steps = [Step(_("Đã tiếp nhận đăng ký"), filing.received_at)]
    classification = filing.classifications.order_by("at").first()
    if classification:
        steps.append(Step(_("Đã phân loại, xem xét"), classification.at))
    disposition = getattr(filing, "disposition", None)
    if disposition:
        steps.append(Step(disposition.get_outcome_display(), disposition.at))
    decision = getattr(disposition, "decision", None)
    if decision:
        steps.append(
            Step(
                _("Chủ tịch: %(verdict)s") % {"verdict": decision.get_verdict_display().lower()},
                decision.at,
            )
        )
    return steps


def _with_place(appointment: Appointment, steps: list[Step]) -> Tracked:
    reception, site = appointment.reception, appointment.booking.site
    planned = next(row.planned_at for row in agenda(reception) if row.appointment == appointment)
    when = _("khoảng %(hour)s %(day)s") % {"hour": hour(planned), "day": long_day(planned)}
    place = f"{site.name}, {site.address}" if site.address else site.name
    steps.append(
        Step(
            _("Có lượt số %(order)d") % {"order": appointment.order}, reception.published_at, place
        )
    )
    visit = Visit.objects.filter(appointment=appointment).first()
    if visit is None or visit.state in {VisitState.CALLED, VisitState.HELD}:
        steps.append(Step(_("Chủ tịch tiếp"), mark="now", note=when))
        steps.append(Step(_("Thông báo kết quả bằng văn bản"), mark="next"))
        return Tracked(
            _("Ông/bà được Chủ tịch tiếp vào %(when)s, lượt số %(order)d, tại %(place)s.")
            % {"when": when, "order": appointment.order, "place": place},
            _("Xin đến sớm 30 phút, mang theo thẻ căn cước, giấy biên nhận và giấy tờ liên quan."),
            steps,
        )
    steps.append(Step(visit.get_state_display(), visit.ended_at or visit.called_at))
    notice = ResultNotice.objects.filter(visit=visit).select_related("document").first()
    if notice and notice.document.state == DocumentState.ISSUED:
        number = notice.document.number_text
        steps.append(
            Step(
                _("Đã ban hành thông báo số %(number)s") % {"number": number},
                notice.document.issued_at,
            )
        )
        return Tracked(
            _("Đã có kết quả: thông báo số %(number)s.") % {"number": number},
            _("Ông/bà nhận văn bản tại nơi đã đăng ký hoặc tại Ban Tiếp công dân tỉnh."),
            steps,
        )
    if visit.state != VisitState.HEARD:
        return Tracked(
            _("Buổi tiếp ngày %(day)s: %(state)s.")
            % {"day": long_day(reception.starts_at), "state": visit.get_state_display().lower()},
            _("Ông/bà cần biết thêm, xin gọi Ban Tiếp công dân tỉnh."),
            steps,
        )
    steps.append(Step(_("Thông báo kết quả bằng văn bản"), mark="next"))
    return Tracked(
        _("Chủ tịch đã tiếp ông/bà ngày %(day)s.") % {"day": long_day(reception.starts_at)},
        _("Ban Tiếp công dân đang soạn thông báo kết quả bằng văn bản."),
        steps,
    )
