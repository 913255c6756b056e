"""What is typed about the official calendar and the rules."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.common import clock
from tiepdan.desk.conduct import DeskForm
from tiepdan.org.rulebook import Rule, RulebookValue


class LineForm(DeskForm):
    """What a site's line takes, as its provider's contract or a measurement says."""

    up = forms.DecimalField(
        label=_("Đường lên (Mbit/s)"),
        min_value=Decimal("0.1"),
        max_value=10_000,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal"}),
    )
    down = forms.DecimalField(
        label=_("Đường xuống (Mbit/s)"),
        min_value=Decimal("0.1"),
        max_value=10_000,
        decimal_places=1,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal"}),
        help_text=_("Ghi theo hợp đồng hoặc theo lần kiểm tra máy gần nhất, số nhỏ hơn."),
    )


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


class RuleForm(DeskForm):
    """Another value for a rule that the law leaves open; its field follows from the rule."""

    valid_from = forms.DateField(
        label=_("Áp dụng từ ngày"),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Ngày này không có trong lịch. Hãy ghi ngày/tháng/năm.")},
    )
    reason = forms.CharField(
        label=_("Lý do, căn cứ"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ai quyết định, văn bản nào. Lý do được giữ lại, không xóa."),
    )

    def __init__(self, *args: Any, rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"value": _value_field(rule), **self.fields}
        self.fields["value"].label = _("Giá trị mới")
        self.fields["valid_from"].initial = clock.today()
        self.rule = rule

    @property
    def value(self) -> RulebookValue:
        """What was chosen, of the rule's type."""
        chosen: RulebookValue = self.cleaned_data["value"]
        return chosen == "yes" if isinstance(self.rule.value, bool) else chosen


def _value_field(rule: Rule) -> forms.Field:
    value = rule.value
    if isinstance(value, bool):
        pairs = [("yes", _("Có")), ("no", _("Không"))]
        initial = "yes" if value else "no"
        return forms.ChoiceField(choices=pairs, widget=forms.RadioSelect, initial=initial)
    if isinstance(value, int):
        return forms.IntegerField(min_value=1, max_value=rule.at_most, initial=value)
    if isinstance(value, list):
        return forms.MultipleChoiceField(
            choices=[(one, words) for one, words in rule.options.items()],
            widget=forms.CheckboxSelectMultiple,
            initial=value,
        )
    if rule.options:
        return forms.ChoiceField(
            choices=[(one, words) for one, words in rule.options.items()],
            widget=forms.RadioSelect,
            initial=value,
        )
    return forms.CharField(max_length=120, initial=value)
