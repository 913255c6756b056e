"""Where a filing stands, in the words a citizen reads."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tiepdan.common import clock
from tiepdan.matters.models import Filing
from tiepdan.matters.queries.limits import SETTLING
from tiepdan.matters.states import DeadlineKind, FilingState, NoticeKind, Outcome, Verdict
from tiepdan.org import rulebook
from tiepdan.org.queries import calendar


@dataclass(frozen=True)
class Stage:
    """A step on the citizen's way: a short name, a sentence, what follows, until when at latest.

    `code` is stable for templates; `deadline` is None when no time is set; `done` ends the way
    as far as this app knows (an approved filing goes on in scheduling).
    """

    code: str
    name: str
    sentence: str
    next_step: str
    deadline: date | None = None
    done: bool = False


def stage_of(filing: Filing) -> Stage:
    """The filing's stage from its own rows only; dates in Vietnam's time."""
    if filing.state == FilingState.WITHDRAWN:
        return Stage("withdrawn", _("Đã rút"), _("Ông/bà đã rút đề nghị này."), "", done=True)
    if filing.state == FilingState.DISPOSED:
        return _after_disposition(filing)
    received = f"{clock.day_of(filing.received_at):%d/%m/%Y}"
    sentence = _("Đề nghị của ông/bà đã được tiếp nhận ngày {received}.").format(received=received)
    if filing.state == FilingState.RECEIVED:
        return Stage(
            "received", _("Đã tiếp nhận"), sentence,
            _("Ban Tiếp công dân xem xét, phân loại."), reply_due(filing),
        )  # fmt: skip
    return Stage(
        "classified", _("Đang xem xét"), f"{sentence} {_('Ban Tiếp công dân đang xem xét.')}",
        _(
            "Ban Tiếp công dân đề xuất Chủ tịch tiếp, hoặc trả lời ông/bà bằng văn bản, nêu rõ "
            "lý do."
        ),
        reply_due(filing),
    )  # fmt: skip


def reply_due(filing: Filing) -> date:
    """The last day for proposing the filing or answering it (`reasoned_reply_within`)."""
    running = [one for one in filing.deadlines.all() if one.kind == DeadlineKind.REPLY]
    if running:
        return max(one.due_on for one in running)
    received = clock.day_of(filing.received_at)
    return calendar().add(received, rulebook.number("reasoned_reply_within", received))


def reply_stands_still(filing: Filing) -> bool:
    """Whether the time for proposing or answering is suspended: no clock runs then."""
    limits = filing.deadlines.all()
    return any(one.kind == DeadlineKind.REPLY and one.suspended_on is not None for one in limits)


def _after_disposition(filing: Filing) -> Stage:
    disposition = filing.disposition
    if disposition.outcome == Outcome.DECLINED:
        return _answered("declined", _("Đã trả lời"), filing)
    if disposition.outcome == Outcome.ACCEPTANCE:
        return _taken_up(filing)
    if disposition.outcome != Outcome.PROPOSED:
        return _handled(filing, Outcome(disposition.outcome))
    decision = getattr(disposition, "decision", None)
    if decision is None:
        return Stage(
            "proposed", _("Đã đề xuất"),
            _("Ban Tiếp công dân đã đề xuất Chủ tịch Ủy ban nhân dân tỉnh tiếp ông/bà."),
            _("Chủ tịch xem xét, quyết định."),
        )  # fmt: skip
    if decision.verdict == Verdict.REFUSED:
        return _answered("refused", _("Không được tiếp"), filing)
    return Stage(
        "approved", _("Chủ tịch đồng ý tiếp"),
        _("Chủ tịch Ủy ban nhân dân tỉnh đồng ý tiếp ông/bà."),
        _("Ông/bà sẽ nhận phiếu hẹn ghi ngày, giờ và nơi tiếp."),
    )  # fmt: skip


def _taken_up(filing: Filing) -> Stage:
    """Proposed for settling; taken up once the time for settling was started."""
    limits = [one for one in filing.deadlines.all() if one.kind in SETTLING]
    if not limits and (refused := _not_taken_up(filing)):
        return refused
    if not limits:
        return Stage(
            "acceptance", _("Đã đề xuất thụ lý"),
            _("Ban Tiếp công dân đã đề xuất thụ lý đơn của ông/bà để giải quyết."),
            _("Người đứng đầu xem xét, thông báo cho ông/bà về việc thụ lý."),
        )  # fmt: skip
    running = [one.due_on for one in limits if not one.ended_on and not one.suspended_on]
    return Stage(
        "taken_up", _("Đã thụ lý"), _("Đơn của ông/bà đã được thụ lý để giải quyết."),
        _("Cơ quan được giao xác minh, giải quyết và trả lời ông/bà bằng văn bản."),
        max(running, default=None),
    )  # fmt: skip


def _not_taken_up(filing: Filing) -> Stage | None:
    """The head's no to settling it, told in writing; None when there is none."""
    told = next((one for one in filing.notices.all() if one.kind == NoticeKind.NOT_ACCEPTED), None)
    if told is None:
        return None
    sentence = _("Đơn của ông/bà không được thụ lý, theo thông báo số {number} nêu rõ lý do.")
    return Stage(
        "not_accepted", _("Không thụ lý"), sentence.format(number=told.paper.number_text),
        _("Không đồng ý, ông/bà có quyền khiếu nại hoặc khởi kiện theo quy định của pháp luật."),
        done=True,
    )  # fmt: skip


def _handled(filing: Filing, outcome: Outcome) -> Stage:
    """What was done with it instead, and what the citizen can do next."""
    disposition = filing.disposition
    number = disposition.reply.number_text if disposition.reply else ""
    body = disposition.to_body
    sender = disposition.evidence.get("sender", "")
    is_split = outcome == Outcome.SPLIT
    parts = ", ".join(filing.parts.values_list("tracking_code", flat=True)) if is_split else ""
    sentence, follows = _words_of(outcome, body, sender)
    return Stage(
        outcome.value,
        str(outcome.label),
        sentence.format(number=number, body=body, sender=sender, parts=parts),
        follows.format(number=number, body=body, sender=sender),
        done=True,
    )


def _words_of(outcome: Outcome, body: str, sender: str) -> tuple[str, str]:
    """What is said of an outcome and what follows from it, with room for numbers and names."""
    return {
        Outcome.GUIDED: (
            _("Ban Tiếp công dân đã hướng dẫn ông/bà bằng văn bản số {number}."),
            _("Ông/bà gửi đơn, kèm giấy tờ, đến {body}.")
            if body
            else _("Ông/bà làm theo văn bản hướng dẫn; đủ điều kiện thì nộp lại đơn."),
        ),
        Outcome.TRANSFERRED: (
            _("Đơn của ông/bà đã được chuyển đến {body}, phiếu chuyển số {number}."),
            _("{body} xem xét, trả lời ông/bà; ông/bà liên hệ cơ quan này để biết kết quả."),
        ),
        Outcome.RETURNED: (
            _("Đơn của ông/bà được trả lại {sender}, kèm văn bản số {number} nêu rõ lý do.")
            if sender
            else _("Đơn của ông/bà được trả lại, kèm văn bản số {number} nêu rõ lý do."),
            _("Ông/bà liên hệ {sender}, nơi đã chuyển đơn.")
            if sender
            else _("Ông/bà nhận lại đơn, giấy tờ; cơ quan có thẩm quyền là {body}.")
            if body
            else _("Ông/bà nhận lại đơn, giấy tờ tại nơi đã nộp và làm theo văn bản đó."),
        ),
        Outcome.SHELVED: (
            _("Đơn của ông/bà được lưu: chưa đủ điều kiện xử lý, hoặc nội dung đã được xử lý."),
            _("Ông/bà hỏi Ban Tiếp công dân về lý do; bổ sung đủ thì nộp đơn mới."),
        ),
        Outcome.REFUSED: (
            _("Vụ việc của ông/bà bị từ chối tiếp, theo thông báo số {number} nêu rõ căn cứ."),
            _("Ông/bà nhận thông báo tại nơi đã đăng ký hoặc tại Ban Tiếp công dân tỉnh."),
        ),
        Outcome.NOT_ACCEPTED: (
            _("Đơn của ông/bà không được thụ lý, theo thông báo số {number} nêu rõ lý do."),
            _("Ông/bà bổ sung điều còn thiếu rồi nộp lại đơn, hoặc làm theo thông báo đó."),
        ),
        Outcome.SPLIT: (
            _("Đơn của ông/bà có nhiều nội dung, đã được tách thành các đơn: {parts}."),
            _("Mỗi đơn được xử lý riêng; tra cứu bằng mã của từng đơn và mã kiểm tra cũ."),
        ),
    }[outcome]


def _answered(code: str, name: str, filing: Filing) -> Stage:
    reply = filing.disposition.reply
    number = _(" số {number}").format(number=reply.number_text) if reply else ""
    return Stage(
        code,
        name,
        _("Đề nghị của ông/bà đã được trả lời bằng văn bản{number}, nêu rõ lý do.").format(
            number=number
        ),
        _("Ông/bà nhận văn bản tại nơi đã đăng ký hoặc tại Ban Tiếp công dân tỉnh."),
        done=True,
    )
