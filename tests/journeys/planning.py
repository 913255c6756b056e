"""Planning the reception and telling everyone."""

from tests.journeys.intake import move_clock, reception_date
from tests.journeys.people import AN, PROPOSED
from tests.journeys.stage import Stage, expect


def plan(stage: Stage) -> None:
    """The rule gives the day; the order is the order of registration."""
    move_clock(working_days_before=6, hour=10)
    page, day = stage.person("chuyenvien"), reception_date()
    stage.go(page, "/ban-lam-viec/lich-tiep/")
    stage.look(page, "lich-tiep")
    stage.go(page, "/ban-lam-viec/lich-tiep/moi/")
    stage.look(page, "lap-buoi-tiep", telephone=True)
    page.locator("[name=month]").select_option(f"{day:%Y-%m}")
    for site in ("xã Hữu Lũng", "xã Bắc Sơn"):
        page.get_by_label(site, exact=False).first.check()
    page.get_by_role("button", name="Lập buổi tiếp").click()
    page.get_by_role("heading", name="Buổi tiếp").wait_for()
    expect(f"{day:%d/%m/%Y}" in page.inner_text("h1"), f"ngày tiếp không phải {day:%d/%m/%Y}")
    stage.kept["reception"] = page.url.split("/lich-tiep/")[1].split("/")[0]
    page.get_by_role("button", name="Xếp lượt").click()
    page.locator("table.register tbody tr").nth(2).wait_for()
    rows = page.locator("table.register tbody tr").all_inner_texts()
    for citizen, row in zip(PROPOSED, rows, strict=True):
        expect(citizen.subject in row, f"thứ tự không theo thứ tự đăng ký: {row}")
    page.get_by_role("button", name="Công bố lịch tiếp").click()
    page.get_by_text("Đã công bố").first.wait_for()
    _invite(stage, page)
    page.get_by_role("button", name="Phát hành phiếu hẹn").click()
    stage.wait_until(
        lambda: page.get_by_role("button", name="Phát hành phiếu hẹn").count() == 0,
        "phiếu hẹn chưa phát hành",
    )
    stage.look(page, "buoi-tiep", telephone=True)


def _invite(stage: Stage, page) -> None:
    page.get_by_role("link", name="Mời cơ quan").click()
    stage.look(page, "moi-co-quan")
    page.locator("[name=requests]").fill("Hồ sơ thu hồi đất và biên bản đo đạc.")
    for agency in ("Sở Nông nghiệp và Môi trường", "Sở Xây dựng"):
        page.get_by_label(agency, exact=False).first.check()
    page.get_by_role("button", name="Phát hành giấy mời").click()
    page.get_by_text("Giấy mời").first.wait_for()


def published(stage: Stage) -> None:
    """Everybody may read when and where; nobody reads who comes."""
    page = stage.visitor("citizen", "hub")
    stage.go(page, "/lich-tiep/")
    text = page.inner_text("main")
    expect(f"{reception_date():%d/%m/%Y}" in text, "lịch chưa có trên cổng thông tin")
    expect(AN.name not in text, "tên công dân lộ trên lịch công khai")
    stage.look(page, "lich-tiep-cong-khai", telephone=True)
