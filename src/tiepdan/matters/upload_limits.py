"""How many files a citizen may hand in, and how large: dated rules."""

from datetime import date

from tiepdan.org import rulebook

MEGABYTE = 1024 * 1024
RULE = "attachments"


def limits(on: date) -> tuple[int, int, int]:
    """How many files a filing may have, megabytes of one, megabytes of all sent together."""
    return (
        rulebook.number("attachments_per_filing", on),
        rulebook.number("attachment_megabytes", on),
        rulebook.number("attachments_megabytes_together", on),
    )
