"""The film for watching, made by the real ffmpeg."""

import json
import shutil
import subprocess
from datetime import timedelta

import pytest

from tiepdan.common import clock
from tiepdan.recordings.composition import Film, make_film
from tiepdan.recordings.timeline import EPOCH, MICROSECOND, Gap, Run, Track, gaps

BEGIN = (clock.real_now().replace(microsecond=0) - EPOCH) // MICROSECOND
SECOND = 1_000_000

pytestmark = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="no ffmpeg here")


def _ffmpeg(*arguments):
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, arguments)], check=True)


def _picture(path, size, seconds=1, colour="red"):
    source = f"color=c={colour}:s={size}:r=15:d={seconds}"
    _ffmpeg("-f", "lavfi", "-i", source, "-c:v", "libvpx", "-deadline", "realtime", path)
    return path


def _sound(path, seconds=1):
    _ffmpeg("-f", "lavfi", "-i", f"sine=frequency=440:d={seconds}", "-c:a", "libopus", path)
    return path


def _track(file, identity, kind, *, after=0.0, seconds=1.0, run=1, source=""):
    return Track(
        run=run, file=file, original="", identity=identity, name="", kind=kind, source=source,
        codec="", started_us=BEGIN + int(after * SECOND), duration_ms=int(seconds * 1000),
        width=0, height=0, packets=1, lost=0, error="",
    )  # fmt: skip


def _make(tmp_path, tracks, seats, *, seconds=2.0, ahead=timedelta(0), holes=(), pinned=""):
    scratch = tmp_path / "scratch, it's"
    scratch.mkdir()
    film = Film(tracks, seats, list(holes), BEGIN, timedelta(seconds=seconds), ahead, pinned)
    make_film(film, tmp_path / "film.mp4", scratch)
    ask = "stream=codec_name,r_frame_rate,width,height,duration:format=duration"
    answer = subprocess.check_output(
        ["ffprobe", "-v", "error", "-show_entries", ask, "-of", "json", tmp_path / "film.mp4"]
    )
    return json.loads(answer)


def _colour(tmp_path, at, x, y):
    """Red, green, blue of one spot of the film."""
    look = f"crop=2:2:{x}:{y},format=rgb24"
    command = ["ffmpeg", "-v", "error", "-ss", str(at), "-i", tmp_path / "film.mp4", "-vf", look]
    command += ["-frames:v", "1", "-f", "rawvideo", "-"]
    return tuple(subprocess.check_output(command)[:3])


def test_two_seats_at_their_times(tmp_path):
    """A picture should stand in its tile from its start to its end, whatever its size becomes."""
    small = _picture(tmp_path / "small.mkv", "160x90")
    large = _picture(tmp_path / "large.mkv", "320x180")
    (tmp_path / "list").write_text(f"file '{small}'\nfile '{large}'\n")
    both = tmp_path / "both.mkv"
    _ffmpeg("-f", "concat", "-safe", 0, "-i", tmp_path / "list", "-c", "copy", both)
    late = _picture(tmp_path / "late.mkv", "320x180", colour="blue")
    tracks = [
        _track(both, "hub", "video", seconds=2),
        _track(late, "b", "video", after=1.5),
        _track(_sound(tmp_path / "a.mkv"), "hub", "audio", after=0.5),
    ]
    seats = [("hub", "Trụ sở: 'a', [b]\\; %{n}"), ("b", "UBND xã Hữu Lũng")]
    told = _make(tmp_path, tracks, seats, seconds=3, ahead=timedelta(days=20))
    video, sound = told["streams"]
    assert (video["codec_name"], sound["codec_name"]) == ("h264", "aac")
    assert (video["width"], video["height"]) == (1280, 408)
    assert abs(float(told["format"]["duration"]) - 3) < 0.2
    for at in (0.5, 1.5):  # before and after the change of size
        red, green, blue = _colour(tmp_path, at, 320, 90)
        assert red > 200
        assert green + blue < 80
    assert _colour(tmp_path, 1.0, 960, 90)[2] < 100
    assert _colour(tmp_path, 2.0, 960, 90)[2] > 200


def test_sound_only(tmp_path):
    """A seat that sends sound only should have its place, named, without a picture."""
    track = _track(_sound(tmp_path / "a.mkv"), "hub", "audio")
    told = _make(tmp_path, [track], [("hub", "Trụ sở")])
    assert [stream["codec_name"] for stream in told["streams"]] == ["h264", "aac"]


def test_picture_only_with_a_gap(tmp_path):
    """Pictures of two lives of the recorder should both be there, the gap between them marked."""
    first = _track(_picture(tmp_path / "1.mkv", "160x90"), "hub", "video")
    second = _track(_picture(tmp_path / "2.mkv", "160x90"), "hub", "video", after=3, run=2)
    hole = Gap(BEGIN + SECOND, BEGIN + 3 * SECOND, "recorder: died")
    told = _make(tmp_path, [first, second], [("hub", "Trụ sở")], seconds=4, holes=[hole])
    assert abs(float(told["format"]["duration"]) - 4) < 0.2
    assert _colour(tmp_path, 0.5, 400, 100)[0] > 200
    assert _colour(tmp_path, 2.0, 400, 100)[0] < 80
    assert _colour(tmp_path, 3.5, 400, 100)[0] > 200


def test_many_seats(tmp_path):
    """Sixteen seats should fit into a grid."""
    sound = _sound(tmp_path / "a.mkv")
    seats = [(f"seat-{number}", f"Điểm cầu {number}") for number in range(16)]
    tracks = [_track(sound, identity, "audio") for identity, _ in seats]
    told = _make(tmp_path, tracks, seats, seconds=1)
    assert (told["streams"][0]["width"], told["streams"][0]["height"]) == (1280, 768)


def test_gaps_lie_between_lives():
    """Each pause of the recorder should be a gap with the reason of the end before it."""
    lives = [
        Run(1, BEGIN, BEGIN + SECOND, "died"),
        Run(2, BEGIN + 3 * SECOND, BEGIN + 4 * SECOND, "connection_lost"),
        Run(3, BEGIN + 4 * SECOND + 50_000, BEGIN + 9 * SECOND, "terminated"),
    ]
    assert gaps(lives) == [Gap(BEGIN + SECOND, BEGIN + 3 * SECOND, "recorder: died")]


def test_sign_interpreter_is_pinned(tmp_path):
    """The interpreter should have a quarter of the width beside the grid, at 25 frames."""
    tracks = [
        _track(_picture(tmp_path / "1.mkv", "640x360"), "hub", "video"),
        _track(_picture(tmp_path / "2.mkv", "640x360"), "a", "video"),
        _track(_picture(tmp_path / "3.mkv", "640x360", colour="blue"), "signs", "video"),
    ]
    seats = [("hub", "Trụ sở"), ("signs", "Phiên dịch"), ("a", "UBND xã Hữu Lũng")]
    told = _make(tmp_path, tracks, seats, seconds=1, pinned="signs")
    video = told["streams"][0]
    assert video["r_frame_rate"] == "25/1"
    width, grid = video["width"], 1280
    assert (width - grid) / width >= 0.25
    assert _colour(tmp_path, 0.5, grid + (width - grid) // 2, 180)[2] > 200
    assert _colour(tmp_path, 0.5, 320, 180)[0] > 200
    assert _colour(tmp_path, 0.5, 960, 180)[0] > 200


def test_a_picture_of_another_shape_at_the_end(tmp_path):
    """The blank 8 x 8 frames with which the engine ends a track should stay inside its tile."""
    wide, blank = _picture(tmp_path / "1.mkv", "640x360"), _picture(tmp_path / "2.mkv", "8x8")
    (tmp_path / "list").write_text(f"file '{wide}'\nfile '{blank}'\n")
    both = tmp_path / "both.mkv"
    _ffmpeg("-f", "concat", "-safe", 0, "-i", tmp_path / "list", "-c", "copy", both)
    told = _make(tmp_path, [_track(both, "hub", "video", seconds=2)], [("hub", "Trụ sở")])
    assert abs(float(told["format"]["duration"]) - 2) < 0.2
    assert _colour(tmp_path, 0.5, 20, 270)[0] > 200
    assert _colour(tmp_path, 1.5, 480, 200)[0] > 200
    assert _colour(tmp_path, 1.5, 20, 270)[0] < 80


def test_a_paper_is_large_and_everybody_small(tmp_path):
    """While one is shown it should fill most of the film; cameras beside it, the signs kept."""
    tracks = [
        _track(_picture(tmp_path / "1.mkv", "640x360", 3), "hub", "video", seconds=3),
        _track(_picture(tmp_path / "2.mkv", "640x360", 3, "lime"), "a", "video", seconds=3),
        _track(_picture(tmp_path / "3.mkv", "640x360", 3, "blue"), "signs", "video", seconds=3),
        _track(_picture(tmp_path / "4.mkv", "960x720", 1, "white"), "a", "video", after=1,
               source="screen"),
    ]  # fmt: skip
    seats = [("hub", "Trụ sở"), ("signs", "Phiên dịch"), ("a", "UBND xã Hữu Lũng")]
    told = _make(tmp_path, tracks, seats, seconds=3, pinned="signs")
    video = told["streams"][0]
    assert (video["width"], video["height"]) == (1280 + 428, 720 + 48)
    red, lime, blue, white = (
        (True, False, False),
        (False, True, False),
        (False, False, True),
        (True,) * 3,
    )

    def seen(at, *spots):
        colours = [_colour(tmp_path, at, x, y) for x, y in spots]
        return [tuple(part > 140 for part in one) for one in colours]

    in_grid, signs = [(320, 300), (960, 300)], (1494, 300)
    for at in (0.5, 2.7):
        assert seen(at, *in_grid, signs) == [red, lime, blue]
    paper, beside = [(20, 20), (480, 360), (940, 700)], [(1100, 60), (1100, 240)]
    assert seen(1.5, *paper, *beside, signs) == [white, white, white, red, lime, blue]
