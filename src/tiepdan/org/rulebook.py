"""Rules of law and local choices as dated data.

Each profile (hồ sơ quy định) is a TOML file in `rulebooks/`: for every rule a value, its unit,
the article it rests on, where that was read, how sure we are, and from when to when it holds.
A profile may name another as its base; its own rules then win.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

RulebookValue = int | str | bool | list[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One number or choice with its legal citation; `confidence` is 0-1, 1 = read in the text."""

    key: str
    value: RulebookValue
    unit: str
    article: str
    source: str
    confidence: float
    valid_from: date
    valid_to: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the rule is in force on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class MissingRuleError(LookupError):
    """No rule of that name is in force on that day."""


def rule(key: str, on: date, profile: str | None = None) -> Rule:
    """The rule in force on that day; raises MissingRuleError."""
    for candidate in all_rules(profile or settings.PROFILE):
        if candidate.key == key and candidate.holds(on):
            return candidate
    raise MissingRuleError(f"{key} on {on}")


def number(key: str, on: date) -> int:
    """A rule's value that is a number."""
    value = rule(key, on).value
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{key} is not a number")
    return value


def text(key: str, on: date) -> str:
    """A rule's value that is a text."""
    return str(rule(key, on).value)


def texts(key: str, on: date) -> list[str]:
    """A rule's value that is a list of texts."""
    value = rule(key, on).value
    if not isinstance(value, list):
        raise TypeError(f"{key} is not a list")
    return value


def flag(key: str, on: date) -> bool:
    """A rule's value that is yes or no."""
    return rule(key, on).value is True


@cache
def all_rules(profile: str) -> tuple[Rule, ...]:
    """Every rule of a profile, its own before those of its base."""
    path = Path(__file__).parent / "rulebooks" / f"{profile}.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    own = tuple(Rule(**entry) for entry in data["rule"])
    base = data.get("base")
    return own + (all_rules(base) if base else ())
