"""From the counter of a commune to the chairman's word."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Page

from tests.journeys.people import AN, BINH, CAM, DAO, DECLINED, PROPOSED, Citizen
from tests.journeys.stage import Stage, expect
from tiepdan.common import clock
from tiepdan.org.queries import calendar
from tiepdan.scheduling.rules import reception_day


def reception_date() -> datetime:
    """14:00 of the reception day of the month after the machine's."""
    first = (
        clock.real_now().astimezone(clock.VIETNAM).replace(day=1) + timedelta(days=32)
    ).replace(day=1)
    day = reception_day(first.year, first.month, 15, calendar())
    return datetime(day.year, day.month, day.day, 14, tzinfo=clock.VIETNAM)


def move_clock(working_days_before: int, hour: int, minute: int = 0) -> None:
    """Set the product's clock to a working day before the reception."""
    day = calendar().add(reception_date().date(), -working_days_before)
    clock.move_to(datetime(day.year, day.month, day.day, hour, minute, tzinfo=clock.VIETNAM))


def look_around(stage: Stage) -> None:
    """The portal, with JavaScript off as for an old telephone."""
    move_clock(working_days_before=9, hour=8, minute=30)
    plain = stage.browser("hub").new_context(java_script_enabled=False, locale="vi-VN").new_page()
    answer = plain.goto(stage.base_url)
    expect(answer and answer.ok, "trang đầu không mở được khi tắt JavaScript")
    plain.get_by_role("link", name="Đăng ký gặp Chủ tịch").first.click()
    expect("/dang-ky/" in plain.url, "liên kết đăng ký không đi đâu")
    plain.context.close()
    citizen = stage.visitor("citizen", "hub")
    pages = {
        "/": "trang-dau",
        "/lich-tiep/": "lich-tiep-trong",
        "/dang-ky/": "dang-ky",
        "/huong-dan/": "huong-dan",
        "/tra-cuu/": "tra-cuu",
        "/tro-nang/": "tro-nang",
    }
    for path, name in pages.items():
        stage.go(citizen, path)
        stage.look(citizen, name, telephone=True)


def register_everyone(stage: Stage) -> None:
    """Four citizens in order; the first clerk mistypes a number and is told beside the field."""
    for citizen in (AN, BINH, CAM, DAO):
        place = "site_b" if citizen.clerk == "xa-bac-son" else "site_a"
        page = stage.person(citizen.clerk, place)
        stage.go(page, "/ban-lam-viec/")
        stage.look(page, "viec-hom-nay-xa", telephone=True)
        stage.go(page, "/ban-lam-viec/don/moi/")
        stage.look(page, "tiep-nhan", telephone=True)
        _fill(page, citizen, id_number=citizen.id_number[:-1] if citizen is AN else None)
        if citizen is AN:
            _mistyped_number_is_told(stage, page, citizen)
        page.get_by_role("button", name="Lưu và in giấy biên nhận").click()
        page.wait_for_url("**/bien-nhan/**")
        stage.look(page, "bien-nhan", telephone=True)
        code = page.locator("[data-tracking-code]").inner_text().strip()
        digits = page.locator("[data-check-digits]").inner_text().strip()
        stage.kept[f"code:{citizen.name}"], stage.kept[f"digits:{citizen.name}"] = code, digits
        stage.kept[f"filing:{citizen.name}"] = page.url.split("/don/")[1].split("/")[0]
        stage.story.registered.append(citizen.name)
        stage.story.consented.append(citizen.name)


def _mistyped_number_is_told(stage: Stage, page: Page, citizen: Citizen) -> None:
    page.get_by_role("button", name="Lưu và in giấy biên nhận").click()
    error = page.locator("#id_id_number_error")
    error.wait_for()
    expect("12" in error.inner_text(), "lỗi số căn cước không nói cần 12 số")
    expect(page.locator("[name=subject]").input_value() == citizen.subject, "mất chữ đã gõ")
    stage.look(page, "tiep-nhan-loi")
    page.locator("[name=id_number]").fill(citizen.id_number)


def _fill(page: Page, citizen: Citizen, id_number: str | None) -> None:
    texts = {
        "full_name": citizen.name,
        "id_number": id_number or citizen.id_number,
        "born": citizen.birth_year,
        "address": citizen.address,
        "phone": "0912 345 678",
        "subject": citizen.subject,
        "content": citizen.content,
        "request": citizen.request,
        "headcount": str(citizen.headcount),
    }
    for name, text in texts.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator(f"[name=channel][value={citizen.channel}]").check()
    page.locator("[name=consent][value=yes]").check()


def track(stage: Stage) -> None:
    """The citizen looks their filing up with both codes; a wrong one tells nothing."""
    page = stage.visitor("citizen", "hub")
    stage.go(page, "/tra-cuu/")
    page.locator("[name=code]").fill(stage.kept[f"code:{AN.name}"])
    page.locator("[name=digits]").fill("000000")
    page.get_by_role("button", name="Xem đơn của tôi").click()
    page.get_by_text("Chưa tra được").wait_for()
    expect(AN.subject not in page.content(), "mã kiểm tra sai vẫn mở được đơn")
    page.locator("[name=code]").fill(stage.kept[f"code:{AN.name}"])
    page.locator("[name=digits]").fill(stage.kept[f"digits:{AN.name}"])
    page.get_by_role("button", name="Xem đơn của tôi").click()
    page.get_by_role("heading", name=AN.subject).wait_for()
    stage.look(page, "tra-cuu-don", telephone=True)


def classify_and_propose(stage: Stage) -> None:
    """The board's officer, in order of registration; one is answered with reasons instead."""
    move_clock(working_days_before=8, hour=9)
    page = stage.person("chuyenvien")
    stage.look(page, "viec-hom-nay-ban", telephone=True)
    stage.go(page, "/ban-lam-viec/don/")
    stage.look(page, "danh-sach-don", telephone=True)
    for citizen in [*PROPOSED, DECLINED]:
        where = f"/ban-lam-viec/don/{stage.kept[f'filing:{citizen.name}']}/"
        stage.go(page, where + "phan-loai/")
        stage.look(page, "phan-loai")
        page.locator(f"[name=kind][value={citizen.kind}]").check()
        page.locator("[name=competence][value=own]").check()
        page.locator("[name=online_ground]").select_option("c")
        page.get_by_role("button", name="Lưu phân loại").click()
        page.get_by_text("Đã phân loại đơn.").wait_for()
        (_decline if citizen is DECLINED else _propose)(stage, page, where)
    stage.story.declined.append(DECLINED.name)


def _propose(stage: Stage, page: Page, where: str) -> None:
    stage.go(page, where + "de-xuat/")
    stage.look(page, "de-xuat")
    page.locator("[name=reason]").fill("Công dân ở xa, đã qua xã và sở nhưng chưa thống nhất.")
    page.get_by_role("button", name="Gửi Chủ tịch duyệt").click()
    page.get_by_text("đang chờ Chủ tịch duyệt").first.wait_for()
    stage.look(page, "don-da-de-xuat", telephone=True)


def _decline(stage: Stage, page: Page, where: str) -> None:
    stage.go(page, where + "tra-loi/")
    stage.look(page, "tra-loi")
    page.locator("[name=reasons]").fill("Việc cấp lại sổ thuộc thẩm quyền của UBND xã.")
    page.locator("[name=guidance]").fill("Ông đến bộ phận một cửa của xã để được cấp lại.")
    page.get_by_role("button", name="Ban hành văn bản trả lời").click()
    page.get_by_text("Đã ban hành văn bản trả lời công dân.").wait_for()
    _letter_can_be_read(stage, page)


def _letter_can_be_read(stage: Stage, page: Page) -> None:
    link = page.get_by_role("link", name="PDF Công văn trả lời")

    def ready() -> bool:
        page.reload()
        return link.count() > 0

    stage.wait_until(ready, "văn bản trả lời chưa có tệp PDF", seconds=90, every=1)
    answer = page.request.get(link.get_attribute("href") and _absolute(stage, link))
    expect(answer.ok and answer.body().startswith(b"%PDF"), "không tải được văn bản trả lời")


def _absolute(stage: Stage, link) -> str:
    return stage.base_url.rstrip("/") + link.get_attribute("href")


def decide(stage: Stage) -> None:
    """The chairman agrees to each card, one press a case."""
    officer = stage.person("chuyenvien")
    stage.go(officer, "/ban-lam-viec/don/")
    submit = officer.get_by_role("button", name="tờ trình")
    if submit.count():
        submit.first.click()
        officer.get_by_text("tờ trình").first.wait_for()
    move_clock(working_days_before=7, hour=8)
    page = stage.person("chutich")
    stage.look(page, "viec-hom-nay-chu-tich", telephone=True)
    for citizen in PROPOSED:
        stage.go(page, "/ban-lam-viec/duyet/")
        stage.look(page, "duyet", telephone=True)
        page.get_by_role("button", name=re.compile(rf"Đồng ý tiếp\W+{citizen.name}")).click()
        page.get_by_text(f"Đồng ý tiếp: {citizen.name}.").wait_for()
    page.get_by_text("Không còn trường hợp nào chờ duyệt").wait_for()
