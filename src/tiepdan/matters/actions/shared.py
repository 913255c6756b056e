"""What every act on a filing begins with."""

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.models import Filing, Matter


def locked(filing: Filing) -> Filing:
    """The filing's row as it is now, locked until the transaction ends."""
    return (
        Filing.objects.select_for_update(of=("self",))
        .select_related("petitioner__commune", "received_at_agency", "received_by", "matter")
        .get(pk=filing.pk)
    )


def allow(allowed: bool) -> None:
    """Raise RuleRefusedError when it is not."""
    if not allowed:
        raise RuleRefusedError("not_allowed", "Bạn không có quyền thực hiện việc này.")


def open_matter(filing: Filing) -> Matter:
    """A matter of its own for the filing, under a new code when its first one is taken."""
    code = f"VV-{filing.tracking_code}"
    taken = Matter.objects.filter(code__startswith=code).count()
    return Matter.objects.create(
        code=code if not taken else f"{code}-{taken + 1}", title=filing.subject
    )
