"""The pages of registering online: what each asks, checked by the rules of the counter."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.common import clock
from tiepdan.matters.fields import CommuneField, ScansField, checked
from tiepdan.matters.rules import (
    check_far_address,
    validate_birth_year,
    validate_id_number,
    validate_name,
    validate_phone,
)
from tiepdan.matters.states import Need
from tiepdan.org import rulebook

DENUNCIATION = "denunciation"
LONGEST_STORY = 20_000
WHAT = [
    ("complaint", _("Khiếu nại: tôi không đồng ý với một quyết định hoặc việc làm của cơ quan")),
    ("request", _("Kiến nghị, phản ánh: tôi đề nghị hoặc báo tin về một việc")),
    (DENUNCIATION, _("Tố cáo: tôi báo rằng có người làm sai pháp luật")),
    ("unsure", _("Tôi chưa rõ là loại nào")),
]
YES_NO = [
    ("yes", _("Đồng ý gặp qua màn hình, tại xã, phường")),
    ("no", _("Không, tôi muốn về Trụ sở Tiếp công dân gặp trực tiếp")),
]
NUMBER = {"inputmode": "numeric"}


class PageForm(forms.Form):
    """One page; `sender` is whose uploaded files it may name."""

    use_required_attribute = False

    def __init__(self, *args: Any, sender: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.sender = sender
        for name, one in self.fields.items():
            one.error_messages["required"] = _("Hãy trả lời: {label}").format(
                label=one.label or name
            )


class WhatForm(PageForm):
    """Asked first, so that nobody denounces here."""

    what = forms.ChoiceField(
        label=_("Việc của ông/bà là gì"), choices=WHAT, widget=forms.RadioSelect
    )


class StoryForm(PageForm):
    """What it is about."""

    subject = forms.CharField(
        label=_("Việc gì, trong một câu"),
        max_length=250,
        help_text=_("Ví dụ: đền bù đất làm đường."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    content = forms.CharField(
        label=_("Kể lại sự việc"),
        max_length=LONGEST_STORY,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("Việc xảy ra khi nào, ở đâu; cơ quan nào đã giải quyết, kết quả ra sao."),
    )
    request = forms.CharField(
        label=_("Ông/bà mong muốn điều gì"),
        max_length=LONGEST_STORY,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )


class PersonForm(PageForm):
    """Who asks: identification information is a duty (Luật 136/2025/QH15)."""

    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    id_number = forms.CharField(
        label=_("Số căn cước (CCCD)"),
        max_length=20,
        help_text=_("12 chữ số trên thẻ căn cước."),
        widget=forms.TextInput({"autocomplete": "off", **NUMBER}),
    )
    birth_year = forms.IntegerField(
        label=_("Năm sinh"),
        error_messages={"invalid": _("Năm sinh chỉ gồm 4 chữ số, ví dụ 1958.")},
        widget=forms.TextInput({"autocomplete": "bday-year", "maxlength": 4, **NUMBER}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed = rulebook.flag("identification_needed", clock.today())
        self.fields["id_number"].required = self.fields["birth_year"].required = needed

    def clean_full_name(self) -> str:
        """The name with single spaces."""
        return checked(lambda: validate_name(self.cleaned_data["full_name"]))

    def clean_id_number(self) -> str:
        """The number as twelve digits, or nothing where it is not needed."""
        number = self.cleaned_data["id_number"]
        return checked(lambda: validate_id_number(number)) if number else ""

    def clean_birth_year(self) -> int | None:
        """A year in which somebody alive may be born."""
        year = self.cleaned_data["birth_year"]
        return checked(lambda: validate_birth_year(year, clock.today().year))


class HomeForm(PageForm):
    """Where to find the citizen."""

    commune = CommuneField(label=_("Xã, phường nơi ở, hoặc tỉnh khác"))
    address = forms.CharField(
        label=_("Thôn, khối phố, số nhà"),
        max_length=250,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    phone = forms.CharField(
        label=_("Số điện thoại"),
        max_length=24,
        required=False,
        help_text=_("Để cán bộ báo lịch hoặc hỏi thêm."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        """The number as digits, or nothing."""
        return checked(lambda: validate_phone(self.cleaned_data["phone"]))

    def clean_address(self) -> str:
        """With the commune, for who lives in another province."""
        address, unit = str(self.cleaned_data["address"]), self.cleaned_data.get("commune")
        if unit and unit.is_province:
            checked(lambda: check_far_address(address))
        return address


class ConsentForm(PageForm):
    """Yes or no to the online form; both are the citizen's right."""

    consent = forms.ChoiceField(
        label=_("Ông/bà có đồng ý gặp Chủ tịch qua màn hình không"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_(
            "Ông/bà đến Ủy ban nhân dân xã, phường và gặp Chủ tịch qua màn hình. Buổi tiếp được "
            "ghi hình. Đồng ý hay không là quyền của ông/bà, và đổi ý được cho đến khi bắt đầu "
            "lượt của mình."
        ),
    )


class NeedsForm(PageForm):
    """How many come, and what they need to be heard."""

    headcount = forms.IntegerField(
        label=_("Bao nhiêu người cùng đến, kể cả ông/bà"),
        min_value=1,
        max_value=999,
        initial=1,
        widget=forms.TextInput({"maxlength": 3, **NUMBER}),
        error_messages={
            "invalid": _("Số người phải là một con số."),
            "min_value": _("Phải có ít nhất một người."),
            "max_value": _("Nhiều nhất 999 người."),
        },
    )
    needs = forms.MultipleChoiceField(
        label=_("Ông/bà cần hỗ trợ gì khi đến gặp"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.CharField(
        label=_("Nếu cần phiên dịch: tiếng gì"),
        max_length=60,
        required=False,
        help_text=_("Ví dụ: tiếng Tày, tiếng Nùng, tiếng Dao."),
    )


class PapersForm(PageForm):
    """Photographs and papers."""

    attachments = ScansField(label=_("Ảnh chụp giấy tờ về sự việc"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scans: Any = self.fields["attachments"]
        scans.sent_by(self.sender)
