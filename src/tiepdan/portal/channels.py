"""Which ways of registering are open here and now."""

from tiepdan.common import clock
from tiepdan.matters.states import Channel
from tiepdan.org import rulebook


def online_is_open() -> bool:
    """Whether citizens may register online: the province's rule `registration_channels`."""
    return Channel.ONLINE in rulebook.texts("registration_channels", clock.today())
