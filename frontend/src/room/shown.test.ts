import { expect, test } from "vitest";
import { shown } from "./shown";

const inbound = (trackIdentifier: string, more: object): [string, unknown] => [trackIdentifier, { type: "inbound-rtp", trackIdentifier, ...more }];

test("a picture that plays what was said 80 ms before should be 80 ms late, whenever its row was taken", () => {
  const rows = [
    inbound("v", { framesPerSecond: 24, estimatedPlayoutTimestamp: 9_920, timestamp: 5_000 }),
    inbound("a", { estimatedPlayoutTimestamp: 10_010, timestamp: 5_010 }),
    inbound("other", { framesPerSecond: 3 }),
  ];
  expect(shown(rows, "v", "a")).toEqual({ shown_frames: 24, skew_ms: 80 });
});

test("what the browser does not tell should be left out, not guessed", () => {
  expect(shown([inbound("v", { timestamp: 5_000 })], "v", "a")).toEqual({ shown_frames: 0, skew_ms: null });
  expect(shown([], "", "")).toEqual({ shown_frames: null, skew_ms: null });
});
