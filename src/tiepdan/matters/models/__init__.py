"""From a citizen's request to the chairman's decision: each stage its own row, none rewritten."""

from tiepdan.matters.models.deadlines import Deadline, DeadlineChange, Urging
from tiepdan.matters.models.filings import PROTECTED, Attachment, Consent, Filing, Matter
from tiepdan.matters.models.notices import Notice
from tiepdan.matters.models.people import (
    GroupMember,
    Lead,
    Person,
    PersonMerge,
    Petitioner,
    Representation,
)
from tiepdan.matters.models.search import SearchEntry
from tiepdan.matters.models.stages import (
    Classification,
    Comparison,
    Decision,
    Destruction,
    Disposition,
    Withdrawal,
)
from tiepdan.matters.models.uploads import PartialUpload

__all__ = [
    "PROTECTED",
    "Attachment",
    "Classification",
    "Comparison",
    "Consent",
    "Deadline",
    "DeadlineChange",
    "Decision",
    "Destruction",
    "Disposition",
    "Filing",
    "GroupMember",
    "Lead",
    "Matter",
    "Notice",
    "PartialUpload",
    "Person",
    "PersonMerge",
    "Petitioner",
    "Representation",
    "SearchEntry",
    "Urging",
    "Withdrawal",
]
