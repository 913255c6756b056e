"""Reading pages in tests."""

import re
from html import unescape
from typing import Any

from django.test import Client

from tests import cast as people
from tiepdan.accounts.models import User


def signed_in(user: User) -> Client:
    """A browser in which the user has signed in."""
    client = Client()
    client.force_login(user)
    return client


def text(response: Any) -> str:
    """What a person reads on the page: no tags, single spaces."""
    body = re.sub(r"<(script|style).*?</\1>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def error_beside(response: Any, field: str) -> str:
    """The message beside one field; empty when there is none."""
    body = response.content.decode()
    found = re.search(rf'id="id_{field}_error">(.*?)</div></div>', body, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", found[1])).split()) if found else ""


def submission_key(response: Any) -> str:
    """The key of a form's page."""
    found = re.search(r'name="submission_key" value="([^"]+)"', response.content.decode())
    assert found, "the page has no submission key"
    return found[1]


def counter_data(cast: people.People, **typed: str) -> dict[str, str]:
    """What a clerk types at the counter."""
    assert cast.commune_a.unit
    return {
        "full_name": "Nguyễn Thị Thuỳ An",
        "id_number": "020190000001",
        "born": "1990",
        "phone": "0912 345 678",
        "address": "thôn Nà Hoa",
        "commune": str(cast.commune_a.unit.pk),
        "channel": "in_person",
        "received_on": "01/12/2026",
        "subject": "Bồi thường đất",
        "content": "Gia đình tôi chưa đồng ý với diện tích đo đạc.",
        "request": "Đo đạc lại",
        "headcount": "1",
        "consent": "yes",
        "consent_manner": "Ký trên phiếu đăng ký",
        **typed,
    }
