"""What an official writes down of a telephone call or an e-mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.desk.conduct import DeskForm
from tiepdan.matters.fields import checked
from tiepdan.matters.rules import validate_name, validate_phone
from tiepdan.matters.states import LeadChannel

LONGEST = 4000
"""Letters of a note."""


class LeadForm(DeskForm):
    """Who asked, how to reach them, about what, and what they were told."""

    channel = forms.ChoiceField(
        label=_("Hỏi bằng cách nào"),
        choices=LeadChannel.choices,
        widget=forms.RadioSelect,
        initial=LeadChannel.TELEPHONE,
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=24,
        required=False,
        widget=forms.TextInput({"type": "tel"}),
    )
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    about = forms.CharField(
        label=_("Hỏi về việc gì"), max_length=LONGEST, widget=forms.Textarea({"rows": 3})
    )
    guidance = forms.CharField(
        label=_("Đã hướng dẫn"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 9}),
        help_text=_("Đọc cho người gọi nghe, hoặc chép vào thư trả lời; sửa cho đúng việc."),
    )

    def clean_full_name(self) -> str:
        """The name with single spaces."""
        return checked(lambda: validate_name(self.cleaned_data["full_name"]))

    def clean_phone(self) -> str:
        """The number as digits, or nothing."""
        return checked(lambda: validate_phone(self.cleaned_data["phone"]))

    def details(self) -> dict[str, Any]:
        """What `record_lead` takes of it."""
        names = ["channel", "full_name", "phone", "email", "about", "guidance"]
        return {name: self.cleaned_data[name] for name in names}


class FilingCodeForm(DeskForm):
    """The filing that came of a lead."""

    FIELD_OF_RULE = {"linked": "code"}
    code = forms.CharField(label=_("Mã tra cứu của đơn"), max_length=20)
