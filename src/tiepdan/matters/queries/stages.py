"""Where a filing stands, in the words a citizen reads."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from tiepdan.common import clock
from tiepdan.matters.models import Filing
from tiepdan.matters.states import DeadlineKind, FilingState, Outcome, Verdict
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
