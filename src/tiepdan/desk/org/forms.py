"""The form of the official calendar."""

from django import forms

from tiepdan.desk.conduct import DeskForm


class DayOffForm(DeskForm):
    """One day that differs from the plain week; the same day again corrects it."""

    day = forms.DateField(
        label="Ngày",
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Ngày này không có trong lịch. Hãy ghi ngày/tháng/năm."},
    )
    works = forms.ChoiceField(
        label="Là",
        choices=[("no", "Ngày nghỉ"), ("yes", "Ngày làm bù")],
        widget=forms.RadioSelect,
        initial="no",
    )
    name = forms.CharField(label="Tên", max_length=120, help_text="Ví dụ: Nghỉ bù Quốc khánh.")
    source = forms.CharField(
        label="Nguồn", max_length=200, help_text="Số, ngày của văn bản: ai quyết định ngày này."
    )
