"""Forms of follow-up: what a body reports, why it is sent back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.desk.conduct import DeskForm


class AnswerForm(DeskForm):
    """What the body did about its task (báo cáo kết quả)."""

    FIELD_OF_RULE = {"text_missing": "text"}

    text = forms.CharField(
        label=_("Kết quả thực hiện"),
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Đã làm gì, số và ngày của văn bản, công dân đã được trả lời thế nào."),
    )


class ReturnForm(DeskForm):
    """Why the report does not do."""

    FIELD_OF_RULE = {"text_missing": "reason"}

    reason = forms.CharField(label=_("Cần làm thêm điều gì"), widget=forms.Textarea({"rows": 4}))
