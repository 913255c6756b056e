"""The form of the official calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.desk.conduct import DeskForm


class DayOffForm(DeskForm):
    """One day that differs from the plain week; the same day again corrects it."""

    day = forms.DateField(
        label=_("Ngày"),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Ngày này không có trong lịch. Hãy ghi ngày/tháng/năm.")},
    )
    works = forms.ChoiceField(
        label=_("Là"),
        choices=[("no", _("Ngày nghỉ")), ("yes", _("Ngày làm bù"))],
        widget=forms.RadioSelect,
        initial="no",
    )
    name = forms.CharField(
        label=_("Tên"), max_length=120, help_text=_("Ví dụ: Nghỉ bù Quốc khánh.")
    )
    source = forms.CharField(
        label=_("Nguồn"),
        max_length=200,
        help_text=_("Số, ngày của văn bản: ai quyết định ngày này."),
    )
