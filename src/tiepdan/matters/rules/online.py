"""What may be received online; pure."""

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.states import FilingKind, ReceptionForm


def may_be_online(
    kind: FilingKind, *, consent: bool, denunciation_allowed: bool, consent_needed: bool = True
) -> RuleRefusedError | None:
    """Why a filing may not be received online, or None when it may.

    Complaints, recommendations and feedback only (QĐ 748/QĐ-TTCP, Điều 4), and only when the
    citizen agrees (QĐ 2193/QĐ-UBND, mục III.2.1).
    """
    if kind == FilingKind.DENUNCIATION and not denunciation_allowed:
        return RuleRefusedError(
            "denunciation_online",
            "Tố cáo không được tiếp theo hình thức trực tuyến, để giữ bí mật người tố cáo.",
            "QĐ 748/QĐ-TTCP, Điều 4",
        )
    if consent_needed and not consent:
        return RuleRefusedError(
            "online_needs_consent",
            "Công dân chưa đồng ý tiếp trực tuyến. Hãy ghi nhận sự đồng ý trước, hoặc đề xuất "
            "tiếp trực tiếp.",
            "QĐ 2193/QĐ-UBND, mục III.2.1",
        )
    return None


def form_in_force(proposed: ReceptionForm, *, consent: bool) -> ReceptionForm:
    """The form a citizen is received in now: consent may be taken back until the turn starts."""
    return proposed if consent else ReceptionForm.IN_PERSON
