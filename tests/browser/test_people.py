"""The register of citizens and a group's list in a real browser: merging, undoing, axe, 390 px."""

import os
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast as everyone
from tests.cast import MORNING
from tests.journeys.stage import AXE
from tests.matters.scans import PDF
from tiepdan.matters import actions
from tiepdan.matters.actions import Companion
from tiepdan.matters.attachments import attach
from tiepdan.matters.models import Person
from tiepdan.matters.states import Capacity, Need, ProofPaper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES_OF_PAGES", "")


def look(page, name):
    """Axe should find nothing, and nothing stand out of the screen, wide or narrow."""
    page.wait_for_load_state()
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        assert wide <= width, f"{name}: {wide} px"
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], name
    page.set_viewport_size({"width": 1440, "height": 900})


def test_merging_and_undoing(cast, browser):
    """An official should find a citizen, compare two rows, merge them with a reason, undo it."""
    first, second = everyone.filing(cast, 0), everyone.filing(cast, 1)
    name = first.petitioner.full_name
    Person.objects.filter(pk=second.petitioner.person_id).update(phone="0987654321")
    with browser(cast.officer) as context:
        page = context.new_page()
        page.goto("/ban-lam-viec/cong-dan/")
        look(page, "cong-dan")
        page.get_by_role("searchbox").last.fill(name)
        page.get_by_role("button", name="Tìm").last.click()
        page.get_by_role("link", name=name).click()
        page.wait_for_url(re.compile(r"/cong-dan/[0-9a-f-]{36}/$"))
        look(page, "mot-cong-dan")
        where = page.url
        page.goto(f"{where}gop/{second.petitioner.person_id}/")
        page.get_by_text("khác").first.wait_for()
        look(page, "gop")
        page.get_by_role("textbox", name="Lý do").fill("Công dân nhận là mình, đã xem căn cước")
        page.get_by_role("button", name="Gộp, có thể tách lại").click()
        page.get_by_role("link", name=second.tracking_code).wait_for()
        look(page, "da-gop")
        page.get_by_role("button", name="Tách lại").click()
        page.get_by_text("Đã tách lại hai hồ sơ").wait_for()
        assert page.get_by_role("link", name=second.tracking_code).count() == 0
    assert {first.petitioner.person, second.petitioner.person} == set(Person.objects.all())


def test_group_and_companions(cast, browser):
    """A list should be pasted, representatives marked; what is unlawful is said on the page."""
    filing = everyone.filing(cast, headcount=6)
    bad = Companion(Capacity.AUTHORISED, "Lê Văn Bạn", [ProofPaper.AUTHORISATION])
    told = {"filing": filing, "by": cast.officer, "at": MORNING}
    actions.add_representation(companion=bad, **told)
    actions.note_needs(needs=[Need.WHEELCHAIR, Need.INTERPRETER], language="Tày", **told)
    attach(upload=SimpleUploadedFile("van-ban-cu.pdf", PDF), **told)
    lines = [f"Người {letter}; ; thôn {letter}" for letter in "ABCDEF"]
    with browser(cast.officer) as context:
        page = context.new_page()
        page.goto(f"/ban-lam-viec/don/{filing.pk}/")
        page.get_by_text("Đoàn đông người: 6").wait_for()
        page.get_by_text("chưa được công chứng").wait_for()
        look(page, "don-co-doan")
        page.get_by_role("link", name="Danh sách đoàn").click()
        page.locator("[name=members]").fill("\n".join(f"*{line}" for line in lines))
        page.locator("form .primary, .actions .primary").last.click()
        page.locator("[id$=_error], .errors, .errorlist").first.wait_for()
        look(page, "doan-qua-nhieu-dai-dien")
        page.locator("[name=members]").fill("\n".join(["*" + lines[0], *lines[1:]]))
        page.locator("[name=elected_on]").fill("01/12/2026")
        page.locator("[name=election_paper]").select_option(index=1)
        page.locator("form .primary, .actions .primary").last.click()
        page.get_by_text("Người A (đại diện)").wait_for()
        page.get_by_role("link", name="Thêm người đại diện").click()
        page.wait_for_url("**/dai-dien/")
        look(page, "them-nguoi-dai-dien")
        page.go_back()
        page.get_by_role("link", name="Hỗ trợ tại điểm cầu").click()
        page.wait_for_url("**/ho-tro/")
        look(page, "ho-tro")
    assert filing.members.filter(represents=True).count() == 1
