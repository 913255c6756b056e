"""From classification to decision: each stage its own row, none rewritten."""

from django.conf import settings
from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.documents.models import Document
from tiepdan.matters.models.filings import Filing
from tiepdan.matters.rules.outcomes import CHAIRS
from tiepdan.matters.states import (
    Competence,
    ExtraordinaryGround,
    FilingKind,
    MissingCondition,
    OnlineGround,
    Outcome,
    ReceptionForm,
    Sameness,
    SettledBefore,
    SubjectField,
    Verdict,
)
from tiepdan.org.models import Agency

OFFICER = settings.AUTH_USER_MODEL


class Classification(BaseModel):
    """What the board found a filing to be (phân loại): by content, not title; newest counts.

    `missing_conditions` (values of `MissingCondition`) is empty when the filing may be handled.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="classifications")
    kind = models.CharField(max_length=16, choices=FilingKind.choices)
    competence = models.CharField(max_length=16, choices=Competence.choices)
    competent_body = models.CharField(max_length=200, blank=True)
    field = models.CharField(max_length=24, choices=SubjectField.choices, blank=True)
    missing_conditions = models.JSONField(default=list)
    settled_before = models.CharField(max_length=8, choices=SettledBefore.choices, blank=True)
    extraordinary_ground = models.CharField(
        max_length=4, choices=ExtraordinaryGround.choices, blank=True
    )
    online_ground = models.CharField(max_length=4, choices=OnlineGround.choices, blank=True)
    summary = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "created_at"]

    @property
    def in_competence(self) -> bool:
        """Whether the chairman settles or directs it."""
        return self.competence in CHAIRS

    @property
    def missing_words(self) -> list[str]:
        """What the filing lacks, in words."""
        return [str(MissingCondition(one).label) for one in self.missing_conditions]


class Disposition(BaseModel):
    """What the board did with a filing (xử lý đơn): proposed it, or answered with reasons.

    Not proposing needs a written, reasoned reply (QĐ 2193, mục III.3.1b): `reply`, the paper of
    every other outcome too. `to_body` is who is competent; `evidence` what a refusal by Điều 9
    khoản 3 rests on, or the `sender` to which it is returned; a shelved filing may be destroyed
    from `destroy_from` on, by a decision.
    """

    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="disposition")
    outcome = models.CharField(max_length=16, choices=Outcome.choices)
    form = models.CharField(max_length=16, choices=ReceptionForm.choices, blank=True)
    reason = models.TextField()
    to_body = models.CharField(max_length=200, blank=True)
    to_agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.JSONField(default=dict)
    destroy_from = models.DateField(null=True, blank=True)
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


class Comparison(BaseModel):
    """An official's word on two filings that look alike (trùng nội dung).

    `score` (0 to 1) is what the search had said; those found different are not offered again.
    """

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="comparisons")
    other = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=Sameness.choices)
    score = models.FloatField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "created_at"]


class Destruction(BaseModel):
    """The head's decision to destroy a shelved filing (quyết định tiêu hủy).

    Not before one year (TT 05/2021/TT-TTCP, Điều 28); the rows stay, the papers go.
    """

    disposition = models.OneToOneField(
        Disposition, on_delete=models.PROTECT, related_name="destruction"
    )
    decision = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
