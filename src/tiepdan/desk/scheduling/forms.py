"""Forms of planning: a reception, who is invited."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tiepdan.accounts.models import Role, User
from tiepdan.accounts.queries import people_with
from tiepdan.common import clock
from tiepdan.desk.conduct import DeskForm
from tiepdan.desk.matters.forms.fields import ParagraphsField
from tiepdan.matters.rules import fold
from tiepdan.org.models import Agency, AgencyKind, VideoSite

MONTHS_AHEAD = 6
DECEMBER = 12


def coming_months() -> list[tuple[str, str]]:
    """The present month and the next ones, as choices: «2026-12», «Tháng 12/2026»."""
    month, choices = clock.today().replace(day=1), []
    for _nth in range(MONTHS_AHEAD):
        choices.append((f"{month:%Y-%m}", _("Tháng {month}").format(month=f"{month:%m/%Y}")))
        month = (
            month.replace(year=month.year + 1, month=1)
            if month.month == DECEMBER
            else month.replace(month=month.month + 1)
        )
    return choices


def offer(form: forms.Form, name: str, found: QuerySet[Any]) -> None:
    """Let the field offer these rows, in the order of the Vietnamese alphabet.

    Databases sort «Bình» before «Bắc»; without marks the order is the one people expect.
    """
    field = form.fields[name]
    field.queryset = found  # type: ignore[attr-defined]
    choices = [choice for choice in field.choices if choice[0]]  # type: ignore[attr-defined]
    field.choices = sorted(choices, key=lambda choice: fold(choice[1]))  # type: ignore[attr-defined]


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of officials by name and title."""

    def label_from_instance(self, obj: Any) -> str:
        """«Nguyễn Văn A, Chủ tịch UBND tỉnh»."""
        return f"{obj.full_name}, {obj.title}" if obj.title else str(obj)


class BodiesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of bodies by the names people use."""

    def label_from_instance(self, obj: Any) -> str:
        """«UBND xã Hữu Lũng»."""
        return str(obj.short_name)


class PlanForm(DeskForm):
    """The month and who takes part; the day and the hours follow from the rules."""

    FIELD_OF_RULE = {"one_a_month": "month", "day_gone_by": "month", "site_twice": "branches"}

    month = forms.ChoiceField(label=_("Tháng"), choices=coming_months)
    chair = PersonField(label=_("Người chủ trì"), queryset=User.objects.none(), empty_label=None)
    secretary = PersonField(label=_("Thư ký"), queryset=User.objects.none(), empty_label=None)
    hub = forms.ModelChoiceField(
        label=_("Điểm cầu trung tâm"), queryset=VideoSite.objects.none(), empty_label=None
    )
    branches = forms.ModelMultipleChoiceField(
        label=_("Điểm cầu thành phần"),
        queryset=VideoSite.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Các xã có công dân được duyệt tiếp trực tuyến đã được chọn sẵn."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communes = VideoSite.objects.filter(agency__kind=AgencyKind.COMMUNE_COMMITTEE)
        offer(self, "chair", people_with(Role.CHAIR))
        offer(self, "secretary", people_with(Role.SECRETARY))
        offer(self, "hub", VideoSite.objects.exclude(pk__in=communes))
        offer(self, "branches", communes)

    @property
    def first_day(self) -> date:
        """The first day of the chosen month."""
        return date.fromisoformat(f"{self.cleaned_data['month']}-01")


class InviteForm(DeskForm):
    """Which bodies are asked to take part, and what they are to prepare."""

    agencies = BodiesField(
        label=_("Mời cơ quan"),
        queryset=Agency.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một cơ quan.")},
    )
    requests = ParagraphsField(
        label=_("Đề nghị chuẩn bị"), help_text=_("Mỗi dòng là một đoạn trong giấy mời.")
    )

    def __init__(self, *args: Any, invitable: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "agencies", invitable)
