"""Letters as searching and comparing see them; pure."""

import re
import unicodedata

LONGEST_WORD = 60
"""Letters of a word that count: databases refuse words much longer in an index."""
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """The text as searching sees it: small letters without marks, đ as d."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def words(text: str) -> list[str]:
    """The folded words of a text, letters and digits only, as the search index keeps them."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]
