"""The only writers of filings: each act makes its own row and never rewrites an earlier one."""

from tiepdan.matters.actions.accepting import accept_filing
from tiepdan.matters.actions.classifying import Findings, classify_filing
from tiepdan.matters.actions.companions import (
    Companion,
    Member,
    add_representation,
    end_representation,
    list_members,
    note_needs,
)
from tiepdan.matters.actions.consent import record_consent
from tiepdan.matters.actions.deadlines import (
    close_deadline,
    end_deadlines,
    extend_deadline,
    resume_deadline,
    start_deadline,
    suspend_deadline,
    urge,
)
from tiepdan.matters.actions.deciding import decide, note_heard, withdraw_filing
from tiepdan.matters.actions.denouncing import (
    must_be_sealed,
    register_denunciation,
    seal_identity,
)
from tiepdan.matters.actions.disposing import decline_filing, propose_filing
from tiepdan.matters.actions.handling import destroy_filing, handle_filing
from tiepdan.matters.actions.joining import Part, compare_filings, split_filing
from tiepdan.matters.actions.leads import link_lead, record_lead
from tiepdan.matters.actions.noticing import (
    discontinue_filing,
    note_refusal,
    refuse_acceptance,
    refuse_reception,
    turn_away,
)
from tiepdan.matters.actions.people import merge_persons, part_persons
from tiepdan.matters.actions.registering import PersonDetails, Registered, register_filing

__all__ = [
    "Companion",
    "Findings",
    "Member",
    "Part",
    "PersonDetails",
    "Registered",
    "accept_filing",
    "add_representation",
    "classify_filing",
    "close_deadline",
    "compare_filings",
    "decide",
    "decline_filing",
    "destroy_filing",
    "discontinue_filing",
    "end_deadlines",
    "end_representation",
    "extend_deadline",
    "handle_filing",
    "link_lead",
    "list_members",
    "merge_persons",
    "must_be_sealed",
    "note_heard",
    "note_needs",
    "note_refusal",
    "part_persons",
    "propose_filing",
    "record_consent",
    "record_lead",
    "refuse_acceptance",
    "refuse_reception",
    "register_denunciation",
    "register_filing",
    "resume_deadline",
    "seal_identity",
    "split_filing",
    "start_deadline",
    "suspend_deadline",
    "turn_away",
    "urge",
    "withdraw_filing",
]
