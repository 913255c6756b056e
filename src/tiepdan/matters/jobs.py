"""Background work: asking about viruses when the scanner was not there at once."""

from django_tasks import task

from tiepdan.documents.clamav import NoScannerError
from tiepdan.matters.attachments import scan_again
from tiepdan.matters.models import Attachment
from tiepdan.matters.states import ScanState


@task()
def scan_attachment(attachment_id: str) -> bool:
    """Scan one paper; False when it needs none any more or the scanner has gone again."""
    attachment = Attachment.objects.get(pk=attachment_id)
    if attachment.scan != ScanState.WAITING:
        return False
    try:
        return scan_again(attachment) != ScanState.NOT_NEEDED
    except NoScannerError:  # the duty asks again
        return False
