"""Codes people read aloud."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tiepdan.common.codes import ALPHABET, new_code, normalise_code


def test_form():
    """A code should be a prefix and twice four letters of the alphabet."""
    assert re.fullmatch(rf"LS-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", new_code("LS"))


def test_codes_differ():
    """A thousand codes should differ."""
    assert len({new_code("LS") for _ in range(1000)}) == 1000


@given(st.text(ALPHABET, min_size=8, max_size=8))
def test_typed_any_way(letters):
    """Small letters, blanks for dashes and look-alike letters should find the same code."""
    code = f"LS-{letters[:4]}-{letters[4:]}"
    sloppy = f" ls {letters[:4]}{letters[4:]}".lower().replace("0", "o").replace("1", "l")
    assert normalise_code(code) == code
    assert normalise_code(sloppy) == code


@given(st.text(max_size=40))
def test_anything_may_be_typed(text):
    """Nonsense should come back as text, never as an error."""
    assert isinstance(normalise_code(text), str)
