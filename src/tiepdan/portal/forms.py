"""The look-up form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TrackForm(forms.Form):
    """Code and check digits of a receipt."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Mã tra cứu"),
        max_length=24,
        help_text=_("Ghi trên giấy biên nhận, ví dụ LS-7K2M-Q4XD."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Hãy nhập mã tra cứu ghi trên giấy biên nhận.")},
    )
    digits = forms.RegexField(
        label=_("Mã kiểm tra"),
        regex=r"^\s*(\d\s*){6}$",
        help_text=_("6 chữ số, ghi ngay sau mã tra cứu."),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "size": 8}),
        error_messages={
            "required": _("Hãy nhập mã kiểm tra gồm 6 chữ số."),
            "invalid": _("Mã kiểm tra gồm đúng 6 chữ số."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""

    def clean_digits(self) -> str:
        """Without spaces."""
        return "".join(self.cleaned_data["digits"].split())
