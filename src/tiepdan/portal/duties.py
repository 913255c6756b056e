"""What the worker does for the citizens' pages again and again."""

from datetime import timedelta

from tiepdan.common.duties import Duty
from tiepdan.portal.registering import drafts

DUTIES = [Duty("delete registrations nobody has sent", timedelta(hours=1), drafts.sweep)]
