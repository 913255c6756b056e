"""Rules of law and local choices as dated data.

Each profile (hồ sơ quy định) is a TOML file in `rulebooks/`: for every rule a value, its unit,
the article it rests on, where that was read, how sure we are, and from when to when it holds.
A profile may name another as its base; its own rules then win.

What the law leaves open, or what we are not sure of, is a setting: the province's choice
(`org.models.RuleSetting`) then counts from its day on. The settings are read at most once in
`KEPT_SECONDS`, so that a page with a hundred rules asks the database once or not at all; another
process follows a change that much later.
"""

import re
import time
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from tiepdan.org.models import RuleSetting

RulebookValue = int | str | bool | list[str]
NOT_STATUTORY = ("không do luật định", "not statutory")
"""How the article of a rule begins that no law asks for."""
SURE = 0.9
"""Below it a rule of law is a setting: its text has not been read."""
KEPT_SECONDS = 5.0
_YES_NO = {"true": "có", "false": "không"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One number or choice with its legal citation; `confidence` is 0-1, 1 = read in the text.

    `says` is what it means, in Vietnamese, `{}` standing for the value; `options` the values a
    choice may have and their words; `at_most` the largest number, `pattern` what a text looks
    like. `open`: texts contradict each
    other. `shown_only`: for officials to look up; the program does not count with it.
    """

    key: str
    value: RulebookValue
    unit: str
    article: str
    source: str
    confidence: float
    valid_from: date
    valid_to: date | None = None
    says: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    at_most: int = 3650
    pattern: str = ".*"
    open: bool = False
    shown_only: bool = False
    set_here: bool = False

    def holds(self, on: date) -> bool:
        """Whether the rule is in force on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def is_statutory(self) -> bool:
        """Whether an act asks for it."""
        return not self.article.startswith(NOT_STATUTORY)

    @property
    def is_setting(self) -> bool:
        """Whether the province may set it: no act asks for it, or we are not sure of the text."""
        return self.open or not self.is_statutory or self.confidence < SURE

    @property
    def sentence(self) -> str:
        """What it says, with its value."""
        return self.says.replace("{}", self.words(self.value))

    def words(self, value: RulebookValue) -> str:
        """A value of this rule as people say it."""
        if isinstance(value, bool):
            return _YES_NO[str(value).lower()]
        if isinstance(value, list):
            return ", ".join(self.options.get(one, one) for one in value)
        return self.options.get(str(value), str(value))

    def admits(self, value: RulebookValue) -> bool:
        """Whether it could be a value of this rule: same type, in its bounds, of its options."""
        if type(value) is not type(self.value):
            return False
        if isinstance(value, bool):
            return True
        if isinstance(value, int):
            return 1 <= value <= self.at_most
        words = value if isinstance(value, list) else [value]
        if self.options:
            return bool(words) and set(words) <= set(self.options)
        return bool(words) and all(
            word.strip() and re.fullmatch(self.pattern, word) for word in words
        )


class MissingRuleError(LookupError):
    """No rule of that name is in force on that day."""


def rule(key: str, on: date, profile: str | None = None) -> Rule:
    """The rule in force on that day; raises MissingRuleError.

    The newest setting valid on that day counts, as long as the profile's own rule is a setting;
    a named profile is read without settings.
    """
    found = _written(key, on, profile or settings.PROFILE)
    chosen = None if profile or not found.is_setting else _setting(key, on)
    return chosen.over(found) if chosen else found


def in_force(on: date) -> list[Rule]:
    """Every rule in force on that day, settings applied, in the order of the files."""
    keys = dict.fromkeys(one.key for one in all_rules(settings.PROFILE) if one.holds(on))
    return [rule(key, on) for key in keys]


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


def _written(key: str, on: date, profile: str) -> Rule:
    for candidate in all_rules(profile):
        if candidate.key == key and candidate.holds(on):
            return candidate
    raise MissingRuleError(f"{key} on {on}")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a province set, from which day on."""

    key: str
    value: RulebookValue
    valid_from: date

    def over(self, written: Rule) -> Rule:
        """The rule with this value instead of its own."""
        return replace(written, value=self.value, valid_from=self.valid_from, set_here=True)


@dataclass
class _Kept:
    """The settings as they were read last, the newest first, and until when they count."""

    choices: list[Choice] = field(default_factory=list)
    until: float = 0.0


_kept = _Kept()


def keep(choices: list[Choice], seconds: float = KEPT_SECONDS) -> None:
    """Take these as the settings for so many seconds."""
    _kept.choices, _kept.until = choices, time.monotonic() + seconds


def forget() -> None:
    """Read the settings again at the next look; whoever writes one calls it."""
    _kept.until = 0.0


def _setting(key: str, on: date) -> Choice | None:
    if time.monotonic() >= _kept.until:
        rows = RuleSetting.objects.order_by("-at", "-created_at")
        keep([Choice(*row) for row in rows.values_list("key", "value", "valid_from")])
    return next((one for one in _kept.choices if one.key == key and one.valid_from <= on), None)
