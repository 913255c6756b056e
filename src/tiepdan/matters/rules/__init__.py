"""What makes a filing acceptable, and what may be done with it; pure."""

from tiepdan.common.folding import fold
from tiepdan.matters.rules.cards import Card, read_card
from tiepdan.matters.rules.classification import check_findings, conditions_of, fields_of
from tiepdan.matters.rules.deadlines import (
    after_extension,
    after_suspension,
    last_day,
    unit_of,
    unmoved_day,
)
from tiepdan.matters.rules.faults import NotValidError, needs_text
from tiepdan.matters.rules.groups import (
    check_listed_once,
    check_representatives,
    is_large_group,
    most_representatives,
)
from tiepdan.matters.rules.intake import check_channel, check_headcount
from tiepdan.matters.rules.leads import check_reachable, guidance_lines
from tiepdan.matters.rules.likeness import Described, Likeness, compare_people
from tiepdan.matters.rules.online import form_in_force, may_be_online
from tiepdan.matters.rules.outcomes import CHAIRS, Facts, admitted, article_of, why_not
from tiepdan.matters.rules.persons import (
    check_far_address,
    normalise_name,
    validate_birth_year,
    validate_id_number,
    validate_name,
    validate_phone,
)
from tiepdan.matters.rules.representation import Shown, objections
from tiepdan.matters.rules.secrecy import blackened, check_anonymous, check_without

__all__ = [
    "CHAIRS",
    "Card",
    "Described",
    "Facts",
    "Likeness",
    "NotValidError",
    "Shown",
    "admitted",
    "after_extension",
    "after_suspension",
    "article_of",
    "blackened",
    "check_anonymous",
    "check_channel",
    "check_far_address",
    "check_findings",
    "check_headcount",
    "check_listed_once",
    "check_reachable",
    "check_representatives",
    "check_without",
    "compare_people",
    "conditions_of",
    "fields_of",
    "fold",
    "form_in_force",
    "guidance_lines",
    "is_large_group",
    "last_day",
    "may_be_online",
    "most_representatives",
    "needs_text",
    "normalise_name",
    "objections",
    "read_card",
    "unit_of",
    "unmoved_day",
    "validate_birth_year",
    "validate_id_number",
    "validate_name",
    "validate_phone",
    "why_not",
]
