"""A template that was edited in Word."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tiepdan.desk.conduct import DeskForm

MOST_BYTES = 2 * 1024 * 1024
"""Ours have about 40 kB; a coat of arms or a seal may make it ten times as many."""


class TemplateForm(DeskForm):
    """One DOCX file."""

    template = forms.FileField(
        label=gettext_lazy("Mẫu đã sửa (.docx)"),
        help_text=gettext_lazy(
            "Máy kiểm tra mẫu và lập thử một văn bản, mất vài giây. Mẫu chưa được dùng ngay: "
            "hãy xem trước đã."
        ),
        widget=forms.FileInput(
            attrs={
                "accept": ".docx,application/vnd.openxmlformats-officedocument."
                "wordprocessingml.document"
            }
        ),
    )

    def clean_template(self) -> bytes:
        """The bytes of a file that is not too large for a template."""
        file = self.cleaned_data["template"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Mẫu lớn quá 2 MB. Hãy bỏ bớt hình trong mẫu."))
        content: bytes = file.read()
        return content
