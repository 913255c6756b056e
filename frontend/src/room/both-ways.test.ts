import { expect, test } from "vitest";
import { bothWays } from "./both-ways";
import { readPath } from "./media-path";

const way = (protocol: string, more: object = {}): RTCPeerConnection => {
  const rows = new Map<string, object>([
    ["T", { id: "T", type: "transport", selectedCandidatePairId: "P", ...more }],
    ["P", { id: "P", type: "candidate-pair", localCandidateId: "L" }],
    ["L", { id: "L", type: "local-candidate", candidateType: "host", protocol }],
  ]);
  return { getStats: async () => rows } as unknown as RTCPeerConnection;
};

test("rows of the same number should stay apart", async () => {
  const told = await bothWays(way("udp"), way("tcp"));
  expect(new Set(told.map(([id]) => id)).size).toBe(6);
  expect(readPath(told)).toBe("udp");
});

test("what the receiving connection could send should not be taken for the line's", async () => {
  const pair = (way: RTCPeerConnection): Promise<unknown> => bothWays(undefined, way).then((told) => told.find(([id]) => id === "in-T")?.[1]);
  expect(await pair(way("udp", { availableOutgoingBitrate: 300_000 }))).not.toHaveProperty("availableOutgoingBitrate");
});

test("who only receives should have a way too, and who has no connection none", async () => {
  const silent = way("udp", { selectedCandidatePairId: undefined });
  expect(readPath(await bothWays(silent, way("tcp")))).toBe("tcp");
  expect(await bothWays(undefined, undefined)).toEqual([]);
});
