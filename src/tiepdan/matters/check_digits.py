"""The receipt's second factor: six digits that prove somebody holds the receipt.

They are stored as a keyed hash only: who reads the database alone cannot try all million.
"""

from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

DIGITS = 6


def check_digits_of(key: UUID) -> str:
    """The digits for one submission: the same again when the form is sent a second time."""
    number = int(_keyed("tiepdan.check_digits.new", str(key)), 16)
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def digest(tracking_code: str, digits: str) -> str:
    """What is stored in their place: 64 hexadecimal digits."""
    return _keyed("tiepdan.check_digits.stored", f"{tracking_code}:{digits}")


def matches(tracking_code: str, digits: str, stored: str) -> bool:
    """Whether the digits are right, in constant time."""
    return constant_time_compare(digest(tracking_code, digits), stored)


def _keyed(salt: str, value: str) -> str:
    return str(salted_hmac(salt, value, algorithm="sha256").hexdigest())
