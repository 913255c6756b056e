"""Minutes, notices, tasks and the report, from the recorded turns."""

import re
from datetime import datetime, timedelta
from io import BytesIO

from openpyxl import load_workbook
from playwright.sync_api import Page

from tests.journeys.intake import reception_date
from tests.journeys.people import AN, PROPOSED
from tests.journeys.stage import Stage, expect
from tiepdan.common import clock
from tiepdan.org.queries import calendar


def issue_papers(stage: Stage) -> None:
    """Signed minutes; notices drafted, approved, numbered, issued; tasks made."""
    clock.move_to(reception_date().replace(hour=16, minute=30))
    secretary, record = stage.person("thuky"), f"/ban-lam-viec/buoi-tiep/{stage.kept['sitting']}/"
    stage.go(secretary, record)
    stage.look(secretary, "ket-qua-buoi-tiep", telephone=True)
    secretary.get_by_role("button", name="Ký và ban hành biên bản").click()
    _download(stage, secretary, record, "Biên bản tiếp công dân", kind="minutes", stem="bien-ban")
    _next_working_morning()
    for number in (1, 2):
        officer = stage.person("chuyenvien")
        stage.go(officer, record)
        officer.get_by_role("button", name=f"Soạn thông báo kết quả lượt {number}").click()
        officer.get_by_role("heading", name="Thông báo kết quả tiếp công dân").first.wait_for()
        stage.look(officer, "thong-bao-du-thao", telephone=True)
        notice = "/ban-lam-viec/thong-bao/" + officer.url.split("/thong-bao/")[1]
        _press(stage, "chutich", notice, "Duyệt thông báo này")
        registrar = _press(stage, "vanthu", notice, "Cấp số và ban hành")
        registrar.get_by_text("Đã ban hành").first.wait_for()
        _download(
            stage, registrar, notice, "Thông báo kết quả tiếp công dân", kind="notice",
            stem=f"thong-bao-{number}",
        )  # fmt: skip
        stage.look(registrar, "thong-bao-ban-hanh", telephone=True)


def _next_working_morning() -> None:
    day = calendar().add(reception_date().date(), 1)
    clock.move_to(datetime(day.year, day.month, day.day, 9, tzinfo=clock.VIETNAM))


def _press(stage: Stage, username: str, path: str, words: str) -> Page:
    page = stage.person(username)
    stage.go(page, path)
    page.get_by_role("button", name=words).click()
    return page


def _download(stage: Stage, page: Page, path: str, title: str, *, kind: str, stem: str) -> None:
    """Both files of a document, once the worker has made them."""

    def ready() -> bool:
        stage.go(page, path)
        return page.get_by_role("link", name=f"PDF {title}").count() > 0

    stage.wait_until(ready, f"chưa có tệp của {title}", seconds=120, every=1)
    for form in ("PDF", "DOCX"):
        href = page.get_by_role("link", name=f"{form} {title}").get_attribute("href")
        answer = page.request.get(stage.base_url.rstrip("/") + (href or ""))
        expect(answer.ok, f"không tải được {title} {form}: {answer.status}")
        start = b"%PDF" if form == "PDF" else b"PK"
        expect(answer.body().startswith(start), f"{title} {form} không đúng dạng")
        file = stage.out / "documents" / f"{stem}.{form.lower()}"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(answer.body())
        stage.keep(kind if kind == "minutes" else f"{kind}_{form.lower()}", file)


def report(stage: Stage) -> None:
    """The month's report: every figure equals a count over our own list."""
    day = reception_date()
    after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    first = calendar().next_working(after.date())
    clock.move_to(datetime(first.year, first.month, first.day, 9, tzinfo=clock.VIETNAM))
    page = stage.person("truongban")
    stage.go(page, f"/ban-lam-viec/bao-cao/?thang={day:%Y-%m}")
    stage.look(page, "bao-cao", telephone=True)
    page.get_by_role("button", name="Chốt số liệu và lập bảng tính").click()
    link = page.get_by_role("link", name="XLSX").first
    link.wait_for()
    answer = page.request.get(stage.base_url.rstrip("/") + (link.get_attribute("href") or ""))
    expect(answer.ok, f"không tải được báo cáo: {answer.status}")
    file = stage.out / "documents" / "bao-cao-thang.xlsx"
    file.write_bytes(answer.body())
    stage.keep("report_xlsx", file)
    _compare(stage, answer.body())


def _compare(stage: Stage, content: bytes) -> None:
    story, book = stage.story, load_workbook(BytesIO(content))
    grid = _grid(book["01-TCD"])
    received, persons = len(story.received_online), story.persons
    groups = [c for c in PROPOSED if c.name in story.received_online and c.headcount >= 5]
    wanted = dict.fromkeys(range(1, 30), 0) | {
        1: received, 2: persons, 3: received, 12: 1, 13: received, 14: persons, 15: received,
        17: len(groups), 18: sum(c.headcount for c in groups), 19: len(groups),
    }  # fmt: skip
    expect(grid == wanted, f"01/TCD khác danh sách của hành trình: {_differences(grid, wanted)}")
    online = _online_totals(book["Trực tuyến"])
    counted = [
        len(story.registered), len(story.consented), received, 0, 0, len(story.carried_over),
        story.faults,
    ]  # fmt: skip
    expect(online == counted, f"tờ trực tuyến {online}, danh sách của hành trình {counted}")


def _differences(one: dict[int, int], other: dict[int, int]) -> list[str]:
    return [f"cột {k}: {one.get(k)} thay vì {other[k]}" for k in other if one.get(k) != other[k]]


def _grid(sheet) -> dict[int, int]:
    rows = list(sheet.iter_rows(values_only=True))
    start = next(i for i, row in enumerate(rows) if row[0] == "MS")
    return {column: int(rows[start + 1][column]) for column in range(1, 30)}


def _online_totals(sheet) -> list[int]:
    rows = list(sheet.iter_rows(values_only=True))
    total = next(row for row in rows if row[0] == "Tổng số")
    return [int(value) for value in total[2:9]]


def answer_task(stage: Stage) -> None:
    """The department answers its task, the board closes it; the citizen can read where it is."""
    _next_working_morning()
    page = stage.person("so-nnmt")
    stage.look(page, "viec-hom-nay-so", telephone=True)
    stage.go(page, "/ban-lam-viec/giao-viec/")
    stage.look(page, "giao-viec", telephone=True)
    page.get_by_role("link", name="Đo đạc lại").first.click()
    page.wait_for_url(re.compile(r"/giao-viec/[0-9a-f-]{36}/$"))
    stage.look(page, "viec-duoc-giao", telephone=True)
    task = "/ban-lam-viec/giao-viec/" + page.url.split("/giao-viec/")[1]
    page.locator("[name=text]").fill("Đã đo đạc lại ngày 16, gia đình chứng kiến và đồng ý.")
    page.get_by_role("button", name="Gửi báo cáo kết quả").click()
    page.get_by_text("Đã đo đạc lại").first.wait_for()
    officer = _press(stage, "chuyenvien", task, "Xác nhận đã hoàn thành")
    officer.get_by_text("hoàn thành").first.wait_for()
    citizen = stage.visitor("citizen", "hub")
    stage.go(citizen, "/tra-cuu/")
    if citizen.locator("[name=code]").count():
        citizen.locator("[name=code]").fill(stage.kept[f"code:{AN.name}"])
        citizen.locator("[name=digits]").fill(stage.kept[f"digits:{AN.name}"])
        citizen.get_by_role("button", name="Xem đơn của tôi").click()
    citizen.get_by_role("heading", name=AN.subject).wait_for()
    stage.look(citizen, "tra-cuu-sau-buoi-tiep", telephone=True)
