"""What the worker does for documents again and again."""

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from tiepdan.common import clock
from tiepdan.common.duties import Duty
from tiepdan.documents.jobs import render_document
from tiepdan.documents.queries import to_render

WAIT = timedelta(minutes=1)
_AT_ONCE = 20


def render_again() -> int:
    """Enqueue documents without files that no waiting job will make; how many."""
    waiting = DBTaskResult.objects.filter(
        task_path=render_document.module_path, status__in=["READY", "RUNNING"]
    )
    expected = {str(job["args"][0]) for job in waiting.values_list("args_kwargs", flat=True)}
    late = to_render().filter(created_at__lt=clock.now() - WAIT)
    missing = [pk for pk in late.values_list("pk", flat=True) if str(pk) not in expected]
    for pk in missing[:_AT_ONCE]:
        render_document.enqueue(str(pk))
    return len(missing)


DUTIES = [Duty("render documents without files", timedelta(minutes=1), render_again)]
