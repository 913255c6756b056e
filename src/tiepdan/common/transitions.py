"""State tables: which event leads from which state to which, and the refusal when none does."""

from collections.abc import Mapping
from typing import TypeVar

State = TypeVar("State", bound=str)


class RuleRefusedError(Exception):
    """A rule of the law or of the procedure forbids the act; the message is for a person.

    `rule` is a short stable name, `message` plain Vietnamese, `article` the legal source if any.
    """

    def __init__(self, rule: str, message: str, article: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.article = article


def follow(table: Mapping[tuple[State, str], State], state: State, event: str) -> State:
    """The state after `event`; raises RuleRefusedError when the table has no such step."""
    try:
        return table[state, event]
    except KeyError:
        raise RuleRefusedError(
            "transition", f"Không thể thực hiện «{event}» khi đang ở trạng thái «{state}»."
        ) from None
