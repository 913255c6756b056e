"""People who sign in, and what they may do where."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from tiepdan.common import clock
from tiepdan.common.models import BaseModel
from tiepdan.org.models import Agency


class User(AbstractUser):
    """An official (cán bộ, công chức) with the name and title that stand in documents.

    `is_guest`: invited into one citizen's turn by a link; no page of the desk is open to them.
    """

    full_name = models.CharField(max_length=120)
    title = models.CharField(max_length=160, blank=True)
    is_demo = models.BooleanField(default=False)
    is_guest = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        """Django's pages show the same name as ours."""
        return str(self)


class Role(models.TextChoices):
    """What a person is in an agency (vai trò)."""

    COMMUNE_CLERK = "commune_clerk", _("Cán bộ tiếp công dân cấp xã")
    BOARD_OFFICER = "board_officer", _("Chuyên viên Ban Tiếp công dân")
    BOARD_HEAD = "board_head", _("Trưởng Ban Tiếp công dân")
    CHAIR = "chair", _("Người chủ trì")
    SECRETARY = "secretary", _("Thư ký buổi tiếp")
    REGISTRAR = "registrar", _("Văn thư")
    AGENCY_OFFICER = "agency_officer", _("Cán bộ cơ quan được giao việc")
    OPERATOR = "operator", _("Kỹ thuật viên")
    INSPECTOR = "inspector", _("Thanh tra")


class Grant(BaseModel):
    """A role given to a user in one agency."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24, choices=Role.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "agency", "role"], name="one_grant_per_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.agency})"


class SignInFailure(models.Model):
    """Somebody failed to sign in; `who` is a keyed hash of name and network address."""

    who = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.real_now, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["who", "at"], name="failures_of_one")]

    def __str__(self) -> str:
        return f"{self.who[:8]} {self.at:%H:%M}"
