"""What the worker does for filings again and again."""

from datetime import timedelta

from tiepdan.common.duties import Duty
from tiepdan.matters.attachments import sweep

DUTIES = [Duty("remove files no filing has", timedelta(hours=1), sweep)]
