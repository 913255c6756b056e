import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ScreenOpener } from "./screen-opener";

customElements.define("screen-opener", ScreenOpener);
const open = vi.fn<() => { focus(): void } | null>(() => ({ focus: () => {} }));
let watched = false;
const press = (): void => document.querySelector("button")!.click();
const words = (): string => document.querySelector("[role=status]")!.textContent!;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("open", open);
  vi.stubGlobal("tiepdanStage", { screen: { watched: () => watched } });
  watched = false;
  document.body.innerHTML = '<screen-opener data-url="/man-hinh/"><button>Mở</button></screen-opener>';
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.unstubAllGlobals();
  vi.clearAllMocks();
  vi.useRealTimers();
});

test("a press should open the one window and say what to do with it", () => {
  press();
  expect(open).toHaveBeenCalledWith("/man-hinh/", "tiepdan-man-hinh", expect.stringContaining("popup"));
  expect(words()).toContain("F11");
});

test("a window that looks should be told of, also after a reload of this page", () => {
  watched = true;
  vi.advanceTimersByTime(1000);
  expect(words()).toContain("đang mở");
});

test("a browser that blocks the window should be named with the way out", () => {
  open.mockReturnValueOnce(null);
  press();
  expect(words()).toContain("chặn");
});
