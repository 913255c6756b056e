"""Intake, classification, proposal, reply, decision, withdrawal."""

from tests import cast as c


def test_smoke(cast):
    """Filings should reach every end."""
    assert c.approved_filing(cast).state == "disposed"
    assert c.approved_filing(cast, 1, verdict="refused").disposition.reply.number_text
    assert c.declined_filing(cast, 2).disposition.reply.number_text
