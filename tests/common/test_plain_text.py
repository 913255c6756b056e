"""What nobody can see does not come in."""

import unicodedata

import pytest
from django.http import HttpResponse, QueryDict
from django.test import RequestFactory

from tiepdan.common.plain_text import PlainTextMiddleware, visible

NAME = "Nguyễn Thị Thuỳ Dương, bản Lũng Vài\r\n\tĐơn: 1/2 «gấp»"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_vietnamese_is_left_alone(form):
    """Composed or not, Vietnamese with its line ends should come through whole."""
    text = unicodedata.normalize(form, NAME)
    assert visible(text) == text


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("An \u202egnp.exe", "An gnp.exe"),
        ("A\0n\x1b[31m\x0b", "An[31m"),
        ("tiếp\u00ad \u200bdân\ufeff", "tiếp dân"),
        ("\ud800x\ufffe\uffff\ue000", "x"),
        ("e" + "\u0301" * 500 + "m", "e" + "\u0301" * 4 + "m"),
    ],
)
def test_hidden_letters_go(sent, seen):
    """Turned directions, controls, soft hyphens, halves of letters and towers should go."""
    assert visible(sent) == seen


def test_requests_come_in_clean_but_passwords_do_not_change():
    """Both what was typed and what stands in the address should be clean; secrets exact."""
    seen = []

    def view(request):
        seen.append((request.GET["q"], request.POST.getlist("a"), request.POST["password"]))
        return HttpResponse()

    body = QueryDict(mutable=True)
    body.setlist("a", ["x\u202e", "y"])
    body["password"] = "p\u200bq"
    request = RequestFactory().post(
        "/?q=a%00b", body.urlencode(), content_type="application/x-www-form-urlencoded"
    )
    PlainTextMiddleware(view)(request)
    assert seen == [("ab", ["x", "y"], "p\u200bq")]
