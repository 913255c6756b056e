"""Check digits are shown once, on the page after registering."""

from tiepdan.desk.guards import OfficialRequest
from tiepdan.matters.actions import Registered
from tiepdan.matters.models import Filing

_DIGITS = "fresh_check_digits"


def show_digits_once(
    request: OfficialRequest,
    registered: Registered | None = None,
    *,
    filing: Filing | None = None,
) -> str:
    """Remember the digits of what was registered, or give those of `filing` and forget them."""
    if registered and registered.check_digits:
        request.session[_DIGITS] = {str(registered.filing.pk): registered.check_digits}
    if filing is None:
        return ""
    digits: str = request.session.pop(_DIGITS, {}).get(str(filing.pk), "")
    return digits
