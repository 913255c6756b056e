"""Papers of a case on the screens of a turn."""

from typing import ClassVar

from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.documents.models import Document
from tiepdan.matters.models import Attachment
from tiepdan.sittings.models.sitting import OFFICER, Seat
from tiepdan.sittings.models.turns import Visit
from tiepdan.sittings.states import Layout, ShownKind


def name_of(paper: Attachment | Document) -> str:
    """What people call it: a file's own name, an issued paper's kind and number."""
    if isinstance(paper, Attachment):
        return paper.name
    return f"{paper.get_kind_display()} {paper.number_text}"


class ShownPaper(BaseModel):
    """A paper of the case shown to everybody in a turn (giấy tờ trình chiếu).

    The file is an `attachment` that was handed in, or the PDF of a `document` that was issued.
    `sha256` is of the file as kept, so that the log says what was seen even when the file is gone.
    A screen or a paper under a camera comes from a `seat`, as a picture of its own that is
    recorded; it has no file and no pages. `pages` is empty until the first page is drawn,
    `began_at` until it is on the screens; `page` is the one shown now. `layout` is what the screens
    go back to. Product's clock.
    """

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="shown_papers")
    kind = models.CharField(max_length=8, choices=ShownKind.choices, default=ShownKind.FILE)
    attachment = models.ForeignKey(
        Attachment, null=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(null=True)
    page = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    is_unreadable = models.BooleanField(default=False)
    layout = models.CharField(max_length=8, choices=Layout.choices, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "created_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["visit"],
                condition=models.Q(ended_at__isnull=True),
                name="one_paper_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    kind=ShownKind.FILE, attachment__isnull=False, document__isnull=True
                )
                | models.Q(kind=ShownKind.FILE, attachment__isnull=True, document__isnull=False)
                | ~models.Q(kind=ShownKind.FILE) & models.Q(seat__isnull=False),
                name="shown_from_a_file_or_a_seat",
            ),
        ]

    @property
    def file(self) -> Attachment | Document | None:
        """What is shown, unless a seat sends it."""
        return self.attachment or self.document

    @property
    def name(self) -> str:
        """What a file is called; empty for what a seat sends."""
        return name_of(self.file) if self.file else ""

    def __str__(self) -> str:
        return f"{self.visit}: {self.get_kind_display()} {self.sha256[:12]}"
