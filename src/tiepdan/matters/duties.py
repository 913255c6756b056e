"""What the worker does for filings again and again."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from tiepdan.common.duties import Duty
from tiepdan.documents import clamav
from tiepdan.matters import attachments, resumable, search_index
from tiepdan.matters.jobs import scan_attachment
from tiepdan.matters.models import Attachment
from tiepdan.matters.states import ScanState

_AT_ONCE = 20


def scan_waiting() -> int:
    """Enqueue the scans of papers that came without a scanner, once it is there; how many."""
    waiting = Attachment.objects.filter(scan=ScanState.WAITING)
    if not waiting.exists() or not clamav.answers():
        return 0
    jobs = DBTaskResult.objects.filter(
        task_path=scan_attachment.module_path, status__in=["READY", "RUNNING"]
    )
    expected = {str(job["args"][0]) for job in jobs.values_list("args_kwargs", flat=True)}
    left = [pk for pk in waiting.values_list("pk", flat=True) if str(pk) not in expected]
    for pk in left[:_AT_ONCE]:
        scan_attachment.enqueue(str(pk))
    return len(left[:_AT_ONCE])


DUTIES = [
    Duty("remove files no filing has", timedelta(hours=1), attachments.sweep),
    Duty("remove files sent in pieces that nobody took", timedelta(hours=1), resumable.sweep),
    Duty("empty the database's log of changes", timedelta(minutes=5), search_index.empty_log),
    Duty("scan papers that came without a scanner", timedelta(minutes=1), scan_waiting),
]
