"""The words of planning and the life of a planned reception; pure."""

from django.db.models import TextChoices


class ReceptionKind(TextChoices):
    """Kinds of reception (Luật Tiếp công dân 42/2013/QH13, Điều 2)."""

    REGULAR = "regular", "Thường xuyên"
    PERIODIC = "periodic", "Định kỳ"
    EXTRAORDINARY = "extraordinary", "Đột xuất"


class ReceptionMode(TextChoices):
    """Form of the whole reception (hình thức tiếp)."""

    IN_PERSON = "in_person", "Trực tiếp"
    ONLINE = "online", "Trực tuyến"
    HYBRID = "hybrid", "Trực tiếp kết hợp trực tuyến"


class ReceptionState(TextChoices):
    """Where a planned reception stands; «held» is derived from its sitting."""

    PLANNED = "planned", "Dự kiến"
    PUBLISHED = "published", "Đã công bố"
    CANCELLED = "cancelled", "Đã hủy"


RECEPTION_TRANSITIONS: dict[tuple[ReceptionState, str], ReceptionState] = {
    (ReceptionState.PLANNED, "publish"): ReceptionState.PUBLISHED,
    (ReceptionState.PLANNED, "cancel"): ReceptionState.CANCELLED,
    (ReceptionState.PUBLISHED, "cancel"): ReceptionState.CANCELLED,
}


class SiteRole(TextChoices):
    """What a site is in one reception (điểm cầu trung tâm, thành phần)."""

    HUB = "hub", "Điểm cầu trung tâm"
    BRANCH = "branch", "Điểm cầu thành phần"
