"""What the worker does for sittings again and again."""

import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from tiepdan.common.duties import Duty
from tiepdan.sittings import stills
from tiepdan.sittings.models import Visit
from tiepdan.sittings.queries.papers import FOLDER
from tiepdan.sittings.states import VisitState


def remove_pages() -> int:
    """Remove the pages drawn for turns that do not run any more; of how many turns.

    They are copies of papers whose originals may have to be destroyed: none outlives its turn.
    """
    found = {path.name: path for path in (Path(settings.DOCUMENTS_DIR) / FOLDER).glob("*")}
    running = Visit.objects.filter(state=VisitState.CALLED).values_list("pk", flat=True)
    over = found.keys() - {str(pk) for pk in running}
    for name in over:
        shutil.rmtree(found[name], ignore_errors=True)
    return len(over)


DUTIES = [
    Duty("remove pages of turns that are over", timedelta(minutes=1), remove_pages),
    Duty("remove small pictures of sites that are old", timedelta(minutes=1), stills.sweep),
]
