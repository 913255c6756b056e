"""Background work of a sitting: drawing the pages of a paper that is to be shown."""

from functools import partial

from django_tasks import task

from tiepdan.documents import pages, storage
from tiepdan.matters.models import Attachment
from tiepdan.sittings import queries
from tiepdan.sittings.actions import papers as acts
from tiepdan.sittings.models import ShownPaper


@task(priority=50)  # somebody waits for it in the middle of a turn
def draw_pages(shown_id: str) -> bool:
    """Draw what is to be shown; it is on the screens once its first page is there.

    May be run again at any time. False when the paper cannot be drawn, which is told.
    """
    shown = ShownPaper.objects.select_related("attachment", "document").get(pk=shown_id)
    paper = shown.file
    if paper is None:
        return False
    name, kind = (
        (paper.stored_name, paper.kind)
        if isinstance(paper, Attachment)
        else (paper.pdf_name, "pdf")
    )
    try:
        pages.draw(
            storage.path_of(name),
            kind,
            queries.pages_folder(shown),
            ready=partial(_ready, shown),
        )
    except (pages.UnreadableError, FileNotFoundError):
        acts.note_unreadable(shown=shown)
        return False
    return True


def _ready(shown: ShownPaper, count: int) -> None:
    acts.begin_showing(shown=shown, pages=count)
