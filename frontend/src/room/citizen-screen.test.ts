import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { CitizenScreen } from "./citizen-screen";
import type { Picture } from "./screen-source";

customElements.define("citizen-screen", CitizenScreen);

const stream = (): MediaProvider => new MediaStream();
const camera = stream();
const picture = (seat: string, more: Partial<Picture> = {}): Picture => ({
  seat,
  name: seat,
  main: seat === "hub",
  pinned: false,
  line: "",
  stream: stream(),
  ...more,
});
let pictures: readonly Picture[] = [];
const shown = vi.fn();
let silence = "";
const source = { pictures: () => pictures, own: () => camera, silence: () => silence, shown, watched: () => true };
const screen = (): HTMLElement => document.querySelector("citizen-screen")!;
const tile = (seat: string): HTMLElement | null => document.querySelector(`[data-seat="${seat}"]`);
const look = (): unknown => vi.advanceTimersByTime(300);
const opener = (one: unknown): unknown => vi.stubGlobal("opener", one);

beforeEach(() => {
  vi.useFakeTimers();
  HTMLMediaElement.prototype.play = async () => {};
  pictures = [];
  opener({ tiepdanStage: { screen: source } });
  document.body.innerHTML = "<citizen-screen><p>Còn 2 người</p></citizen-screen>";
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
  vi.clearAllMocks();
  vi.useRealTimers();
});

test("while nobody else is there it should show the room itself and the waiting view", () => {
  expect(screen().dataset["state"]).toBe("waiting");
  expect(screen().querySelector<HTMLVideoElement>(".stage__own video")!.srcObject).toBe(camera);
  expect(screen().textContent).toContain("Còn 2 người");
});

test("a call should bring the pictures, the chair large, all of them silent", () => {
  const [hub, other] = [picture("hub"), picture("site-2", { line: "Đường truyền yếu" })];
  pictures = [hub, other];
  look();
  expect(screen().dataset["state"]).toBe("inside");
  expect(tile("hub")!.classList.contains("main")).toBe(true);
  expect(tile("hub")!.querySelector("video")!.srcObject).toBe(hub.stream);
  expect(tile("site-2")!.textContent).toContain("Đường truyền yếu");
  expect([...screen().querySelectorAll("video")].every((one) => one.muted)).toBe(true);
  expect(shown).toHaveBeenCalledWith("hub", expect.any(Number), expect.any(Number));
});

test("the sign interpreter should be pinned beside the chair", () => {
  pictures = [picture("hub"), picture("site-2", { pinned: true })];
  look();
  expect(tile("site-2")!.classList.contains("interpreter")).toBe(true);
  expect(tile("hub")!.classList.contains("interpreter")).toBe(false);
});

test("who leaves should leave the screen; a new stream of the same seat should replace the old", () => {
  pictures = [picture("hub"), picture("site-2")];
  look();
  const again = picture("hub");
  pictures = [again];
  look();
  expect(tile("site-2")).toBeNull();
  expect(tile("hub")!.querySelector("video")!.srcObject).toBe(again.stream);
});

test("while the clerk's window reloads it should wait and say so, then come back", () => {
  pictures = [picture("hub")];
  look();
  opener({});
  look();
  expect(tile("hub")).toBeNull();
  expect(screen().dataset["state"]).toBe("waiting");
  expect(screen().textContent).toContain("Chưa có hình");
  opener({ tiepdanStage: { screen: source } });
  look();
  expect(tile("hub")).not.toBeNull();
  expect(screen().textContent).not.toContain("Chưa có hình");
});

test("an opener that has gone elsewhere should not break it", () => {
  opener({
    get tiepdanStage(): never {
      throw new DOMException("cross-origin", "SecurityError");
    },
  });
  look();
  expect(screen().textContent).toContain("Chưa có hình");
});

test("a microphone that the chair switched off should be read there too", () => {
  silence = "Chủ trì đã tắt micro";
  look();
  const words = screen().querySelector<HTMLElement>(".silence")!;
  expect(words.textContent).toBe(silence);
  silence = "";
  look();
  expect(words.hidden).toBe(true);
});
