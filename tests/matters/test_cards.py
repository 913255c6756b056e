"""The QR code of an identity card: what it fills, what it refuses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiepdan.matters.rules import NotValidError, read_card
from tiepdan.matters.states import Sex

CARD = (
    "020190000001|081234567|Nông  Thị Cúc|05121990|Nữ|"
    "Thôn Nà Hoa, Đại Đồng, Tràng Định, Lạng Sơn|10052021"
)


def test_card_is_read():
    """A card should give number, name, birth, sex, address and the day of issue."""
    card = read_card(CARD)
    assert (card.id_number, card.full_name) == ("020190000001", "Nông Thị Cúc")
    assert (card.birth_date, card.birth_year, card.sex) == (date(1990, 12, 5), 1990, Sex.FEMALE)
    assert card.address == "Thôn Nà Hoa, Đại Đồng, Tràng Định, Lạng Sơn"
    assert card.issued_on == date(2021, 5, 10)


def test_card_of_2024_has_more_fields():
    """A newer card should be read too, without what it says of the parents."""
    card = read_card(CARD + "||Nông Văn Bố|Lý Thị Mẹ|")
    assert card.full_name == "Nông Thị Cúc"
    assert "Bố" not in repr(card)


def test_letters_in_parts_are_joined():
    """Letters sent apart from their marks should be put together (NFC)."""
    decomposed = CARD.replace("Cúc", "Cu\u0301c")
    assert read_card(decomposed).full_name == "Nông Thị Cúc"


@pytest.mark.parametrize(
    ("born", "day", "year"),
    [("00001958", None, 1958), ("31021958", None, 1958), ("", None, None), ("1958", None, None)],
)
def test_birth_without_a_day(born, day, year):
    """Who has no day of birth on the card should have at most the year."""
    card = read_card(CARD.replace("05121990", born))
    assert (card.birth_date, card.birth_year) == (day, year)


@pytest.mark.parametrize(
    "text",
    [
        "", "https://example.vn/abc", "020190000001|A|B", CARD.replace("020190000001", "02019"),
        CARD.replace("020190000001", "020990000001"), CARD.replace("Nông", "N\ufffdng"),
        CARD.replace("Thị", "Th?"), "|" * 7, CARD.replace("Nông  Thị Cúc", "7"),
    ],
)  # fmt: skip
def test_other_text_is_refused(text):
    """What is no card, or was spoilt by the scanner, should be refused."""
    with pytest.raises(NotValidError):
        read_card(text)


@given(st.one_of(st.text(), st.lists(st.text(max_size=12), min_size=6, max_size=11).map("|".join)))
def test_any_text_is_read_or_refused(text):
    """Whatever a scanner or a stranger sends should be a card or be refused, nothing else."""
    for sent in (text, "020190000001|" + text):
        try:
            card = read_card(sent)
        except NotValidError:
            continue
        assert len(card.id_number) == 12
        assert card.full_name
