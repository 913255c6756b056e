"""State tables: which event leads from which state to which, and the refusal when none does."""

from collections.abc import Callable, Mapping
from typing import TypeVar

State = TypeVar("State", bound=str)
Translator = Callable[[str], str]
_translators: list[Translator] = [str]
"""The last one translates refusals; without one they stay Vietnamese."""


def translate_with(translator: Translator) -> None:
    """Let refusals be said in the reader's language; `common` does it when Django starts."""
    _translators.append(translator)


class RuleRefusedError(Exception):
    """A rule of the law or of the procedure forbids the act; the message is for a person.

    `rule` is a short stable name, `template` plain Vietnamese with the names of `values` in
    braces, `article` the legal source if any.
    """

    def __init__(self, rule: str, template: str, article: str = "", **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.rule = rule
        self.template = template
        self.article = article
        self.values = values

    @property
    def message(self) -> str:
        """The sentence in the language of whoever reads it now."""
        said = _translators[-1](self.template)
        return said.format(**self.values) if self.values else said


def follow(table: Mapping[tuple[State, str], State], state: State, event: str) -> State:
    """The state after `event`; raises RuleRefusedError when the table has no such step."""
    try:
        return table[state, event]
    except KeyError:
        raise RuleRefusedError(
            "transition",
            "Không thể thực hiện «{event}» khi đang ở trạng thái «{state}».",
            event=event,
            state=state,
        ) from None
