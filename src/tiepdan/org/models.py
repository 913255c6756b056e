"""Who and where: administrative units, agencies, the rooms with cameras."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tiepdan.common.models import BaseModel


class UnitKind(models.TextChoices):
    """Kinds of units of both levels since 1 July 2025 (QĐ 19/2025/QĐ-TTg)."""

    COMMUNE = "commune", "xã"
    WARD = "ward", "phường"
    SPECIAL_ZONE = "special_zone", "đặc khu"
    PROVINCE = "province", "tỉnh"
    CITY = "city", "thành phố"


PROVINCIAL = frozenset({UnitKind.PROVINCE, UnitKind.CITY})


class AdministrativeUnit(BaseModel):
    """A commune (đơn vị hành chính cấp xã), or another province; with its code and validity.

    Of other provinces no communes are kept: who lives there says the commune in the address.
    """

    code = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=UnitKind.choices)
    province_code = models.CharField(max_length=4)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Kind and name as people say it: «xã Hữu Lũng»."""
        return f"{self.get_kind_display()} {self.name}"

    @property
    def is_province(self) -> bool:
        """Whether it is a whole province: home of somebody who lives elsewhere."""
        return self.kind in PROVINCIAL


class AgencyKind(models.TextChoices):
    """What a body is in the reception."""

    PROVINCE_COMMITTEE = "province_committee", _("UBND tỉnh")
    RECEPTION_BOARD = "reception_board", _("Ban Tiếp công dân")
    DEPARTMENT = "department", _("Sở, ngành")
    COMMUNE_COMMITTEE = "commune_committee", _("UBND cấp xã")


PROVINCE_WIDE_KINDS = frozenset({AgencyKind.PROVINCE_COMMITTEE, AgencyKind.RECEPTION_BOARD})


class Agency(BaseModel):
    """A body (cơ quan, đơn vị); the host of reception differs between provinces, so it is data.

    `symbol` stands in document numbers, `place_name` in the date line (NĐ 30/2020, Phụ lục I).
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=24, choices=AgencyKind.choices)
    symbol = models.CharField(max_length=40)
    place_name = models.CharField(max_length=80)
    address = models.CharField(max_length=250, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    unit = models.ForeignKey(AdministrativeUnit, null=True, blank=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name

    @property
    def is_province_wide(self) -> bool:
        """Its officers work for the whole province; everybody else only for their own body."""
        return self.kind in PROVINCE_WIDE_KINDS

    @property
    def short_name(self) -> str:
        """As people say it: «UBND xã Hữu Lũng»."""
        return self.name.replace("Ủy ban nhân dân", "UBND")


class VideoSite(BaseModel):
    """A room with camera, screen and microphone (điểm cầu); an announced place of reception.

    `code` is the seat's name in the media engine; line figures are declared, in kbit/s.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="sites")
    address = models.CharField(max_length=250, blank=True)
    phone = models.CharField(max_length=24, blank=True)
    down_kbps = models.PositiveIntegerField(default=5000)
    up_kbps = models.PositiveIntegerField(default=5000)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class DayOff(BaseModel):
    """One day of the official calendar that differs from the plain week.

    A day off (`works=False`: ngày lễ, nghỉ bù) or a made-up working Saturday (`works=True`:
    ngày làm bù). The table is editable; each day shows its source. `uncertain`: reported, but the
    decision was not read; whoever enters the day again with its decision makes it certain.
    """

    day = models.DateField(unique=True)
    works = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    uncertain = models.BooleanField(default=False)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class FormerUnit(BaseModel):
    """A commune before a reorganisation (đơn vị hành chính cũ) and the unit it went to.

    A commune that was divided has one row for each unit that took over a part. `key` is the place
    as addresses are compared (`org.addresses.place_key`); `changed_on` the day it ceased to be;
    `source` the resolution that says so.
    """

    province = models.CharField(max_length=120)
    district = models.CharField(max_length=120)
    name = models.CharField(max_length=120)
    key = models.CharField(max_length=200, db_index=True, editable=False)
    unit = models.ForeignKey(AdministrativeUnit, on_delete=models.PROTECT, related_name="former")
    changed_on = models.DateField()
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["province", "district", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["province", "district", "name", "unit"], name="one_row_per_successor"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.district}, {self.province}"


class RuleSetting(BaseModel):
    """What the province chose where the law is open or not read for certain (thiết lập quy định).

    `key` is a rule of the rulebook, `value` of that rule's type. Never rewritten: a new choice is
    a new row, and the newest that is valid on a day counts.
    """

    key = models.CharField(max_length=60, db_index=True)
    value = models.JSONField()
    valid_from = models.DateField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-created_at"]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} ({self.valid_from:%d/%m/%Y})"
