"""The sitting: three rooms with cameras, the chair's one button, the secretary's minutes."""

import re
import time
from datetime import timedelta

from playwright.sync_api import Page, WebSocket

from tests.journeys.intake import reception_date
from tests.journeys.people import AN, BINH, CAM
from tests.journeys.stage import Stage, expect
from tiepdan.common import clock

SEATS = {"hub": ("thuky", "hub"), "huu-lung": ("xa-huu-lung", "site_a"),
         "bac-son": ("xa-bac-son", "site_b")}  # fmt: skip
_JWT = re.compile(rb"eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}")


def enter(stage: Stage) -> None:
    """Each place opens its seat in its own browser; control pages stay silent."""
    clock.move_to(reception_date().replace(hour=13, minute=45))
    secretary = stage.person("thuky")
    stage.go(secretary, f"/ban-lam-viec/lich-tiep/{stage.kept['reception']}/")
    secretary.get_by_role("button", name="Mở phòng họp").click()
    secretary.get_by_text("Phòng họp đã mở").first.wait_for()
    stage.go(secretary, "/ban-lam-viec/phong-hop/")
    stage.look(secretary, "phong-hop", telephone=True)
    stage.kept["sitting"] = _sitting_id(stage)
    for seat, (username, place) in SEATS.items():
        stage.person(username, place)
        page = stage.second_page(username, f"seat:{seat}")
        listen_for_tokens(stage, page, seat)
        stage.go(page, f"/phong/{stage.kept['sitting']}/ghe/{seat}/")
        stage.look(page, "ghe-chua-mo", telephone=True)
        page.get_by_role("button", name="Mở điểm cầu này").click()
        page.locator("sitting-stage").wait_for()
    _check_identities(stage)
    chair = stage.person("chutich")
    stage.go(chair, f"/phong/{stage.kept['sitting']}/chu-tri/")
    stage.look(chair, "chu-tri-cho", telephone=True)


def _sitting_id(stage: Stage) -> str:
    href = stage.person("thuky").locator("a[href^='/phong/']").first.get_attribute("href")
    return (href or "").split("/phong/")[1].split("/")[0]


def listen_for_tokens(stage: Stage, page: Page, seat: str) -> None:
    """Remember tokens the page was handed, as a thief of the machine could."""

    def received(payload: bytes | str) -> None:
        for token in _JWT.findall(payload if isinstance(payload, bytes) else payload.encode()):
            stage.kept[f"refreshed:{seat}"] = token.decode()

    def connected(socket: WebSocket) -> None:
        found = re.search(r"access_token=([^&]+)", socket.url)
        if found:
            stage.kept[f"token:{seat}"] = found[1]
            stage.kept[f"socket:{seat}"] = socket.url
        socket.on("framereceived", received)

    page.on("websocket", connected)


def _check_identities(stage: Stage) -> None:
    for username, seat in (("xa-huu-lung", "huu-lung"), ("xa-bac-son", "bac-son")):
        page = stage.pages[username]
        stage.go(page, f"/phong/{stage.kept['sitting']}/diem-cau/{seat}/")
        stage.look(page, "ban-diem-cau", telephone=True)
        while page.get_by_role("button", name="Đã kiểm tra lượt").count():
            form = page.locator("form[id^=giay-to-]").first
            name = form.get_attribute("id")
            form.locator("[name=papers]").fill("Căn cước công dân")
            form.locator("[name=recording_explained]").check()
            form.get_by_role("button").click()
            page.locator(f"#{name}").wait_for(state="detached")


def seat(stage: Stage, name: str) -> Page:
    """The page with the camera of a site."""
    return stage.pages[f"seat:{name}"]


def reading(stage: Stage, name: str) -> tuple[str, str]:
    """State and room of a seat's stage."""
    return tuple(seat(stage, name).evaluate("[tiepdanStage.state, tiepdanStage.room]"))


def received(stage: Stage, name: str) -> int:
    """Media bytes the seat has received so far."""
    return seat(stage, name).evaluate("tiepdanStage.bytesReceived()")


def both_ways(stage: Stage, names: list[str], before: str) -> float:
    """Wait until all seats are in one room other than `before`, each receiving; the seconds."""
    begin = time.monotonic()

    def together() -> bool:
        found = {reading(stage, name) for name in names}
        states, rooms = {state for state, _ in found}, {room for _, room in found}
        return states == {"inside"} and len(rooms) == 1 and before not in rooms

    stage.wait_until(
        together,
        lambda: f"chưa cùng vào phòng: {[(name, *reading(stage, name)) for name in names]}",
        seconds=90,
        every=0.05,
    )
    start = {name: received(stage, name) for name in names}
    stage.wait_until(
        lambda: all(received(stage, name) > start[name] for name in names),
        f"{names} chưa nhận hình tiếng của nhau", every=0.05,
    )  # fmt: skip
    return time.monotonic() - begin


def open_plenary(stage: Stage) -> None:
    """One press; every seat is in the plenary."""
    clock.move_to(reception_date())
    chair = stage.pages["chutich"]
    chair.get_by_role("button", name="Khai mạc").click()
    stage.measured["khai mạc: từ bấm đến hình tiếng hai chiều (s)"] = round(
        both_ways(stage, list(SEATS), before=""), 2
    )
    servers = seat(stage, "huu-lung").evaluate("tiepdanStage.iceServers()")
    ours = re.compile(r"^(stun|turns?):(localhost|127\.0\.0\.1|\[::1\])[:?]")
    expect(all(ours.match(server) for server in servers), f"máy chủ lạ: {servers}")
    stage.kept["plenary"] = reading(stage, "hub")[1]
    stage.kept["plenary token:bac-son"] = stage.kept["token:bac-son"]
    stage.look(chair, "chu-tri-phien-chung", telephone=True)
    stage.look(seat(stage, "bac-son"), "ghe-phien-chung", telephone=True)


def call_first(stage: Stage) -> None:
    """Call next: hub and site A meet; the clock starts when both are on disk."""
    _call(stage, "Gọi lượt 1", ["hub", "huu-lung"], before=stage.kept["plenary"], number=1)
    stage.kept["turn 1"] = reading(stage, "hub")[1]
    stage.kept["turn 1 token:huu-lung"] = stage.kept["token:huu-lung"]


def call_second(stage: Stage) -> None:
    """The same button ends turn 1 and calls turn 2."""
    _call(stage, "Kết thúc lượt 1", ["hub", "bac-son"], before=stage.kept["turn 1"], number=2)
    stage.story.received_online.append(AN.name)
    stage.story.persons += AN.headcount


def _call(stage: Stage, words: str, seats: list[str], before: str, number: int) -> None:
    chair = stage.pages["chutich"]
    expect(chair.locator("sitting-stage, video, audio").count() == 0, "trang chủ trì phát tiếng")
    press = chair.locator("#viec-tiep-theo").filter(has_text=words)
    press.wait_for()
    chair.evaluate("window.isTheSame = true")
    begin = time.monotonic()
    press.click()
    both_ways(stage, seats, before)
    met = time.monotonic() - begin
    chair.locator("turn-clock").wait_for()
    expect(chair.evaluate("!!window.isTheSame"), "trang chủ trì bị tải lại khi gọi lượt")
    stage.measured[f"lượt {number}: từ bấm đến hình tiếng hai chiều (s)"] = round(met, 2)
    stage.measured[f"lượt {number}: từ bấm đến đồng hồ chạy (s)"] = round(
        time.monotonic() - begin, 2
    )
    stage.look(chair, "chu-tri-luot", telephone=True)
    stage.look(seat(stage, seats[1]), "ghe-trong-luot", telephone=True)


def write_first(stage: Stage) -> None:
    """The secretary writes while it runs; the chair confirms a conclusion with body and day."""
    page = _secretary(stage)
    _entry(page, "request", AN.name, AN.request)
    _entry(page, "opinion", "Sở Nông nghiệp và Môi trường", "Sẽ kiểm tra thực địa.")
    _point(page, "Đo đạc lại diện tích có gia đình chứng kiến.", "Sở Nông nghiệp và Môi trường", 20)
    _point(page, "Chủ tịch đã trả lời công dân tại buổi tiếp.", None, 0)
    _entry(page, "citizen_opinion", AN.name, "Nhất trí với kết luận.")
    _confirm(page, "Xác nhận kết luận")
    page.get_by_text("Đã xác nhận").wait_for()
    stage.look(page, "thu-ky", telephone=True)
    _long_enough(stage)


def write_second(stage: Stage) -> None:
    """The same for turn 2."""
    page = _secretary(stage)
    _entry(page, "request", BINH.name, BINH.request)
    _point(page, "Sửa đoạn đường sạt lở.", "Sở Xây dựng", 30)
    _confirm(page, "Xác nhận kết luận")
    page.get_by_text("Đã xác nhận").wait_for()
    _long_enough(stage)


def _secretary(stage: Stage) -> Page:
    page = stage.person("thuky")
    stage.go(page, f"/phong/{stage.kept['sitting']}/thu-ky/")
    return page


def _entry(page: Page, kind: str, speaker: str, text: str) -> None:
    form = page.locator("#dong-bien-ban")
    form.locator("[name=kind]").select_option(kind)
    form.locator("[name=speaker]").fill(speaker)
    form.locator("[name=text]").fill(text)
    form.get_by_role("button").click()
    page.locator("#vung-viec").get_by_text(text).wait_for()


def _point(page: Page, text: str, agency: str | None, days: int) -> None:
    form = page.locator("#muc-ket-luan")
    form.locator("[name=text]").fill(text)
    if agency:
        form.locator("[name=agency]").select_option(label=agency)
        deadline = clock.today() + timedelta(days=days)
        form.locator("[name=deadline]").fill(f"{deadline:%d/%m/%Y}")
    form.get_by_role("button").click()
    page.locator("#vung-ben").get_by_text(text).wait_for()


def _confirm(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).first.click()
    page.locator(".confirm").get_by_role("button", name=words).click()


def _long_enough(stage: Stage) -> None:
    """A turn of a few seconds more, so that its recording shows something."""
    stage.pages["chutich"].wait_for_timeout(4000)


def close(stage: Stage) -> None:
    """The chair closes; who was not heard keeps their place for the next time."""
    chair = stage.pages["chutich"]
    chair.locator("#be-mac, #viec-tiep-theo").filter(has_text="Bế mạc").first.click()
    chair.locator(".confirm").get_by_role("button", name="Bế mạc buổi tiếp").click()
    chair.get_by_role("heading", name="Đang bế mạc buổi tiếp").wait_for()
    minutes = 120_000  # the time for undoing it, and as much again for a busy machine
    chair.get_by_role("heading", name="Buổi tiếp đã kết thúc").wait_for(timeout=minutes)
    stage.look(chair, "chu-tri-ket-thuc", telephone=True)
    stage.story.carried_over.append(CAM.name)
    for name in SEATS:
        stage.wait_until(
            lambda name=name: reading_or_gone(stage, name) in {"waiting", "gone"},
            f"điểm cầu {name} chưa rời phòng",
        )


def reading_or_gone(stage: Stage, name: str) -> str:
    """The seat's state, or «gone» when its page shows the end."""
    return seat(stage, name).evaluate("window.tiepdanStage ? tiepdanStage.state : 'gone'")
