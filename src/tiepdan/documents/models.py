"""Official documents and their numbers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tiepdan.common.models import BaseModel
from tiepdan.documents.kinds import DocumentKind, number_text
from tiepdan.documents.states import DocumentState


class Document(BaseModel):
    """An official document (văn bản) from draft to issue.

    `title` is the abstract (trích yếu), `issuer` the code of the body (cơ quan ban hành), `context`
    what the template says (`contexts.py`). `revision` counts changes of the text, so that a file
    of an older text is never taken for this one. After issue the text stays as hashed in
    `text_sha256`. Files are named relative to DOCUMENTS_DIR, sizes are in bytes;
    `template_sha256` is the template they were made from.
    """

    kind = models.CharField(max_length=24, choices=DocumentKind.choices)
    issuer = models.CharField(max_length=40)
    title = models.CharField(max_length=500)
    context = models.JSONField()
    state = models.CharField(
        max_length=12, choices=DocumentState.choices, default=DocumentState.DRAFT
    )
    revision = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True)
    series = models.CharField(max_length=8, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    symbol = models.CharField(max_length=80, blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    rendered_revision = models.PositiveIntegerField(null=True)
    template_sha256 = models.CharField(max_length=64, blank=True)
    docx_name = models.CharField(max_length=120, blank=True)
    docx_sha256 = models.CharField(max_length=64, blank=True)
    docx_size = models.PositiveBigIntegerField(null=True)
    pdf_name = models.CharField(max_length=120, blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pdf_size = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["issuer", "series", "year", "number"],
                condition=Q(number__isnull=False),
                name="one_document_per_number",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.ISSUED, number__isnull=False)
                | Q(~Q(state=DocumentState.ISSUED), number__isnull=True),
                name="numbered_when_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number_text or self.get_kind_display()}: {self.title}"

    @property
    def number_text(self) -> str:
        """Số, ký hiệu: «05/TB-UBND»; empty before issue."""
        return "" if self.number is None else number_text(self.number, self.symbol)

    @property
    def is_rendered(self) -> bool:
        """The files on disk say what the document says now."""
        return self.rendered_revision == self.revision


class TemplateVersion(BaseModel):
    """A template somebody edited in Word and that was found sound (mẫu văn bản sửa trong Word).

    Kept for ever, in force or not, so that an issued document can show what it was made from.
    `number` counts the versions of a kind; the preview is a sample document as PDF.
    """

    kind = models.CharField(max_length=24, choices=DocumentKind.choices)
    number = models.PositiveIntegerField()
    docx_name = models.CharField(max_length=120)
    docx_sha256 = models.CharField(max_length=64)
    docx_size = models.PositiveBigIntegerField()
    preview_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "number"], name="one_template_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: bản {self.number}"


class TemplateChoice(BaseModel):
    """Which template a kind uses from a moment on (chọn mẫu); without a version: ours.

    Never rewritten: the newest choice of a kind counts.
    """

    kind = models.CharField(max_length=24, choices=DocumentKind.choices)
    version = models.ForeignKey(
        TemplateVersion, null=True, on_delete=models.PROTECT, related_name="choices"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-created_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.version or 'mẫu đi kèm'}"


class NumberingPolicy(BaseModel):
    """How a body numbers its documents (sổ đăng ký văn bản đi); without a row: by type."""

    issuer = models.CharField(max_length=40, unique=True)
    one_series_for_all = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "numbering policies"

    def __str__(self) -> str:
        return f"{self.issuer}: {'một dãy chung' if self.one_series_for_all else 'theo loại'}"


class NumberSeries(BaseModel):
    """The last number taken (dãy số) of a body, a type of documents and a year.

    `kind` is the type code (TB, GM, CV) or empty for one series for all.
    """

    issuer = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, blank=True)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "number series"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "kind", "year"], name="one_series_per_year"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.kind or '*'} {self.year}: {self.last}"
