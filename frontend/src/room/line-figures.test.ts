import { expect, test } from "vitest";
import { figures, totals } from "./line-figures";

/** Reports as a browser gives them after `seconds` in a room on 3 % loss. */
function reports(seconds: number, local: object = { protocol: "udp", candidateType: "host" }): Map<string, unknown>[] {
  const shared: [string, unknown][] = [
    ["T", { type: "transport", selectedCandidatePairId: "P" }],
    ["P", { type: "candidate-pair", nominated: true, localCandidateId: "L", currentRoundTripTime: 0.045 }],
    ["L", { type: "local-candidate", ...local }],
  ];
  const video = new Map<string, unknown>([
    ...shared,
    ["OV", { type: "outbound-rtp", kind: "video", bytesSent: 200_000 * seconds, packetsSent: 200 * seconds, framesSent: 25 * seconds }],
    ["RV", { type: "remote-inbound-rtp", packetsLost: 6 * seconds }],
  ]);
  const audio = new Map<string, unknown>([
    ...shared,
    ["MA", { type: "media-source", kind: "audio", audioLevel: 0.25 }],
    ["IV", { type: "inbound-rtp", bytesReceived: 125_000 * seconds, packetsReceived: 99 * seconds, packetsLost: seconds }],
  ]);
  return [video, audio];
}

test("figures should be rates and shares of the time between two looks", () => {
  expect(figures(totals(reports(10), 10_000), totals(reports(15), 15_000))).toEqual({
    up_kbps: 1600,
    down_kbps: 1000,
    loss_up: 3,
    loss_down: 1,
    rtt_ms: 45,
    path: "udp",
    frames: 25,
    loudness: 25,
  });
});

test("counters that start over in a new room should give zero, never a negative figure", () => {
  const told = figures(totals(reports(60), 0), totals(reports(1), 5000));
  expect([told.up_kbps, told.down_kbps, told.loss_up, told.loss_down, told.frames]).toEqual([0, 0, 0, 0, 0]);
});

test("the way of the media should be told in the words of our server", () => {
  expect(totals(reports(1, { candidateType: "relay", relayProtocol: "tls" }), 0).path).toBe("relay-tls");
});

test("only a dead microphone should be quite silent, and none at all should say nothing", () => {
  const level = (audioLevel: number) =>
    totals([new Map([["m", { type: "media-source", kind: "audio", audioLevel }]])], 0).loudness;
  expect([level(0), level(0.0004), level(1)]).toEqual([0, 1, 100]);
  expect(totals([], 0).loudness).toBeUndefined();
});
