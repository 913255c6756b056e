"""Finding filings and people by what somebody types."""

import unicodedata

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from tests import cast as c
from tests.corpus import TEXTS
from tests.matters.test_denunciations import CANARY, named, sealed
from tests.web.pages import signed_in
from tiepdan.common.folding import LONGEST_WORD, words
from tiepdan.matters import queries
from tiepdan.matters.models import Filing, SearchEntry
from tiepdan.matters.queries import exact_first, in_this_order, search_people, wanted_in
from tiepdan.matters.queries import people as people_module
from tiepdan.matters.queries import search as module
from tiepdan.matters.search_index import words_of
from tiepdan.matters.states import FilingKind


def search(typed, who):
    """What somebody finds, last registered first; by the index and, where it is enough, a walk."""
    found = queries.newest_hits(typed, who, 50).keys
    for most in range(1, len(found) + 1):
        assert queries.newest_hits(typed, who, most).keys == found[:most]
    return in_this_order(found, who)


def test_old_and_new_tone_placement_are_one():
    """The mark on either vowel, composed or not, should fold to the same words."""
    spelt = ["Hoà Thuỷ", "Hòa Thủy", "HÒA THUỶ", "hoa thuy"]
    forms = {
        tuple(words(unicodedata.normalize(form, one))) for one in spelt for form in ("NFC", "NFD")
    }
    assert forms == {("hoa", "thuy")}


def test_words_hold_no_operators():
    """Whatever is typed, words should be letters and digits of a bounded length."""
    for text in TEXTS.values():
        assert all(word.isalnum() and len(word) <= LONGEST_WORD for word in words(text))


@pytest.mark.parametrize(
    ("typed", "whole", "beginning", "phrases"),
    [
        ("nguyễn thị a", ("nguyen", "thi"), "a", ()),
        ('"thu hồi đất" hu', ("thu", "hoi", "dat"), "hu", ("thu hoi dat",)),
        ("“thu hồi đất”", ("thu", "hoi", "dat"), "", ("thu hoi dat",)),
        ('"an', (), "an", ()),
        ('an "', ("an",), "", ()),
        ("an* OR -thị:A & b", ("an", "or", "thi", "a"), "b", ()),
        ("!!! ***", (), "", ()),
    ],
)
def test_what_was_typed(typed, whole, beginning, phrases):
    """The last word should be open, quoted ones whole, signs nothing."""
    wanted = wanted_in(typed)
    assert (wanted.whole, wanted.beginning, wanted.phrases) == (whole, beginning, phrases)


@pytest.mark.parametrize(
    "typed",
    [
        "Thuỳ", "Thùy", "thuy", "THÙY", unicodedata.normalize("NFD", "Thùy An"), "đất", "dat",
        "thu hồi đ", "nguyen thi thuy an 020190000000", '"thu hồi đất"',
        '"thu hoi" thuy', "an nguyen", "boi-thuong; thu/hoi",
    ],
)  # fmt: skip
def test_found(cast, typed):
    """Marks, their form and place, order and the last word's end should not matter."""
    filing = c.filing(cast, 0)
    c.filing(cast, 1, subject="Sửa cầu treo")
    assert search(typed, cast.officer) == [filing]


@pytest.mark.parametrize(
    "typed",
    ['"hồi thu"', '"oi dat"', '"thu đất"', '"nguy"', "guyen", "thuy bao", "nguye thi", "", "?!"],
)
def test_not_found(cast, typed):
    """Phrases in another order, middles of words and words of two filings should find nothing."""
    c.filing(cast, 0)
    c.filing(cast, 1, subject="Sửa cầu treo")
    assert not search(typed, cast.officer)


@pytest.mark.parametrize("name", TEXTS)
def test_nonsense_finds_nothing_and_breaks_nothing(cast, name):
    """Bad input should be words like any other."""
    c.filing(cast)
    text = TEXTS[name]
    for typed in (text, f'"{text}"', f"{text}*", f"nguyen {text}"):
        assert list(search(typed, cast.officer)[:5]) is not None
        assert len(search_people(typed, cast.officer).people) <= 1


def test_code_as_typed(cast):
    """A tracking code should find its filing, in small letters and begun only."""
    filing = c.filing(cast)
    for typed in (filing.tracking_code.lower(), filing.tracking_code[:5]):
        assert search(typed, cast.officer) == [filing]


def test_affairs_code_finds_its_filings(cast):
    """The code of an affair should find what belongs to it."""
    filing = c.classified_filing(cast)
    assert search(filing.matter.code, cast.officer) == [filing]


def test_exact_letters_come_first(cast):
    """Hits written as typed should stand before those that only sound like it."""
    plain = c.filing(cast, 0, subject="Đất của Ma Văn Hoa")
    exact = c.filing(cast, 1, subject="Đất của Ma Văn Hoá")
    last = c.filing(cast, 2, subject="Đất của Ma Văn Hoạ")
    found = search("hoá", cast.officer)
    assert list(found) == [last, exact, plain]
    assert exact_first("hoá", found) == [exact, last, plain]
    assert exact_first(unicodedata.normalize("NFD", "Hoá"), found)[0] == exact


def test_scope_and_protection(cast):
    """Others' filings and, for most, denunciations should not be found, by any word."""
    open_one = c.filing(cast, 0, agency=cast.commune_a)
    hidden = c.classified_filing(cast, 1, kind=FilingKind.DENUNCIATION, agency=cast.commune_a)
    code = hidden.tracking_code
    assert search(open_one.tracking_code, cast.clerk_a) == [open_one]
    for who in (cast.outsider, cast.stranger, cast.clerk_b):
        assert not search("thuy an", who)
        assert not search_people("thuy an", who).people
    assert not search(code, cast.clerk_a)
    assert search(code, cast.officer) == [hidden]
    assert not search("bao", cast.officer)
    assert not search_people("bao", cast.officer).people


def test_a_choice_among_many(cast, monkeypatch):
    """Where only so many matches are looked at, what is missing for it should be said."""
    old, *rest = (c.filing(cast, number) for number in range(4))
    only = Filing.objects.filter(pk__in=[old.pk, rest[-1].pk])
    assert queries.newest_hits("đường", cast.officer, 3, only).partial is False
    monkeypatch.setattr(module, "MOST_CHOSEN_FROM", 2)
    few = queries.newest_hits("đường", cast.officer, 3, only)
    assert few == queries.Hits([rest[-1].pk], partial=True)


def test_walk_and_index_agree(cast, monkeypatch):
    """Far back, where no walk leads, the index should find the same, in the same order."""
    for number in range(4):
        c.filing(cast, number)
    c.classified_filing(cast, 4, kind=FilingKind.DENUNCIATION)
    typed = ["n", "ng", "ngu", "an", "đ", "ls", '"thu hồi" đ', "020", "0", "tr"]
    for who in (cast.officer, cast.secretary, cast.clerk_a):
        near = [search(text, who) for text in typed]
        with monkeypatch.context() as patch:
            patch.setattr(module, "WALKED", 0)
            assert [search(text, who) for text in typed] == near
    assert any(near)


def test_denouncer_is_not_found_by_name(cast):
    """A denunciation should be found by its code only (Luật Tố cáo, Điều 9)."""
    filing = c.classified_filing(cast, kind=FilingKind.DENUNCIATION)
    for typed in ("Thuỳ An", "020190000000", "02", "thu"):
        assert not search(typed, cast.officer)
    assert search(filing.tracking_code, cast.officer) == [filing]


def test_people_by_the_beginning_of_a_name(cast):
    """The last word of a name may be unfinished; words of the subject find no citizen."""
    person = c.filing(cast, 0).petitioner.person
    c.filing(cast, 1)
    assert list(search_people("nguyễn th", cast.officer).people) == [person]
    assert not search_people("bồi thường", cast.officer).people


def test_page_of_people_says_what_may_be_missing(cast, monkeypatch):
    """The register should tell when older citizens may be missing, and not otherwise."""
    c.filing(cast, 0, subject="Sửa cầu treo")
    c.filing(cast, 0, subject="Sửa đường")
    client, where = signed_in(cast.officer), reverse("desk:people") + "?q=nguyen"

    def told() -> list[str]:
        page = client.get(where).content.decode()
        return [one for one in ("có thể thiếu đơn cũ hơn", "Hơn 1 đơn khớp") if one in page]

    assert told() == []
    with monkeypatch.context() as patch:
        patch.setattr(module, "MOST_CHOSEN_FROM", 1)
        assert told() == ["có thể thiếu đơn cũ hơn"]
    monkeypatch.setattr(queries, "MOST_HITS", 1)
    monkeypatch.setattr(people_module, "MOST_HITS", 1)
    assert told() == ["Hơn 1 đơn khớp"]


def test_change_leaves_no_old_words(cast):
    """What an entry said before should not be found again."""
    filing = c.filing(cast)
    SearchEntry.objects.filter(filing=filing).update(words="khac")
    assert not search("thuy an", cast.officer)
    assert search("khác", cast.officer) == [filing]
    SearchEntry.objects.filter(filing=filing).delete()
    assert not search("khác", cast.officer)


def pages_of_index():
    """The raw bytes SQLite keeps of the index; nothing on PostgreSQL, whose rows are the truth."""
    if connection.vendor != "sqlite":
        return b""
    with connection.cursor() as cursor:
        cursor.execute("SELECT block FROM matters_searchindex_data")
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def test_sealing_leaves_the_index(cast):
    """Once sealed, the author's words should stand in no page of the index."""
    filing = named(cast)
    tail = b"009977"  # FTS5 shortens beginnings of words, never their ends
    assert connection.vendor != "sqlite" or tail in pages_of_index()
    fresh = sealed(cast, Filing.objects.get(pk=filing.pk))
    assert SearchEntry.objects.get(filing=fresh).words == words_of(fresh)
    assert not {"yen", "020185009977"} & set(words_of(fresh).split())
    assert not search(CANARY.full_name, cast.officer)
    assert not search(CANARY.id_number, cast.officer)
    assert search(fresh.tracking_code, cast.officer) == [fresh]
    assert tail not in pages_of_index()


def test_rebuilding(cast, capsys):
    """The command should write what is missing, correct what is wrong, and say how many."""
    one, other = c.filing(cast, 0), c.filing(cast, 1)
    before = dict(SearchEntry.objects.values_list("filing", "words"))
    SearchEntry.objects.filter(filing=one).delete()
    SearchEntry.objects.filter(filing=other).update(words="sai")
    call_command("rebuild_search")
    assert capsys.readouterr().out.strip() == "2"
    assert dict(SearchEntry.objects.values_list("filing", "words")) == before
    assert search("thuy an", cast.officer) == [one]
    assert not search("sai", cast.officer)
