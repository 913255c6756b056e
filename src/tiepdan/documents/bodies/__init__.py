"""What each kind of document says, as blocks. Wording after TT 04/2021/TT-TTCP and usage."""

from collections.abc import Mapping

from tiepdan.documents.blocks import Block
from tiepdan.documents.bodies import (
    for_citizens,
    for_filings,
    for_notices,
    for_receptions,
    for_results,
)
from tiepdan.documents.kinds import DocumentKind

BODIES: Mapping[DocumentKind, list[Block]] = {
    DocumentKind.RECEIPT: for_citizens.RECEIPT,
    DocumentKind.REASONED_REPLY: for_citizens.REASONED_REPLY,
    DocumentKind.INVITATION: for_receptions.INVITATION,
    DocumentKind.CITIZEN_APPOINTMENT: for_citizens.CITIZEN_APPOINTMENT,
    DocumentKind.PROPOSAL_LIST: for_receptions.PROPOSAL_LIST,
    DocumentKind.SCHEDULE_NOTICE: for_receptions.SCHEDULE_NOTICE,
    DocumentKind.MINUTES: for_results.MINUTES,
    DocumentKind.RESULT_NOTICE: for_results.RESULT_NOTICE,
    DocumentKind.GUIDANCE: for_filings.GUIDANCE,
    DocumentKind.DENUNCIATION_TRANSFER: for_filings.DENUNCIATION_TRANSFER,
    DocumentKind.TRANSFER: for_filings.TRANSFER,
    DocumentKind.FILING_RETURN: for_filings.FILING_RETURN,
    DocumentKind.ACCEPTANCE_PROPOSAL: for_filings.ACCEPTANCE_PROPOSAL,
    DocumentKind.SHELVING: for_filings.SHELVING,
    DocumentKind.RECEPTION_REFUSAL: for_filings.RECEPTION_REFUSAL,
    DocumentKind.URGING: for_filings.URGING,
    DocumentKind.DESTRUCTION: for_filings.DESTRUCTION,
    DocumentKind.COUNTER_REFUSAL: for_notices.COUNTER_REFUSAL,
    DocumentKind.NON_ACCEPTANCE: for_notices.NON_ACCEPTANCE,
    DocumentKind.WITHDRAWAL_RECORD: for_notices.WITHDRAWAL_RECORD,
    DocumentKind.DISCONTINUANCE: for_notices.DISCONTINUANCE,
}
