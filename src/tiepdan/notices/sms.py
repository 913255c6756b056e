"""Text messages: the port, and the rehearsal provider behind it.

A real gateway needs a province's own contract and sender name; it is one more class here, named
by `TIEPDAN_SMS_PROVIDER`. Called outside transactions: it goes over the network.
"""

import json
import re
from collections.abc import Callable
from typing import Protocol

from django.conf import settings

from tiepdan.common import clock

SHORT = 4
"""Digits of a number that may be shown afterwards."""


class SmsProvider(Protocol):
    """A gateway as the product sees it."""

    def send(self, number: str, text: str) -> None:
        """Hand the message over; raises `NotSentError` when the gateway will not take it."""


class NotSentError(Exception):
    """The gateway did not take the message."""


class Rehearsal:
    """Nothing leaves the machine: messages go to `RUN_DIR/sms.jsonl`, for rehearsals and tests."""

    def send(self, number: str, text: str) -> None:
        """One line a message, readable by this account only."""
        path = settings.RUN_DIR / "sms.jsonl"
        path.touch(mode=0o600, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            row = {"at": clock.real_now().isoformat(), "to": number, "text": text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


_PROVIDERS: dict[str, Callable[[], SmsProvider]] = {"rehearsal": Rehearsal}


def is_number(text: str) -> bool:
    """Whether it can be a Vietnamese telephone number: ten digits from 0, or +84 and nine."""
    return re.fullmatch(r"(0|\+84)\d{9}", re.sub(r"[ .-]", "", text)) is not None


def send(number: str, text: str) -> None:
    """Send by the provider of the settings; raises `NotSentError`."""
    _PROVIDERS[settings.SMS_PROVIDER]().send(re.sub(r"[ .-]", "", number), text)
