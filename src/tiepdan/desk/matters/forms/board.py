"""What the board and the chairman type about a filing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.desk.conduct import DeskForm
from tiepdan.desk.matters.forms.counter import MANNERS, YES_NO
from tiepdan.desk.matters.forms.fields import ParagraphsField
from tiepdan.matters.states import FilingKind, OnlineGround, ReceptionForm, Verdict


class ClassifyForm(DeskForm):
    """What the filing is, by its content (phân loại)."""

    kind = forms.ChoiceField(
        label=_("Loại đơn, theo nội dung"), choices=FilingKind.choices, widget=forms.RadioSelect
    )
    in_competence = forms.ChoiceField(
        label=_("Thẩm quyền của Chủ tịch UBND tỉnh"),
        choices=[("yes", _("Thuộc thẩm quyền giải quyết hoặc chỉ đạo")), ("no", _("Không thuộc"))],
        widget=forms.RadioSelect,
    )
    online_ground = forms.ChoiceField(
        label=_("Căn cứ tiếp trực tuyến"),
        choices=[("", _("Không tiếp trực tuyến")), *OnlineGround.choices],
        required=False,
        help_text=_("Quy chế kèm theo QĐ 748/QĐ-TTCP, Điều 4."),
    )
    summary = forms.CharField(
        label=_("Tóm tắt vụ việc"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Ba dòng để Chủ tịch đọc trước khi duyệt."),
    )


class ProposeForm(DeskForm):
    """Propose that the chairman receives the citizen, and in which form."""

    FIELD_OF_RULE = {"online_needs_consent": "form", "denunciation_online": "form"}

    form = forms.ChoiceField(
        label=_("Hình thức tiếp"), choices=ReceptionForm.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Lý do đề xuất"), widget=forms.Textarea({"rows": 3}))


class DeclineForm(DeskForm):
    """Not proposed: the reasons and what the citizen can do, as they will stand in the letter."""

    FIELD_OF_RULE = {"reasoned_reply": "reasons"}

    reasons = ParagraphsField(
        label=_("Vì sao không đề xuất"), help_text=_("Mỗi dòng là một đoạn trong văn bản trả lời.")
    )
    guidance = ParagraphsField(
        label=_("Hướng dẫn công dân"), help_text=_("Công dân nên làm gì, gửi đến đâu.")
    )


class DecideForm(DeskForm):
    """The chairman's word; a no needs its reason."""

    FIELD_OF_RULE = {"reasoned_reply": "reason"}

    verdict = forms.ChoiceField(choices=Verdict.choices, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Lý do không đồng ý"), required=False, widget=forms.Textarea({"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        """A no without a reason is asked again, beside the field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("verdict") == Verdict.REFUSED and not data.get("reason"):
            self.add_error("reason", _("Hãy ghi lý do: công dân có quyền biết vì sao."))
        return data


class ReasonForm(DeskForm):
    """A reason in words, for withdrawals and cancellations."""

    reason = forms.CharField(label=_("Lý do"), widget=forms.Textarea({"rows": 3}))


class ConsentForm(DeskForm):
    """The citizen changes their mind about the online form."""

    consent = forms.ChoiceField(
        label=_("Ý kiến mới của công dân"), choices=YES_NO, widget=forms.RadioSelect
    )
    manner = forms.ChoiceField(label=_("Công dân nêu ý kiến này bằng cách"), choices=MANNERS)
