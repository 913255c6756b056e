"""What is typed during a sitting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.accounts.models import User
from tiepdan.matters.models import Filing
from tiepdan.matters.states import RefusalGround
from tiepdan.notices.sms import is_number
from tiepdan.org.queries import assignable_agencies
from tiepdan.sittings.actions.marks import LONGEST_MARK
from tiepdan.sittings.models import Seat, Sitting
from tiepdan.sittings.queries import addable, seats
from tiepdan.sittings.roles import ADDED, INVITED
from tiepdan.sittings.states import EntryKind, SittingRole

_AREA = forms.Textarea(attrs={"rows": 3})


class ReasonForm(forms.Form):
    """A reason, for whatever needs one."""

    reason = forms.CharField(label=_("Lý do"), max_length=250)


class RefusalForm(forms.Form):
    """Refusing to receive somebody (từ chối tiếp)."""

    ground = forms.ChoiceField(label=_("Căn cứ (Điều 9)"), choices=RefusalGround.choices)
    reason = forms.CharField(label=_("Lý do"), max_length=500)


class MarkForm(forms.Form):
    """A moment to come back to."""

    words = forms.CharField(max_length=LONGEST_MARK, required=False)


class EntryForm(forms.Form):
    """A line of the minutes, said now or at a moment that the secretary marked."""

    kind = forms.ChoiceField(label=_("Loại"), choices=EntryKind.choices)
    speaker = forms.CharField(label=_("Người nói"), max_length=160, required=False)
    text = forms.CharField(label=_("Nội dung"), widget=_AREA, max_length=4000)
    mark = forms.IntegerField(required=False, min_value=0)


class PointForm(forms.Form):
    """A point of the conclusion being composed."""

    text = forms.CharField(label=_("Nội dung kết luận"), widget=_AREA, max_length=2000)
    agency = forms.ModelChoiceField(
        label=_("Giao cơ quan"),
        queryset=assignable_agencies(),
        required=False,
        empty_label=_("Không giao việc (trả lời ngay)"),
    )
    deadline = forms.DateField(
        label=_("Thời hạn"),
        required=False,
        widget=forms.DateInput(
            attrs={"inputmode": "numeric", "placeholder": "dd/mm/yyyy"}, format="%d/%m/%Y"
        ),
        error_messages={"invalid": _("Ngày này không có trong lịch. Hãy ghi ngày/tháng/năm.")},
    )


class IdentityForm(forms.Form):
    """Papers the clerk has seen, and that the recording was explained."""

    papers = forms.CharField(
        label=_("Giấy tờ đã xem"),
        max_length=160,
        help_text=_("Ví dụ: Căn cước công dân, giấy ủy quyền. Không ghi số giấy tờ."),
    )
    recording_explained = forms.BooleanField(
        label=_("Đã giải thích cho công dân: buổi tiếp được ghi hình, ghi âm"), required=False
    )
    needs_met = forms.BooleanField(label=_("Đã bố trí hỗ trợ công dân cần"), required=False)
    needs_note = forms.CharField(
        label=_("Nếu không bố trí được: vì sao, thay bằng cách nào"),
        max_length=250,
        required=False,
    )

    def __init__(self, *args: Any, filing: Filing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if filing.needs:
            self.fields["needs_met"].help_text = "; ".join(filing.needed_words)
        else:
            del self.fields["needs_met"], self.fields["needs_note"]


class SeatField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A site of the sitting, by its name."""

    def label_from_instance(self, obj: Seat) -> str:
        """What the list shows."""
        return obj.name


class ParticipantForm(forms.Form):
    """Adding somebody to a sitting with a role."""

    user = forms.ModelChoiceField(label=_("Người"), queryset=User.objects.none())
    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[(role.value, role.label) for role in SittingRole if role in ADDED],
    )
    seat = SeatField(
        label=_("Ngồi ở"),
        queryset=Seat.objects.none(),
        required=False,
        empty_label=_("Máy riêng của người ấy"),
    )
    label = forms.CharField(
        label=_("Tên hiện trên hình"),
        max_length=160,
        required=False,
        help_text=_("Ví dụ: Sở Nông nghiệp và Môi trường. Để trống thì hiện tên người."),
    )

    def __init__(self, *args: Any, sitting: Sitting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, rooms = self.fields["user"], self.fields["seat"]
        assert isinstance(people, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        assert isinstance(rooms, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        people.queryset = addable(sitting)
        rooms.queryset = seats(sitting).filter(booking__isnull=False)


class InviteForm(forms.Form):
    """Inviting one more person into the running turn by a link."""

    name = forms.CharField(label=_("Tên hoặc chức danh, hiện trên hình"), max_length=120)
    role = forms.ChoiceField(
        label=_("Vai trò"),
        choices=[(role.value, role.label) for role in SittingRole if role in INVITED],
    )
    phone = forms.CharField(
        label=_("Số điện thoại để gửi liên kết"),
        max_length=20,
        required=False,
        help_text=_("Để trống nếu tự gửi liên kết. Số này không được lưu lại."),
    )

    def clean_phone(self) -> str:
        """A number that a gateway can take, or nothing."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not is_number(phone):
            raise forms.ValidationError(_("Hãy ghi số có 10 chữ số, bắt đầu bằng 0."))
        return phone
