"""Who files, for whom, and who asked before filing."""

from datetime import date

from django.conf import settings
from django.db import models

from tiepdan.common.models import BaseModel
from tiepdan.matters.states import Capacity, LeadChannel, Sex
from tiepdan.org.models import AdministrativeUnit, Agency

OFFICER = settings.AUTH_USER_MODEL


class Person(BaseModel):
    """A citizen over all their filings (hồ sơ công dân), as far as an official has confirmed it.

    A filing keeps what was said then in its `Petitioner`; this row only says that several of
    them are one human being. `merged_into` leads on when two turned out to be one. A denouncer
    has none (Luật Tố cáo 25/2018/QH14, Điều 8 and 9).
    """

    full_name = models.CharField(max_length=120)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    id_number = models.CharField(max_length=20, blank=True, db_index=True)
    phone = models.CharField(max_length=24, blank=True, db_index=True)
    commune = models.ForeignKey(
        AdministrativeUnit, null=True, on_delete=models.PROTECT, related_name="+"
    )
    folded_name = models.CharField(max_length=120, db_index=True, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )

    class Meta:
        ordering = ["folded_name"]

    def __str__(self) -> str:
        return self.full_name


class PersonMerge(BaseModel):
    """An official's word that two persons are one; taken back by `undone_at`."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField(default=list)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(OFFICER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]


class Petitioner(BaseModel):
    """A citizen who comes or writes (công dân, người gửi đơn).

    One row for each filing: what the person said then. A denouncer's identity is never entered
    here (Luật Tố cáo 25/2018/QH14, Điều 8 and 9). `printed_address` is the address as the
    identity card shows it, often with the three levels before 1 July 2025.
    """

    full_name = models.CharField(max_length=120)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=8, choices=Sex.choices, blank=True)
    id_number = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    address = models.CharField(max_length=250)
    printed_address = models.CharField(max_length=300, blank=True)
    commune = models.ForeignKey(AdministrativeUnit, on_delete=models.PROTECT)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="petitioners"
    )

    def __str__(self) -> str:
        return self.full_name


class Representation(BaseModel):
    """Somebody who acts for the citizen or the organisation (đại diện, ủy quyền).

    `papers` names what was shown (`matters.rules.representation`); `objections` are the rules
    that its check found broken, none when the capacity is lawful (TT 04/2021/TT-TTCP, Điều 6).
    """

    filing = models.ForeignKey(
        "matters.Filing", on_delete=models.PROTECT, related_name="representations"
    )
    capacity = models.CharField(max_length=20, choices=Capacity.choices)
    full_name = models.CharField(max_length=120)
    id_number = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    address = models.CharField(max_length=250, blank=True)
    papers = models.JSONField(default=list)
    paper_number = models.CharField(max_length=80, blank=True)
    paper_date = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    certified = models.BooleanField(default=False)
    scope = models.TextField(blank=True)
    objections = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return self.full_name

    def is_lawful(self, on: date) -> bool:
        """Whether they may act on that day: nothing was found broken, nothing has ended."""
        lapsed = self.valid_until is not None and self.valid_until < on
        return self.ended_at is None and not self.objections and not lapsed


class GroupMember(BaseModel):
    """One of several who filed together (người cùng đứng tên).

    A representative (người đại diện) is a member, elected in writing: NĐ 124/2020/NĐ-CP.
    """

    filing = models.ForeignKey("matters.Filing", on_delete=models.PROTECT, related_name="members")
    full_name = models.CharField(max_length=120)
    id_number = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=250, blank=True)
    represents = models.BooleanField(default=False)
    elected_on = models.DateField(null=True, blank=True)
    election_paper = models.ForeignKey(
        "matters.Attachment", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-represents", "created_at"]

    def __str__(self) -> str:
        return self.full_name


class Lead(BaseModel):
    """Somebody who telephoned or wrote an e-mail (đầu mối): guided to file in writing.

    Not a filing and not counted as one (QĐ 2193/QĐ-UBND, mục III.3.1a); `filing` when it came.
    """

    channel = models.CharField(max_length=16, choices=LeadChannel.choices)
    full_name = models.CharField(max_length=120)
    phone = models.CharField(max_length=24, blank=True)
    email = models.EmailField(blank=True)
    about = models.TextField()
    guidance = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    filing = models.ForeignKey(
        "matters.Filing", null=True, blank=True, on_delete=models.PROTECT, related_name="leads"
    )
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(OFFICER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.full_name
