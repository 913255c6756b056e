import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { clockOffset, elapsedWords } from "./clock-format";
import { TurnClock } from "./turn-clock";

customElements.define("turn-clock", TurnClock);
beforeEach(() => vi.useFakeTimers({ now: Date.parse("2026-11-24T09:00:00Z") }));
afterEach(() => {
  document.body.innerHTML = "";
  vi.useRealTimers();
});

const shown = (): string => document.querySelector("turn-clock")!.textContent!;

test("times should read as minutes and seconds, from an hour on with hours", () => {
  expect([0, 999, 1000, 61_000, 3_599_000, 3_600_000, 36_061_000].map(elapsedWords)).toEqual([
    "00:00", "00:00", "00:01", "01:01", "59:59", "1:00:00", "10:01:01",
  ]);
  expect(elapsedWords(-5000)).toBe("00:00");
});

test("the offset should be nothing when the server did not say its time", () => {
  expect(clockOffset(undefined, 5)).toBe(0);
  expect(clockOffset("nonsense", 5)).toBe(0);
  expect(clockOffset("1970-01-01T00:00:10Z", 4000)).toBe(6000);
});

test("the clock should run on the server's time, whatever this machine believes", () => {
  document.body.innerHTML =
    '<turn-clock data-started-at="2026-12-15T14:00:00+07:00" data-server-now="2026-12-15T14:02:05+07:00"></turn-clock>';
  expect(shown()).toBe("02:05");
  vi.advanceTimersByTime(10_000);
  expect(shown()).toBe("02:15");
});

test("a finished turn should show its length and stand still", () => {
  document.body.innerHTML =
    '<turn-clock data-started-at="2026-12-15T14:00:00Z" data-stopped-at="2026-12-15T14:12:41Z"></turn-clock>';
  vi.advanceTimersByTime(5000);
  expect(shown()).toBe("12:41");
});

test("a clock without a start should show dashes, and one taken away should stop ticking", () => {
  document.body.innerHTML = "<turn-clock></turn-clock>";
  expect(shown()).toBe("--:--");
  document.body.innerHTML = "";
  expect(vi.getTimerCount()).toBe(0);
});
