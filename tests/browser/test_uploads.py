"""Files over a line that breaks, in a real browser."""

import hashlib
from pathlib import Path

import pytest
from django.conf import settings

from tests import cast as people
from tests.browser.test_registering import accessible, look
from tests.matters import scans
from tiepdan.matters.models import Attachment, PartialUpload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW = "/ban-lam-viec/don/moi/"
SIZE = 3 * 1024 * 1024
PAPER = {"name": "Đơn.pdf", "mimeType": "application/pdf", "buffer": scans.PDF.ljust(SIZE, b" ")}
WHOLE = hashlib.sha256(PAPER["buffer"]).hexdigest()


def fill(page):
    """What a clerk types beside the file."""
    for name, words in {
        "full_name": "Nguyễn Thị Thuỳ An",
        "id_number": "020190000001",
        "born": "1990",
        "address": "thôn Nà Hoa",
        "subject": "Bồi thường đất",
        "content": "Chưa đồng ý với diện tích đo đạc.",
    }.items():
        page.locator(f"#id_{name}").fill(words)
    page.locator("input[name=consent][value=yes]").check()


def line(context, page):
    """The knob of the browser's network."""
    knob = context.new_cdp_session(page)
    knob.send("Network.enable")

    def turn(*, offline=False, upload=-1):
        knob.send(
            "Network.emulateNetworkConditions",
            {
                "offline": offline,
                "latency": 20,
                "downloadThroughput": -1,
                "uploadThroughput": upload,
            },
        )

    return turn


def wait_for_bytes(page, count):
    """Until the page shows that so many have arrived (the policy forbids a script that waits)."""
    bar = page.locator(".sent progress")
    bar.wait_for()
    for _ in range(200):
        if bar.evaluate("bar => bar.value") > count:
            return
        page.wait_for_timeout(50)
    raise AssertionError("nothing is sent")


def stored():
    """Bytes of the file on its way, as they lie on the server's disk."""
    (path,) = (Path(settings.DOCUMENTS_DIR) / "uploads").glob("*")
    return path.stat().st_size


def test_upload_goes_on_from_the_last_stored_byte_after_a_cut(cast, browser):
    """A line cut mid-way should cost a piece; the form then carries the id, not the file."""
    sent, begun = [], []
    with browser(cast.clerk_a) as context:
        page = context.new_page()

        def note(request):
            if request.method == "PATCH":
                sent.append(int(request.headers["upload-offset"]))
            if request.url.endswith("/tep/"):
                begun.append(request.method)

        page.on("request", note)
        page.goto(NEW)
        turn = line(context, page)
        turn(upload=400_000)
        page.locator("#id_attachments").set_input_files(PAPER)
        wait_for_bytes(page, 300_000)
        turn(offline=True)
        page.get_by_text("Mất mạng, sẽ tự gửi tiếp").wait_for()
        there = stored()
        assert 300_000 < there < SIZE
        sent.clear()
        turn()
        page.get_by_role("checkbox", name="Đơn.pdf").wait_for()
        assert begun == ["POST"]
        assert sent[0] == there
        fill(page)
        with page.expect_request(lambda request: request.url.endswith(NEW)) as post:
            page.get_by_role("button", name="Lưu và in giấy biên nhận").click()
        assert len(post.value.post_data_buffer) < 20_000
        page.wait_for_url("**/bien-nhan/")
    kept = Attachment.objects.get()
    assert (kept.name, kept.size, kept.received_sha256) == ("Đơn.pdf", SIZE, WHOLE)
    assert PartialUpload.objects.get().used_at


def test_form_sent_too_early_follows_its_files(cast, browser):
    """A form sent while a file is on its way should go by itself once it is there."""
    with browser(cast.clerk_a) as context:
        page = context.new_page()
        page.goto(NEW)
        fill(page)
        line(context, page)(upload=1_500_000)
        page.locator("#id_attachments").set_input_files(PAPER)
        page.get_by_role("button", name="Lưu và in giấy biên nhận").click()
        page.get_by_text("đơn sẽ tự gửi ngay khi xong").wait_for()
        page.wait_for_url("**/bien-nhan/")
    assert Attachment.objects.get().received_sha256 == WHOLE


def test_reloaded_page_goes_on_with_the_same_file(cast, browser):
    """The same file chosen again after a reload should not be sent from the start."""
    sent = []
    with browser(cast.clerk_a) as context:
        page = context.new_page()
        page.goto(NEW)
        line(context, page)(upload=400_000)
        path = Path(settings.DOCUMENTS_DIR).parent / "Đơn.pdf"
        path.write_bytes(PAPER["buffer"])
        page.locator("#id_attachments").set_input_files(path)
        wait_for_bytes(page, 300_000)
        page.goto(NEW)
        page.on(
            "request", lambda request: sent.append(request) if request.method == "PATCH" else None
        )
        page.locator("#id_attachments").set_input_files(path)
        page.get_by_role("checkbox", name="Đơn.pdf").wait_for()
    assert int(sent[0].headers["upload-offset"]) > 300_000
    assert PartialUpload.objects.count() == 1


def test_form_carries_the_file_without_javascript(cast, browser):
    """Without scripts the plain form should do."""
    with browser(cast.clerk_a, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(NEW)
        fill(page)
        page.locator("#id_attachments").set_input_files(PAPER)
        page.get_by_role("button", name="Lưu và in giấy biên nhận").click()
        page.wait_for_url("**/bien-nhan/")
    assert Attachment.objects.get().received_sha256 == WHOLE


def test_form_carries_the_file_when_pieces_are_not_taken(cast, browser):
    """When the address for pieces fails altogether the plain form should do."""
    with browser(cast.clerk_a) as context:
        page = context.new_page()
        page.route("**/tep/**", lambda route: route.fulfill(status=500, body="{}"))
        page.goto(NEW)
        fill(page)
        with page.expect_response("**/tep/"):
            page.locator("#id_attachments").set_input_files(PAPER)
        page.locator(".sent li").wait_for(state="detached")
        page.get_by_role("button", name="Lưu và in giấy biên nhận").click()
        page.wait_for_url("**/bien-nhan/")
    assert Attachment.objects.get().received_sha256 == WHOLE


@pytest.mark.parametrize("width", [390, 1440])
def test_page_for_later_papers_is_plain_to_all(cast, browser, width):
    """The page with a file that has arrived should satisfy axe and fit the screen."""
    filing = people.filing(cast)
    with browser(
        cast.clerk_a, bypass_csp=True, viewport={"width": width, "height": 800}
    ) as context:
        page = context.new_page()
        page.goto(f"/ban-lam-viec/don/{filing.pk}/giay-to/them/")
        page.locator("#id_attachments").set_input_files(PAPER)
        page.get_by_role("checkbox", name="Đơn.pdf").wait_for()
        look(page, "them-giay-to")
        accessible(page, "them-giay-to")
        page.get_by_role("button", name="Nhận giấy tờ").click()
        page.get_by_text("Đã nhận thêm giấy tờ").wait_for()
        look(page, "don-co-giay-to")
    assert Attachment.objects.get().received_sha256 == WHOLE
