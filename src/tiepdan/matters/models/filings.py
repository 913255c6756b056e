"""What citizens hand in, and the affairs behind it."""

from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tiepdan.common import clock
from tiepdan.common.models import BaseModel
from tiepdan.documents.models import Document
from tiepdan.matters.models.people import Petitioner
from tiepdan.matters.rules.groups import is_large_group
from tiepdan.matters.states import Channel, FilingState, Need, ScanState
from tiepdan.org import rulebook
from tiepdan.org.models import Agency

OFFICER = settings.AUTH_USER_MODEL
UNSEALED = _("Tố cáo, chờ niêm phong danh tính")
PROTECTED = _("Công dân (bảo vệ danh tính)")


class Matter(BaseModel):
    """The affair behind one or several filings (vụ việc)."""

    code = models.CharField(max_length=24, unique=True)
    title = models.CharField(max_length=250)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Filing(BaseModel):
    """What a citizen handed in (đơn): here, a request to meet the chairman.

    `headcount` counts every person present for it; `check_digest` is the keyed hash of the
    receipt's check digits. Registration order is the order of reception (QĐ 2193, mục I.2).
    `submission_key` makes a form sent twice one filing.
    A denunciation is `identity_protected`: its author bears a `pseudonym`, the name stands in a
    sealed paper register only. `needs` (values of `Need`) and the `language` of an interpreter go
    to the site's checklist. `received_by` is empty for what a citizen registered online;
    `heard_at` is when the chairman called the citizen in.
    """

    tracking_code = models.CharField(max_length=16, unique=True)
    check_digest = models.CharField(max_length=64)
    submission_key = models.UUIDField(unique=True, null=True, editable=False)
    identity_protected = models.BooleanField(default=False)
    pseudonym = models.CharField(max_length=24, unique=True, null=True, editable=False)  # noqa: DJ001 - unique
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    needs = models.JSONField(default=list)
    language = models.CharField(max_length=60, blank=True)
    state = models.CharField(
        max_length=16, choices=FilingState.choices, default=FilingState.RECEIVED
    )
    channel = models.CharField(max_length=16, choices=Channel.choices)
    petitioner = models.ForeignKey(Petitioner, on_delete=models.PROTECT, related_name="filings")
    headcount = models.PositiveSmallIntegerField(default=1)
    subject = models.CharField(max_length=250)
    content = models.TextField()
    request = models.TextField(blank=True)
    received_at = models.DateTimeField(db_index=True)
    received_by = models.ForeignKey(OFFICER, null=True, on_delete=models.PROTECT, related_name="+")
    heard_at = models.DateTimeField(null=True, blank=True)
    received_at_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    matter = models.ForeignKey(
        Matter, null=True, blank=True, on_delete=models.PROTECT, related_name="filings"
    )

    class Meta:
        ordering = ["received_at", "tracking_code"]

    def __str__(self) -> str:
        return f"{self.tracking_code} {self.subject}"

    @property
    def shown_name(self) -> str:
        """Who filed it, as lists may show it (Luật Tố cáo 25/2018/QH14, Điều 9 and 56)."""
        if self.identity_protected:
            return self.pseudonym or str(PROTECTED)
        return self.petitioner.full_name

    @property
    def is_crowd(self) -> bool:
        """Whether it is a «đoàn đông người», by the rule of the day it came."""
        threshold = rulebook.number("large_group_from", clock.day_of(self.received_at))
        return is_large_group(self.headcount, threshold)

    @property
    def needed_words(self) -> list[str]:
        """What the citizen needs at the site, in words, with the interpreter's language."""
        words = {one: str(Need(one).label) for one in self.needs}
        if self.language:
            words[Need.INTERPRETER] = f"{words.get(Need.INTERPRETER, '')} ({self.language})".strip()
        return list(words.values())

    @property
    def speakers(self) -> list[str]:
        """Who may speak for the citizen or the group: lawful representatives, elected members.

        Nobody once the paper has lapsed, and nobody is named for a denunciation.
        """
        if self.identity_protected:
            return []
        others = [
            f"{row.full_name} ({row.get_capacity_display().lower()})"
            for row in self.representations.all()
            if row.is_lawful(clock.today())
        ]
        return [*others, *(row.full_name for row in self.members.all() if row.represents)]

    @property
    def shown_subject(self) -> str:
        """What it is about, as lists and papers may show it; of an unsealed denunciation nothing.

        Its author may have written their name there (Luật Tố cáo 25/2018/QH14, Điều 56).
        """
        if self.identity_protected and not self.pseudonym:
            return str(UNSEALED)
        return self.subject

    @property
    def home_unit_id(self) -> UUID | None:
        """The commune whose site receives them online; from another province, where they filed."""
        home = self.petitioner.commune
        return self.received_at_agency.unit_id if home.is_province else home.pk

    @property
    def shown_address(self) -> str:
        """Where they live, as pages may show it; of a denunciation nothing."""
        if self.identity_protected:
            return ""
        return f"{self.petitioner.address}, {self.petitioner.commune}"


class Attachment(BaseModel):
    """A scan or photograph handed in with a filing (tài liệu kèm theo).

    `name` is for showing only; the file lies under `stored_name` in DOCUMENTS_DIR. `kind` was
    found by content, `size` is in bytes. `sha256` is of the file as kept, `received_sha256` as it
    came: a photograph is drawn anew.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=124)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64, blank=True)
    stored_name = models.CharField(max_length=200, unique=True)
    scan = models.CharField(
        max_length=12, choices=ScanState.choices, default=ScanState.WAITING, db_index=True
    )
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "created_at"]

    def __str__(self) -> str:
        return self.name


class Consent(BaseModel):
    """A citizen's yes or no to the online form (đồng ý tiếp trực tuyến); the newest row counts.

    The citizen may take it back until the turn starts.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="consents")
    given = models.BooleanField()
    at = models.DateTimeField()
    manner = models.CharField(max_length=120, default="Ký trên phiếu đăng ký")
    recorded_by = models.ForeignKey(OFFICER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "created_at"]
