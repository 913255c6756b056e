"""What a citizen brings later."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiepdan.accounts.models import User
from tiepdan.desk.conduct import DeskForm
from tiepdan.matters.attachments import Upload
from tiepdan.matters.fields import ScansField
from tiepdan.matters.resumable import owner_of


class PapersForm(DeskForm):
    """Photographs and papers, at least one."""

    attachments = ScansField(label=_("Giấy tờ công dân nộp thêm"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["attachments"].required = True  # so that the label does not say otherwise
        self.fields["attachments"].sent_by(owner_of(user, None))  # type: ignore[attr-defined]

    def clean_attachments(self) -> list[Upload]:
        """At least one file."""
        uploads: list[Upload] = self.cleaned_data["attachments"]
        if not uploads:
            raise forms.ValidationError(_("Hãy chọn ít nhất một tệp."))
        return uploads
