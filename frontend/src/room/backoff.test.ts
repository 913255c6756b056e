import { expect, test } from "vitest";
import { REJOIN_DELAYS, STREAM_DELAYS, delayAfter } from "./backoff";

test("the first attempt should not wait", () => {
  expect(delayAfter(0, REJOIN_DELAYS)).toBe(0);
  expect(delayAfter(-1, REJOIN_DELAYS)).toBe(0);
});

test("each failure should lengthen the wait until the last step repeats", () => {
  expect([1, 2, 3, 4, 5, 50].map((n) => delayAfter(n, REJOIN_DELAYS))).toEqual([300, 700, 1000, 1000, 1000, 1000]);
  expect([1, 2, 3, 4, 5, 6].map((n) => delayAfter(n, STREAM_DELAYS))).toEqual([1000, 2000, 4000, 8000, 10000, 10000]);
});

test("no delays at all should mean no waiting", () => {
  expect(delayAfter(3, [])).toBe(0);
});
