"""What the board and the chairman type about a filing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.desk.conduct import DeskForm
from tiepdan.desk.matters.forms.counter import MANNERS, YES_NO
from tiepdan.desk.matters.forms.fields import ParagraphsField
from tiepdan.matters.actions import Findings
from tiepdan.matters.states import (
    Competence,
    ExtraordinaryGround,
    FilingKind,
    MissingCondition,
    OnlineGround,
    Outcome,
    ReceptionForm,
    RefusalGround,
    SettledBefore,
    SubjectField,
    Verdict,
)
from tiepdan.org.queries import assignable_agencies


class ClassifyForm(DeskForm):
    """What the filing is, by its content (phân loại)."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=_("Loại đơn, theo nội dung"), choices=FilingKind.choices, widget=forms.RadioSelect
    )
    field = forms.ChoiceField(
        label=_("Lĩnh vực"),
        choices=[("", _("Chưa rõ")), *SubjectField.choices],
        required=False,
        help_text=_("Theo cột của biểu 02/XLD đến 04/XLD."),
    )
    competence = forms.ChoiceField(
        label=_("Thẩm quyền giải quyết"), choices=Competence.choices, widget=forms.RadioSelect
    )
    competent_body = forms.CharField(
        label=_("Cơ quan có thẩm quyền"),
        max_length=200,
        required=False,
        help_text=_("Ghi tên cơ quan khi không thuộc thẩm quyền của Chủ tịch."),
    )
    missing_conditions = forms.MultipleChoiceField(
        label=_("Đơn còn thiếu điều kiện nào"),
        choices=MissingCondition.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "TT 05/2021/TT-TTCP, Điều 6 khoản 2. Không chọn mục nào: đơn đủ điều kiện xử lý."
        ),
    )
    settled_before = forms.ChoiceField(
        label=_("Đã được giải quyết đến đâu"),
        choices=SettledBefore.choices,
        initial=SettledBefore.NO,
    )
    online_ground = forms.ChoiceField(
        label=_("Căn cứ tiếp trực tuyến"),
        choices=[("", _("Không tiếp trực tuyến")), *OnlineGround.choices],
        required=False,
        help_text=_("Quy chế kèm theo QĐ 748/QĐ-TTCP, Điều 4."),
    )
    extraordinary_ground = forms.ChoiceField(
        label=_("Căn cứ tiếp đột xuất"),
        choices=[("", _("Không tiếp đột xuất")), *ExtraordinaryGround.choices],
        required=False,
        help_text=_("Luật Tiếp công dân, Điều 18 khoản 3: chỉ có hai căn cứ."),
    )
    summary = forms.CharField(
        label=_("Tóm tắt vụ việc"),
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Ba dòng để Chủ tịch đọc trước khi duyệt."),
    )

    def findings(self) -> Findings:
        """What was found besides kind, ground and summary."""
        data = self.cleaned_data
        return Findings(
            competence=Competence(data["competence"]),
            competent_body=data["competent_body"],
            field=data["field"],
            missing_conditions=data["missing_conditions"],
            settled_before=data["settled_before"],
            extraordinary_ground=data["extraordinary_ground"],
        )


class HandleForm(DeskForm):
    """One of the law's outcomes, with the words of its paper."""

    FIELD_OF_RULE = {"outcome": "reasons", "evidence": "decision"}

    reasons = ParagraphsField(
        label=_("Lý do"), help_text=_("Mỗi dòng là một đoạn trong văn bản gửi đi.")
    )
    to_agency = forms.ModelChoiceField(
        label=_("Cơ quan có thẩm quyền"),
        queryset=assignable_agencies(),
        required=False,
        empty_label=_("Cơ quan khác (ghi ở dòng dưới)"),
    )
    to_body = forms.CharField(label=_("Tên cơ quan khác"), max_length=200, required=False)
    sender = forms.CharField(
        label=_("Cơ quan đã chuyển đơn đến"),
        max_length=200,
        required=False,
        help_text=_("Ghi khi trả lại đơn chuyển không đúng thẩm quyền; công văn gửi cơ quan này."),
    )
    guidance = ParagraphsField(
        label=_("Hướng dẫn công dân"),
        required=False,
        help_text=_("Công dân nên làm gì, gửi đến đâu."),
    )
    papers = ParagraphsField(
        label=_("Giấy tờ gửi kèm, trả lại"), required=False, help_text=_("Mỗi dòng một giấy tờ.")
    )
    decision = forms.CharField(label=_("Quyết định giải quyết (số, ngày)"), max_length=200)
    notice = forms.CharField(
        label=_("Thông báo kết quả kiểm tra, rà soát (số, ngày)"), max_length=200
    )
    reception = forms.CharField(
        label=_("Lần đã tiếp, giải thích trước đó (ngày, nơi tiếp)"), max_length=200
    )

    def __init__(self, *args: Any, outcome: Outcome, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() - {"submission_key", "reasons"} - ASKED[outcome]:
            del self.fields[name]


ASKED: Mapping[Outcome, frozenset[str]] = {
    Outcome.ACCEPTANCE: frozenset(),
    Outcome.GUIDED: frozenset({"to_agency", "to_body", "guidance", "papers"}),
    Outcome.TRANSFERRED: frozenset({"to_agency", "to_body", "papers"}),
    Outcome.RETURNED: frozenset({"to_agency", "to_body", "sender", "guidance", "papers"}),
    Outcome.SHELVED: frozenset(),
    Outcome.REFUSED: frozenset({"decision", "notice", "reception"}),
    Outcome.NOT_ACCEPTED: frozenset({"guidance"}),
}
"""What the page of an outcome asks besides the reasons."""


class ProposeForm(DeskForm):
    """Propose that the chairman receives the citizen, and in which form."""

    FIELD_OF_RULE = {
        "online_needs_consent": "form",
        "denunciation_online": "form",
        "online_ground": "form",
    }

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


class RefuseForm(ReasonForm):
    """Not received this time: by which ground, and why."""

    ground = forms.ChoiceField(
        label=_("Căn cứ (Luật Tiếp công dân, Điều 9)"),
        choices=[one for one in RefusalGround.choices if one[0] != RefusalGround.SETTLED],
        widget=forms.RadioSelect,
        help_text=_("Khoản 3 chỉ do người đứng đầu quyết định, ở mục xử lý đơn."),
    )
    field_order: tuple[str, ...] = ("ground", "reason")


class TurnAwayForm(RefuseForm):
    """Somebody of whom there is no filing: who it is, and what they came for."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    address = forms.CharField(label=_("Địa chỉ"), max_length=250, required=False)
    subject = forms.CharField(
        label=_("Đến về việc gì, trong một câu"),
        max_length=250,
        help_text=_("Nếu người đến tố cáo ai, không ghi ở đây: tiếp nhận tố cáo bằng số."),
    )
    field_order = ("full_name", "address", "subject", "ground", "reason")


class NotAcceptForm(DeskForm):
    """The head does not take it up: the reasons, as they will stand in the notice."""

    reasons = ParagraphsField(
        label=_("Vì sao không thụ lý"), help_text=_("Mỗi dòng là một đoạn trong thông báo.")
    )


class AcceptForm(DeskForm):
    """The head takes it up; who settles it, and what lengthens the time."""

    responsible = forms.ModelChoiceField(
        label=_("Giao cơ quan giải quyết"), queryset=assignable_agencies(), empty_label=_("Chọn")
    )
    remote = forms.BooleanField(
        label=_("Vùng sâu, vùng xa đi lại khó khăn"),
        required=False,
        help_text=_("Luật Khiếu nại, Điều 28 và 37: thời hạn dài hơn."),
    )
    is_complex = forms.BooleanField(label=_("Vụ việc phức tạp"), required=False)


class ExtensionForm(ReasonForm):
    """More time, in the unit of the limit."""

    amount = forms.IntegerField(
        label=_("Thêm bao nhiêu ngày"),
        min_value=1,
        max_value=365,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
    )


class ConsentForm(DeskForm):
    """The citizen changes their mind about the online form."""

    consent = forms.ChoiceField(
        label=_("Ý kiến mới của công dân"), choices=YES_NO, widget=forms.RadioSelect
    )
    manner = forms.ChoiceField(label=_("Công dân nêu ý kiến này bằng cách"), choices=MANNERS)
