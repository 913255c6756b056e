"""What a filing must have, and what may be online."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiepdan.common.transitions import RuleRefusedError, follow
from tiepdan.matters import rules
from tiepdan.matters.states import (
    FILING_TRANSITIONS,
    Channel,
    FilingKind,
    FilingState,
    ReceptionForm,
)

GROUPS = {"group_from": 5, "few": 2, "more_from": 10, "more": 5}


def refused(act, *args, **kwargs):
    """The refusal of something that has to be refused."""
    with pytest.raises(RuleRefusedError) as caught:
        act(*args, **kwargs)
    return caught.value


@pytest.mark.parametrize("typed", ["020190001234", " 020 190 001234 ", "020.190.001234"])
def test_id_number_typed_any_way(typed):
    """Twelve digits should be taken with or without blanks."""
    assert rules.validate_id_number(typed) == "020190001234"


@pytest.mark.parametrize(
    "typed", ["", "02019000123", "0201900012345", "02019000123a", "０２０１９０００１２３４"]
)
def test_id_number_of_wrong_length(typed):
    """Anything but twelve ASCII digits should be refused, saying what is needed."""
    assert "12 chữ số" in refused(rules.validate_id_number, typed).message


def test_old_identity_card():
    """A 9-digit number should be refused as expired (Luật Căn cước 2023, Điều 46)."""
    refusal = refused(rules.validate_id_number, "081234567")
    assert "hết giá trị" in refusal.message
    assert refusal.article == "Luật Căn cước 26/2023/QH15, Điều 46"


@pytest.mark.parametrize("typed", ["020790001234", "000190001234"])
def test_id_number_of_impossible_shape(typed):
    """A number of a far century or of no province should be refused."""
    assert refused(rules.validate_id_number, typed).rule == "id_number"


def test_refusal_is_a_value_error():
    """Forms should be able to catch a wrong value as Python's own error."""
    with pytest.raises(ValueError, match="12 chữ số"):
        rules.validate_id_number("1")


def test_name_in_one_form():
    """A name typed decomposed and with double spaces should equal the composed one."""
    decomposed = unicodedata.normalize("NFD", "  Nguyễn   Thị Thuỳ An ")
    assert rules.validate_name(decomposed) == "Nguyễn Thị Thuỳ An"


@pytest.mark.parametrize("typed", ["", " ", "A", "An 123"])
def test_name_that_is_none(typed):
    """Nothing, a letter, or digits should be no name."""
    assert refused(rules.validate_name, typed).rule == "full_name"


@pytest.mark.parametrize(
    ("year", "fits"), [(None, True), (1900, True), (2026, True), (1899, False), (2027, False)]
)
def test_birth_year(year, fits):
    """A birth year should be possible, or left out."""
    if fits:
        assert rules.validate_birth_year(year, 2026) == year
    else:
        assert refused(rules.validate_birth_year, year, 2026).rule == "birth_year"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("+84 912 345 678", "0912345678"), ("0205.3810.000", "02053810000"), ("", "")],
)
def test_phone(typed, stored):
    """A telephone number should be stored as digits, or be left out."""
    assert rules.validate_phone(typed) == stored


def test_phone_that_is_none():
    """Words should be no telephone number."""
    assert refused(rules.validate_phone, "không có").rule == "phone"


def test_channel_not_admitted():
    """A way of registering the province does not admit should be refused with the way out."""
    refusal = refused(rules.check_channel, Channel.LETTER, ["in_person"])
    assert refusal.article == "QĐ 2193/QĐ-UBND, mục III.3.1a"


def test_nobody_is_no_group():
    """A request should be of at least one person."""
    assert refused(rules.check_headcount, 0).rule == "headcount"


@pytest.mark.parametrize(("persons", "large"), [(1, False), (4, False), (5, True), (51, True)])
def test_large_group(persons, large):
    """A group should be large from five persons (Luật Tiếp công dân, Điều 2 khoản 4)."""
    assert rules.is_large_group(persons, threshold=5) is large


@pytest.mark.parametrize(("persons", "most"), [(4, None), (5, 2), (9, 2), (10, 5), (200, 5)])
def test_representatives(persons, most):
    """Groups of 5-9 should send at most two, from 10 at most five; smaller ones are free."""
    assert rules.most_representatives(persons, **GROUPS) == most


@given(st.sampled_from(FilingKind), st.booleans(), st.booleans())
def test_online_needs_consent(kind, consent, flag):
    """Nothing should be online without consent (QĐ 2193, III.2.1)."""
    refusal = rules.may_be_online(kind, consent=consent, denunciation_allowed=flag)
    assert consent or refusal is not None


@given(st.sampled_from(FilingKind), st.booleans())
def test_denunciation_not_online(kind, consent):
    """A denunciation should not be online while the switch is off (QĐ 748, Điều 4)."""
    refusal = rules.may_be_online(kind, consent=consent, denunciation_allowed=False)
    if kind == FilingKind.DENUNCIATION:
        assert refusal is not None
        assert refusal.rule == "denunciation_online"
    else:
        assert (refusal is None) is consent


def test_consent_taken_back_means_in_person():
    """Without consent the form in force should be in person."""
    assert rules.form_in_force(ReceptionForm.ONLINE, consent=False) == ReceptionForm.IN_PERSON
    assert rules.form_in_force(ReceptionForm.ONLINE, consent=True) == ReceptionForm.ONLINE
    assert rules.form_in_force(ReceptionForm.IN_PERSON, consent=True) == ReceptionForm.IN_PERSON


@pytest.mark.parametrize(
    "text", ["Đất đai", "ĐẤT  ĐAI", "dat dai", unicodedata.normalize("NFD", "đất đai")]
)
def test_fold(text):
    """However it is typed, a word should fold to the same letters."""
    assert rules.fold(text) == "dat dai"


@given(st.text(max_size=60))
def test_fold_is_stable(text):
    """Folding twice should change nothing more."""
    assert rules.fold(rules.fold(text)) == rules.fold(text)


def test_text_that_is_needed():
    """A needed text of blanks should be refused with the given words."""
    assert refused(rules.needs_text, "reason", "  \n", "Hãy nêu lý do.").message == "Hãy nêu lý do."


def test_withdrawn_is_the_end():
    """No event should lead out of a withdrawn filing."""
    assert [key for key in FILING_TRANSITIONS if key[0] == FilingState.WITHDRAWN] == []


@pytest.mark.parametrize("event", ["classify", "dispose"])
def test_disposed_only_once(event):
    """A disposed filing should be neither classified nor disposed again."""
    assert refused(follow, FILING_TRANSITIONS, FilingState.DISPOSED, event).rule == "transition"


def test_not_disposed_before_classified():
    """A filing nobody has classified should not be disposed."""
    assert refused(follow, FILING_TRANSITIONS, FilingState.RECEIVED, "dispose")
