"""Who is out is out: tokens really tried at the door, counters really read."""

import http.client
from urllib.parse import urlencode, urlsplit

from tests.journeys.people import BINH
from tests.journeys.sitting import both_ways, reading, received, seat
from tests.journeys.stage import Stage, expect
from tiepdan.video.providers import provider


def outside_while_another_is_heard(stage: Stage) -> None:
    """B was in the plenary; now its connections are closed and every token it has is refused."""
    stage.wait_until(
        lambda: reading(stage, "bac-son")[0] == "waiting", "B chưa rời phòng", seconds=5
    )
    before = received(stage, "bac-son")
    seat(stage, "bac-son").wait_for_timeout(2000)
    expect(received(stage, "bac-son") == before, "B vẫn nhận hình tiếng khi A được tiếp")
    inside = {person.identity for person in _participants(stage, "turn 1")}
    expect("bac-son" not in inside, f"B có trong phòng của A: {inside}")
    expect({"hub", "huu-lung"} <= inside, f"thiếu người trong phòng của A: {inside}")
    _refused(stage, "bac-son", stage.kept["plenary token:bac-son"], "thẻ phiên chung của B")
    if "refreshed:bac-son" in stage.kept:
        _refused(stage, "bac-son", stage.kept["refreshed:bac-son"], "thẻ máy chủ đã làm mới của B")
    _refused(stage, "bac-son", stage.kept["token:huu-lung"], "thẻ của A trong tay B")
    answer = _asks_token(stage, "bac-son", stage.kept["turn 1"])
    expect(answer in {403, 409}, f"B xin thẻ vào phòng của A: {answer}")


def ended_token_is_refused(stage: Stage) -> None:
    """A's own token of its own, ended turn."""
    _refused(stage, "huu-lung", stage.kept["turn 1 token:huu-lung"], "thẻ lượt 1 đã kết thúc")
    stage.wait_until(
        lambda: reading(stage, "huu-lung")[0] == "waiting", "A chưa rời phòng", seconds=5
    )


def removed_page_stays_out(stage: Stage) -> None:
    """A running room, a removed page, its newest token: refused at the door, no byte."""
    chair = stage.pages["chutich"]
    chair.locator("#chi-ket-thuc").click()
    stage.story.received_online.append(BINH.name)
    stage.story.persons += BINH.headcount
    chair.locator("#ve-phien-chung, #viec-tiep-theo").filter(has_text="phiên chung").first.click()
    both_ways(stage, ["hub", "huu-lung", "bac-son"], before=stage.kept["turn 1"])
    stage.wait_until(
        lambda: "refreshed:bac-son" in stage.kept, "máy chủ chưa trao thẻ làm mới cho B"
    )
    operator = stage.person("kythuat")
    stage.go(operator, f"/phong/{stage.kept['sitting']}/ky-thuat/")
    stage.look(operator, "ky-thuat", telephone=True)
    form = operator.locator("#dua-ra")
    form.locator("summary").click()
    option = form.locator("option", has_text="Bắc Sơn")
    form.locator("#ai-ra").select_option(option.get_attribute("value"))
    form.locator("#vi-sao-ra").fill("Thử đưa ra khỏi phòng")
    form.get_by_role("button", name="Đưa ra khỏi phòng").click()
    stage.wait_until(
        lambda: reading(stage, "bac-son")[0] == "waiting", "B chưa bị đưa ra", seconds=5
    )
    before = received(stage, "bac-son")
    _refused(stage, "bac-son", stage.kept["refreshed:bac-son"], "thẻ làm mới của trang bị đưa ra")
    seat(stage, "bac-son").wait_for_timeout(2000)
    expect(received(stage, "bac-son") == before, "trang bị đưa ra vẫn nhận hình tiếng")
    expect(reading(stage, "hub")[0] == "inside", "phòng không còn chạy")


def _participants(stage: Stage, room: str):
    return provider("livekit").participants(stage.kept[room])


def _cookies(stage: Stage, name: str) -> str:
    found = seat(stage, name).context.cookies()
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in found)


def _refused(stage: Stage, name: str, token: str, words: str) -> None:
    status = knock(stage, name, token)
    expect(status == http.client.FORBIDDEN, f"{words}: cửa trả lời {status}, phải là 403")


def knock(stage: Stage, name: str, token: str) -> int:
    """Open a signalling connection as the page of `name` would; the door's answer."""
    parts = urlsplit(stage.base_url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port or 80, timeout=5)
    query = urlencode({"access_token": token, "auto_subscribe": 1, "sdk": "js", "protocol": 16})
    headers = {
        "Cookie": _cookies(stage, name),
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Origin": stage.base_url.rstrip("/"),
    }
    try:
        connection.request("GET", f"/rtc?{query}", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def _asks_token(stage: Stage, name: str, room: str) -> int:
    return seat(stage, name).evaluate(
        """async (room) => {
            const stage = document.querySelector('sitting-stage');
            const answer = await fetch(stage.dataset.tokenUrl, {method: 'POST',
                headers: {'X-CSRFToken': stage.dataset.csrf}, body: new URLSearchParams({room})});
            return answer.status;
        }""",
        room,
    )
