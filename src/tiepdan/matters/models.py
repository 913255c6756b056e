"""From a citizen's request to the chairman's decision: each stage its own row, none rewritten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tiepdan.common.models import BaseModel
from tiepdan.documents.models import Document
from tiepdan.matters.states import (
    Channel,
    FilingKind,
    FilingState,
    OnlineGround,
    Outcome,
    ReceptionForm,
    Verdict,
)
from tiepdan.org.models import AdministrativeUnit, Agency

OFFICER = settings.AUTH_USER_MODEL
PROTECTED = _("Công dân (bảo vệ danh tính)")


class Petitioner(BaseModel):
    """A citizen who comes or writes (công dân, người gửi đơn).

    One row for each filing: what the person said then. A denouncer's identity is never entered
    here (Luật Tố cáo 25/2018/QH14, Điều 8 and 9).
    """

    full_name = models.CharField(max_length=120)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    id_number = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    address = models.CharField(max_length=250)
    commune = models.ForeignKey(AdministrativeUnit, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.full_name


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
    `submission_key` makes a form sent twice one filing; `search_text` is folded for searching.
    Once it turns out to be a denunciation, `identity_protected` hides who filed it.
    """

    tracking_code = models.CharField(max_length=16, unique=True)
    check_digest = models.CharField(max_length=64)
    submission_key = models.UUIDField(unique=True, null=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)
    identity_protected = models.BooleanField(default=False)
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
    received_by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
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
        return str(PROTECTED) if self.identity_protected else self.petitioner.full_name


class Attachment(BaseModel):
    """A scan or photograph handed in with a filing (tài liệu kèm theo).

    `name` is for showing only; the file lies under `stored_name` in DOCUMENTS_DIR. `kind` was
    found by content, `size` is in bytes.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=124)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    stored_name = models.CharField(max_length=200, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

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
    recorded_by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "created_at"]


class Classification(BaseModel):
    """What the board found a filing to be (phân loại): by content, not title; newest counts."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="classifications")
    kind = models.CharField(max_length=16, choices=FilingKind.choices)
    in_competence = models.BooleanField(default=True)
    online_ground = models.CharField(max_length=4, choices=OnlineGround.choices, blank=True)
    summary = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "created_at"]


class Disposition(BaseModel):
    """What the board did with a filing (xử lý đơn): proposed it, or answered with reasons.

    Not proposing needs a written, reasoned reply (QĐ 2193, mục III.3.1b): `reply`.
    """

    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="disposition")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    form = models.CharField(max_length=16, choices=ReceptionForm.choices, blank=True)
    reason = models.TextField()
    reply = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")


class Decision(BaseModel):
    """The chairman's decision on one proposed filing (Chủ tịch duyệt danh sách)."""

    disposition = models.OneToOneField(
        Disposition, on_delete=models.PROTECT, related_name="decision"
    )
    verdict = models.CharField(max_length=16, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")


class Withdrawal(BaseModel):
    """The citizen takes the filing back (rút đơn)."""

    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
