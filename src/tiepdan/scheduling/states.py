"""The words of planning and the life of a planned reception; pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReceptionKind(TextChoices):
    """Kinds of reception (Luật Tiếp công dân 42/2013/QH13, Điều 2)."""

    REGULAR = "regular", _("Thường xuyên")
    PERIODIC = "periodic", _("Định kỳ")
    EXTRAORDINARY = "extraordinary", _("Đột xuất")


class ReceptionMode(TextChoices):
    """Form of the whole reception (hình thức tiếp)."""

    IN_PERSON = "in_person", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    HYBRID = "hybrid", _("Trực tiếp kết hợp trực tuyến")


class ReceptionState(TextChoices):
    """Where a planned reception stands; «held» is derived from its sitting."""

    PLANNED = "planned", _("Dự kiến")
    PUBLISHED = "published", _("Đã công bố")
    CANCELLED = "cancelled", _("Đã hủy")


RECEPTION_TRANSITIONS: dict[tuple[ReceptionState, str], ReceptionState] = {
    (ReceptionState.PLANNED, "publish"): ReceptionState.PUBLISHED,
    (ReceptionState.PLANNED, "cancel"): ReceptionState.CANCELLED,
    (ReceptionState.PUBLISHED, "cancel"): ReceptionState.CANCELLED,
}


class SiteRole(TextChoices):
    """What a site is in one reception (điểm cầu trung tâm, thành phần)."""

    HUB = "hub", _("Điểm cầu trung tâm")
    BRANCH = "branch", _("Điểm cầu thành phần")
