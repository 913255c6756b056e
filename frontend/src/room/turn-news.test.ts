import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TurnNews } from "./turn-news";

customElements.define("turn-news", TurnNews);
const said = (): string => document.querySelector("turn-news")!.textContent!;
const replaced = (): void => {
  document.body.dispatchEvent(new CustomEvent("htmx:oobAfterSwap"));
  vi.runAllTimers();
};
const mark = (name: string, words: string): void => {
  document.querySelector(name)!.textContent = words;
};

beforeEach(() => {
  vi.useFakeTimers();
  document.body.innerHTML = "<b data-announce>Phiên chung</b><i data-announce>Đang tiếp</i><turn-news></turn-news>";
});
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

test("what stands there at the beginning should not be said: the reader reads the page", () => {
  replaced();
  expect(said()).toBe("");
  expect(document.querySelector("turn-news")!.getAttribute("role")).toBe("status");
});

test("a new turn should be said once, in one sentence, whatever else is replaced", () => {
  mark("b", "Lượt 4 ·\n   xã Bắc Sơn");
  replaced();
  expect(said()).toBe("Lượt 4 · xã Bắc Sơn. Đang tiếp");
  const before = document.querySelector("turn-news")!.firstChild;
  replaced();
  expect(document.querySelector("turn-news")!.firstChild).toBe(before);
});
