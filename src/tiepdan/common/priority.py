"""How much of a busy machine a process takes."""

import os
from contextlib import suppress

_GROUP = "/proc/self/autogroup"
_FIRST = -10


def go_first() -> None:
    """Let this process and its children go before pages and jobs, where the machine allows it.

    Sound and recording cannot wait: a page that comes 50 ms later is the same page. Allowed is it
    to root and to whom `LimitNICE` of the service says; everybody else keeps the usual place.
    """
    with suppress(PermissionError):
        give_way(_FIRST)


def give_way(niceness: int) -> None:
    """Let everything of lower niceness (to 19) go before this process and its children.

    Linux weighs sessions against each other first (autogroups), and a niceness only inside its
    own: the session's is set too, when this process has one of its own. System calls only: it
    also runs between fork and exec. Raises PermissionError for a negative one that is not allowed.
    """
    os.setpriority(os.PRIO_PROCESS, 0, niceness)
    if os.getsid(0) == os.getpid():
        with suppress(OSError):  # a kernel without autogroups, or asked too often
            group = os.open(_GROUP, os.O_WRONLY)
            os.write(group, b"%d" % niceness)
            os.close(group)
