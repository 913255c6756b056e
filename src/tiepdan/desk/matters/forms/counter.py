"""What an official types at the counter."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.accounts.models import User
from tiepdan.common import clock
from tiepdan.desk.conduct import DeskForm
from tiepdan.desk.guards import agencies_of
from tiepdan.desk.matters.forms.fields import BirthField
from tiepdan.matters.actions import PersonDetails
from tiepdan.matters.fields import CommuneField, ScansField, checked, chosen_again
from tiepdan.matters.resumable import owner_of
from tiepdan.matters.rules import (
    validate_id_number,
    validate_name,
    validate_phone,
)
from tiepdan.matters.states import Channel, Need, Sex
from tiepdan.org import rulebook

YES_NO = [("yes", _("Đồng ý tiếp trực tuyến")), ("no", _("Không, muốn gặp trực tiếp"))]
MANNERS = [
    ("Ký trên phiếu đăng ký", _("Ký trên phiếu đăng ký")),
    ("Ghi trong đơn", _("Ghi trong đơn")),
    ("Nói trực tiếp, cán bộ ghi lại", _("Nói trực tiếp, cán bộ ghi lại")),
]
LANGUAGES = [
    _("tiếng Tày"), _("tiếng Nùng"), _("tiếng Dao"), _("tiếng Mông"), _("tiếng Hoa"),
    _("tiếng Sán Chay"),
]  # fmt: skip
OLDEST_LETTER = timedelta(days=30)
LONGEST_NAME = 120
LONGEST_ADDRESS = 250
LONGEST_PRINTED = 300
CHOOSE_AGAIN = _(
    "Hãy chọn lại các tệp kèm theo sau khi sửa mục trên: trang báo lỗi không giữ được tệp."
)
IMPOSSIBLE_DAY = _("Ngày này không có trong lịch. Hãy ghi ngày/tháng/năm, ví dụ 15/12/2026.")


class CounterForm(DeskForm):
    """One screen at the counter (một cửa): the person, the content, the wish and its form."""

    FIELD_OF_RULE = {"registration_channel": "channel"}
    LANGUAGES = LANGUAGES

    full_name = forms.CharField(label=_("Họ và tên"), max_length=LONGEST_NAME)
    id_number = forms.CharField(
        label=_("Số căn cước (12 số)"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    born = BirthField(label=_("Ngày hoặc năm sinh"))
    sex = forms.ChoiceField(
        label=_("Giới tính"), choices=[("", _("Không rõ")), *Sex.choices], required=False
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=24,
        required=False,
        widget=forms.TextInput({"type": "tel"}),
    )
    address = forms.CharField(label=_("Thôn, khối phố, số nhà"), max_length=LONGEST_ADDRESS)
    commune = CommuneField(label=_("Xã, phường cư trú, hoặc tỉnh khác"))
    printed_address = forms.CharField(
        required=False, max_length=LONGEST_PRINTED, widget=forms.HiddenInput
    )

    channel = forms.ChoiceField(
        label=_("Đăng ký bằng cách nào"), choices=Channel.choices, widget=forms.RadioSelect
    )
    received_on = forms.DateField(
        label=_("Ngày nhận đơn"),
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}),
        error_messages={"invalid": IMPOSSIBLE_DAY},
    )
    subject = forms.CharField(
        label=_("Việc gì, trong một câu"),
        max_length=250,
        widget=forms.TextInput({"placeholder": _("Ví dụ: đền bù đất làm đường")}),
    )
    content = forms.CharField(label=_("Nội dung"), widget=forms.Textarea({"rows": 6}))

    request = forms.CharField(
        label=_("Công dân yêu cầu điều gì"), required=False, widget=forms.Textarea({"rows": 3})
    )
    attachments = ScansField(label=_("Giấy tờ kèm theo"))
    headcount = forms.IntegerField(
        label=_("Số người cùng đến"),
        min_value=1,
        max_value=999,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
        error_messages={
            "invalid": _("Số người phải là một con số."),
            "min_value": _("Phải có ít nhất một người."),
        },
    )
    consent = forms.ChoiceField(
        label=_("Hình thức công dân chọn"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text=_(
            "Đọc cho công dân nghe: gặp Chủ tịch qua màn hình ngay tại xã (có ghi hình), hoặc về "
            "Trụ sở tỉnh; được đổi ý đến khi bắt đầu lượt."
        ),
    )
    consent_manner = forms.ChoiceField(label=_("Ý kiến này nêu bằng cách"), choices=MANNERS)
    needs = forms.MultipleChoiceField(
        label=_("Khi được tiếp cần"),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.CharField(
        label=_("Phiên dịch tiếng nào"),
        max_length=60,
        required=False,
        widget=forms.TextInput({"list": "cac-thu-tieng", "placeholder": _("Ví dụ: tiếng Tày")}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = next((agency.unit_id for agency in agencies_of(user) if agency.unit_id), None)
        self.fields["commune"].initial = own
        self.fields["attachments"].sent_by(owner_of(user, None))  # type: ignore[attr-defined]
        admitted = set(rulebook.texts("registration_channels", clock.today())) - {Channel.ONLINE}
        self.fields["channel"].choices = [  # type: ignore[attr-defined]
            choice for choice in Channel.choices if choice[0] in admitted
        ]
        self.fields["channel"].initial = Channel.IN_PERSON
        self.fields["received_on"].initial = clock.today

    def clean_full_name(self) -> str:
        """The name with single spaces."""
        return checked(lambda: validate_name(self.cleaned_data["full_name"]))

    def clean_id_number(self) -> str:
        """The number as twelve digits."""
        return checked(lambda: validate_id_number(self.cleaned_data["id_number"]))

    def clean_phone(self) -> str:
        """The number as digits, or nothing."""
        return checked(lambda: validate_phone(self.cleaned_data["phone"]))

    def clean(self) -> dict[str, Any]:
        """The day of receipt is right; files are asked for again when anything is wrong."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_day(data)
        self._check_language(data)
        if self.errors and chosen_again(data.get("attachments", [])):
            self.add_error("attachments", CHOOSE_AGAIN)
        return data

    def _check_day(self, data: dict[str, Any]) -> None:
        """It is today, or up to thirty days back for letters."""
        day, today = data.get("received_on"), clock.today()
        if day is None:
            return
        oldest = today - OLDEST_LETTER if data.get("channel") == Channel.LETTER else today
        if day > today:
            self.add_error("received_on", _("Ngày nhận không thể ở sau hôm nay."))
        elif day < oldest:
            self.add_error(
                "received_on",
                _("Công dân đến trực tiếp thì ngày nhận là hôm nay.")
                if oldest == today
                else _("Ngày nhận chỉ ghi lùi tối đa 30 ngày; hãy hỏi Ban Tiếp công dân tỉnh."),
            )

    def _check_language(self, data: dict[str, Any]) -> None:
        """Whoever needs an interpreter says for which language; nobody else is asked."""
        if Need.INTERPRETER not in data.get("needs", []):
            data["language"] = ""
        elif not data.get("language"):
            self.add_error("language", _("Hãy ghi cần phiên dịch tiếng nào."))

    def person(self) -> PersonDetails:
        """The citizen as typed."""
        data = self.cleaned_data
        return PersonDetails(
            full_name=data["full_name"],
            id_number=data["id_number"],
            birth_year=data["born"].year,
            birth_date=data["born"].day,
            sex=data["sex"],
            phone=data["phone"],
            address=data["address"],
            printed_address=data["printed_address"],
            commune=data["commune"],
        )

    def received_at(self) -> datetime:
        """Now, or noon of the day on which a letter came."""
        day = self.cleaned_data["received_on"]
        if day == clock.today():
            return clock.now()
        return datetime.combine(day, time(12), tzinfo=clock.VIETNAM)
