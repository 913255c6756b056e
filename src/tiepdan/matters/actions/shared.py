"""What every act on a filing begins with."""

from tiepdan.common.transitions import RuleRefusedError
from tiepdan.matters.models import Filing


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
