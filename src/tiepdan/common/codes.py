"""Codes that people read aloud and type: unguessable, without letters that look alike."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U."""

GROUP = 4
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_code(prefix: str) -> str:
    """A new code `PREFIX-XXXX-XXXX` with 40 random bits."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(2 * GROUP))
    return f"{prefix}-{letters[:GROUP]}-{letters[GROUP:]}"


def normalise_code(text: str) -> str:
    """What somebody typed, as the code is stored: capitals, dashes, look-alikes resolved.

    The prefix keeps its letters. Text that is no code comes back in capitals and finds nothing.
    """
    letters = "".join(letter for letter in text.upper() if letter.isalnum())
    prefix, rest = letters[: -2 * GROUP], letters[-2 * GROUP :].translate(_LOOKALIKES)
    return "-".join(part for part in (prefix, rest[:GROUP], rest[GROUP:]) if part)
