import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ShownElsewhere, SILENCE } from "./screen-source";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a size told by the other window should reach the client once", () => {
  const info = new ShownElsewhere(() => {});
  info.handleResize = vi.fn();
  info.resize(1280, 720);
  info.resize(1280, 720);
  expect([info.width(), info.height()]).toEqual([1280, 720]);
  expect(info.handleResize).toHaveBeenCalledTimes(1);
});

test("it should last while the other window speaks and end with its silence", () => {
  const ended = vi.fn();
  const info = new ShownElsewhere(ended);
  for (let looks = 0; looks < 10; looks += 1) {
    info.resize(1280, 720);
    vi.advanceTimersByTime(SILENCE - 1);
  }
  expect(ended).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(ended).toHaveBeenCalledWith(info);
});
