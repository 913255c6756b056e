import { beforeEach, expect, test, vi } from "vitest";
import { momentAt, positionWords, readRecording } from "./recording-player";

const recording = {
  duration: 200,
  chapters: [{ at: 0, title: "Mở đầu" }, { at: 90, title: "Kết luận" }],
  gaps: [{ from: 50, to: 60, reason: "mất điện tại xã" }],
  minutes: [{ at: 12, text: "Công dân trình bày" }],
};
const video = (): HTMLVideoElement => document.querySelector("video")!;
const jumps = (): HTMLButtonElement[] => [...document.querySelectorAll<HTMLButtonElement>(".player__jump")];

function playTo(seconds: number): void {
  video().currentTime = seconds;
  video().dispatchEvent(new Event("timeupdate"));
}

function place(data: object): void {
  const player = document.createElement("recording-player");
  const script = document.createElement("script");
  Object.assign(script, { type: "application/json", textContent: JSON.stringify(data) });
  player.append(script);
  document.body.replaceChildren(player);
}

beforeEach(() => {
  place(recording);
  video().play = vi.fn(async () => {});
});

test("pressing a chapter should jump there and play", () => {
  jumps()[1]!.click();
  expect(video().currentTime).toBe(90);
  expect(video().play).toHaveBeenCalled();
});

test("playing should mark the line it is at, in chapters and minutes", () => {
  playTo(95);
  expect(jumps().map((jump) => jump.getAttribute("aria-current"))).toEqual([null, "true", "true"]);
  playTo(5);
  expect(jumps().map((jump) => jump.getAttribute("aria-current"))).toEqual(["true", null, null]);
});

test("a gap should be drawn where it is and told with its reason", () => {
  const gap = document.querySelector<HTMLElement>(".player__gap")!;
  expect([gap.style.left, gap.style.width]).toEqual(["25%", "5%"]);
  expect(document.body.textContent).toContain("Quãng trống 00:50 đến 01:00: mất điện tại xã");
});

test("a recording without gaps should say so", () => {
  place({ duration: 9 });
  expect(document.body.textContent).toContain("không có quãng trống");
});

test("unreadable data should still leave a video", () => {
  expect(readRecording("{").chapters).toEqual([]);
  expect(readRecording('{"duration":0}').duration).toBe(1);
});

test("positions should read as minutes and seconds", () => {
  expect([0, 61.9, 3661, -3].map(positionWords)).toEqual(["00:00", "01:01", "1:01:01", "00:00"]);
});

test("before the first moment there should be none", () => {
  expect([-1, 0, 89, 90, 1e6].map((at) => momentAt(recording.chapters, at))).toEqual([-1, 0, 0, 1, 1]);
});
