"""Letters as searching and comparing see them; pure."""

import unicodedata


def fold(text: str) -> str:
    """The text as searching sees it: small letters without marks, đ as d."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())
