"""How days, counts and names are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiepdan.documents import wording as w
from tiepdan.documents.kinds import number_text


def test_days():
    """Days below ten and months 1 and 2 should have a leading zero (NĐ 30/2020, II.4)."""
    assert w.ngay_dai("2026-02-05") == "ngày 05 tháng 02 năm 2026"
    assert w.ngay_dai("2026-03-05") == "ngày 05 tháng 3 năm 2026"
    assert w.ngay("2026-12-15") == "15/12/2026"


def test_moments_are_vietnams():
    """A moment should be written in Vietnam's time, whatever its offset."""
    assert w.gio_ngay("2026-12-15T07:30:00+00:00") == "14 giờ 30 phút, ngày 15 tháng 12 năm 2026"


def test_sentences():
    """A sentence should end in one full stop."""
    assert [str(w.cau(text)) for text in ("Một", "Một.", "Một?", "")] == [
        "Một.",
        "Một.",
        "Một?",
        "",
    ]
    assert w.dau_cau("ngày") == "Ngày"


def test_numbers():
    """Counts and numbers below ten should have a leading zero."""
    assert (w.so(5), w.so(12), number_text(7, "TB-UBND")) == ("05", "12", "07/TB-UBND")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ủy ban nhân dân tỉnh Lạng Sơn", ["Ủy ban nhân dân", "tỉnh Lạng Sơn"]),
        ("Ban Tiếp công dân", ["Ban Tiếp công dân"]),
        ("Văn phòng UBND tỉnh Lạng Sơn", ["Văn phòng UBND", "tỉnh Lạng Sơn"]),
        ("", []),
    ],
)
def test_letterhead_lines(name, lines):
    """A body's name should break where one would break it."""
    assert w.name_lines(name) == lines


@given(st.text("abc đ", min_size=1).map(str.strip).filter(bool))
def test_no_word_is_lost(name):
    """Breaking a name should keep its words."""
    assert " ".join(w.name_lines(name)).split() == name.split()
