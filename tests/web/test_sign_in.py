"""The door for officials says what to do when it stays shut."""

from django.test import Client

from tests.web.pages import text


def test_fifth_failure_says_to_wait(cast):
    """After five wrong passwords the page should say to wait, also to the right one's owner."""
    client = Client()
    typed = {"username": cast.officer.username, "password": "sai"}
    pages = [text(client.post("/dang-nhap/", typed)) for _ in range(6)]
    assert "chưa đúng" in pages[0]
    assert "Đã thử sai 5 lần; xin thử lại sau 5 phút" in pages[-1]
