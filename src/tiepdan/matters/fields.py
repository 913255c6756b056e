"""What forms of the desk and of citizens share: the fields for papers and communes."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tiepdan.common import clock
from tiepdan.matters.attachments import Upload, check_uploads
from tiepdan.matters.resumable import ArrivedFile, arrived, find
from tiepdan.matters.rules import NotValidError, fold
from tiepdan.matters.upload_limits import limits
from tiepdan.org.models import AdministrativeUnit
from tiepdan.org.queries import communes, homes

ELSEWHERE = _("Ở tỉnh, thành phố khác (ghi xã, phường vào ô địa chỉ)")
SENT = "_sent"
"""Behind the field's name: ids of files that were sent in pieces already."""


Value = TypeVar("Value")


def checked(check: Callable[[], Value]) -> Value:
    """What the rule says is right; its refusal becomes the field's error, with its article."""
    try:
        return check()
    except NotValidError as fault:
        law = f" ({fault.article})" if fault.article else ""
        raise forms.ValidationError(f"{fault.message}{law}") from None


def _by_name(unit: AdministrativeUnit) -> str:
    """Its place among the others: by its own name, in the order people expect."""
    return fold(unit.name)


class _InOrder(ModelChoiceIterator[AdministrativeUnit]):
    def __iter__(self) -> Iterator[Any]:
        units = sorted(self.queryset, key=_by_name)
        yield "", self.field.empty_label
        yield from (self.choice(unit) for unit in units if not unit.is_province)
        far = [self.choice(unit) for unit in units if unit.is_province]
        if far:
            yield ELSEWHERE, far


class CommuneField(forms.ModelChoiceField[AdministrativeUnit]):
    """One of today's communes, by name, none chosen beforehand; at the end, other provinces."""

    iterator = _InOrder

    def __init__(self, *, elsewhere: bool = True, **kwargs: Any) -> None:
        units = homes() if elsewhere else communes()
        super().__init__(queryset=units, empty_label=_("Chọn xã, phường"), **kwargs)


class ScansInput(forms.FileInput):
    """Chooses several files; the page's script sends them in pieces while the form is filled in.

    `owner` (see `resumable.owner_of`) is whose files may be named; without it, none.
    """

    template_name = "includes/scans.html"
    allow_multiple_selected = True
    owner = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Files of this form, and the ids of those sent before it."""
        chosen = super().value_from_datadict(data, files, name) or []
        sent = data.getlist(name + SENT) if hasattr(data, "getlist") else []
        return [*(chosen if isinstance(chosen, list) else [chosen]), *sent]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Neither files nor ids."""
        return not self.value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the files sent before, to be kept or let go."""
        context = super().get_context(name, value, attrs)
        keys = [key for key in value or [] if isinstance(key, str)]
        sent = [find(key, self.owner) for key in keys]
        context["widget"] |= {"sent_name": name + SENT, "sent": [one for one in sent if one]}
        return context


class ScansField(forms.FileField):
    """Photographs and papers handed in with a filing: its value is the list of files."""

    widget: type[ScansInput] | ScansInput = ScansInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """With the limits in force when the page is made."""
        most, each, together = limits(clock.today())
        self.help_text = format_lazy(
            _(
                "Ảnh chụp (JPEG, PNG, HEIC), PDF hoặc DOCX; nhiều nhất {most} tệp, mỗi tệp tối đa "
                "{each} MB. Ảnh chụp được xóa thông tin nơi chụp, máy chụp."
            ),
            most=most,
            each=each,
        )
        self.widget.attrs |= {
            "accept": ".pdf,.jpg,.jpeg,.png,.heic,.heif,.docx",
            "data-most": most,
            "data-megabytes": each,
            "data-together": together,
            "data-upload": "/tep/",  # the portal's address; the browser goes without when it fails
        }
        return super().get_bound_field(form, field_name)

    def sent_by(self, owner: str) -> None:
        """Files in pieces are those of this sender."""
        self.widget.owner = owner

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002
        """What was sent: files in the form are lost with the page, those sent before it are not."""
        return data

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:  # noqa: ARG002
        """The files chosen and those sent before; raises ValidationError beside the field."""
        values = list(data or [])
        uploads = [one for one in values if not isinstance(one, str)]
        sent: list[ArrivedFile] = []
        try:
            sent = arrived([key for key in values if isinstance(key, str)], self.widget.owner)
            check_uploads([*uploads, *sent], clock.today())
        except NotValidError as fault:
            raise forms.ValidationError(fault.message) from None
        finally:
            for file in sent:
                file.close()
        return [*uploads, *sent]


def chosen_again(uploads: list[Upload]) -> bool:
    """Whether a page that says what is wrong has to ask for some of the files again."""
    return any(not isinstance(one, ArrivedFile) for one in uploads)
