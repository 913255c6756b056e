"""The recordings play; their packages prove themselves, and every change is found."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.journeys.stage import Stage, expect
from tiepdan.recordings.models import Recording
from tiepdan.sittings.states import RoomPart


def _recordings(stage: Stage) -> list[Recording]:
    mine = Recording.objects.filter(room__sitting_id=stage.kept["sitting"])
    return list(mine.select_related("room__visit").order_by("started_at"))


def watch(stage: Stage) -> None:
    """The inspector names a purpose and sees the recording of turn 1 play."""
    page = stage.person("thanhtra")
    stage.go(page, "/ban-lam-viec/ban-ghi/")
    stage.look(page, "ban-ghi", telephone=True)
    turn = next(r for r in _recordings(stage) if r.room.part == RoomPart.VISIT)
    stage.go(page, f"/ban-lam-viec/ban-ghi/{turn.pk}/")
    stage.look(page, "ban-ghi-mot", telephone=True)
    page.locator("[name=purpose]").fill("Kiểm tra việc thực hiện kết luận")
    page.get_by_role("button", name="Xem bản ghi").click()
    page.locator("recording-player video").wait_for()
    page.evaluate("document.querySelector('recording-player video').play()")
    stage.wait_until(
        lambda: page.evaluate("document.querySelector('recording-player video').currentTime > 1"),
        "bản ghi không chạy",
    )
    stage.look(page, "xem-ban-ghi", telephone=True)
    for number, recording in enumerate(_recordings(stage), 1):
        _keep_playable(stage, recording, number)


def _keep_playable(stage: Stage, recording: Recording, number: int) -> None:
    expect(recording.playable, f"bản ghi {recording} không có bản xem")
    source = stage.data_dir / "recordings" / recording.playable
    target = stage.out / "recordings" / f"{number}-{_part(recording)}.mp4"
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(source, target)
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", target]
    probe = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    codecs = {stream["codec_name"] for stream in probe["streams"]}
    expect(codecs == {"h264", "aac"}, f"{target.name} có {codecs}")
    expect(float(probe["format"]["duration"]) > 2, f"{target.name} quá ngắn")
    stage.keep("recordings", target)


def _part(recording: Recording) -> str:
    visit = recording.room.visit
    return f"luot-{visit.number}" if visit else "phien-chung"


def verify(stage: Stage) -> None:
    """Each package is whole; one changed byte, a file missing, extra or cut is named."""
    lines = []
    for number, recording in enumerate(_recordings(stage), 1):
        source = stage.data_dir / "recordings" / recording.package
        package = stage.out / "evidence" / f"{number}-{_part(recording)}"
        shutil.copytree(source, package)
        stage.keep("evidence_packages", package)
        whole = _run(package, "--key", recording.signer)
        expect(whole.returncode == 0, f"{package.name}: {whole.stdout}{whole.stderr}")
        unpinned = _run(package)
        expect(unpinned.returncode == 0, f"{package.name} không kiểm được khi không có khóa")
        expect("chưa" in unpinned.stdout.lower(), "không nói rằng chưa chứng minh người ký")
        manifest = (package / "manifest.json").read_text(encoding="utf-8")
        expect("diễn tập" in manifest.lower(), "bản kê không ghi diễn tập")
        lines.append(f"{package.name}\n{whole.stdout}")
    _tampering_is_found(stage, stage.out / stage.files["evidence_packages"][1])
    (stage.out / "evidence-check.txt").write_text("\n".join(lines), encoding="utf-8")
    stage.keep("evidence check", stage.out / "evidence-check.txt")


def _run(package: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "verify.py", *options],
        cwd=package, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _tampering_is_found(stage: Stage, package: Path) -> None:
    copy = stage.out / "tampered"
    original = max(package.rglob("*.rtpdump"), key=lambda path: path.stat().st_size)
    name = original.relative_to(package)

    def changed(path: Path) -> None:
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)

    harms = {
        "đổi một byte": changed,
        "cắt ngắn": lambda path: path.write_bytes(path.read_bytes()[:-100]),
        "thiếu": lambda path: path.unlink(),
        "thừa": lambda path: path.with_name("la.txt").write_text("x", encoding="utf-8"),
    }
    for words, harm in harms.items():
        shutil.copytree(package, copy)
        harm(copy / name)
        found = _run(copy)
        expect(found.returncode == 1, f"{words}: mã {found.returncode}")
        named = "la.txt" if words == "thừa" else original.name
        expect(named in found.stdout, f"{words}: không nêu tên tệp:\n{found.stdout}")
        shutil.rmtree(copy)
