import { expect, test } from "vitest";
import { readPath } from "./media-path";

const relay = { type: "local-candidate", candidateType: "relay", protocol: "udp", relayProtocol: "tls" };
const host = { type: "local-candidate", candidateType: "host", protocol: "tcp" };
const pair = (local: string, more: object = {}) => ({ type: "candidate-pair", localCandidateId: local, ...more });

test("the selected pair should tell the way, a relay with its own protocol", () => {
  const told = (chosen: string): [string, unknown][] => [
    ["L1", relay],
    ["L2", host],
    ["P1", pair("L1")],
    ["P2", pair("L2", { nominated: true, state: "succeeded" })],
    ["T", { type: "transport", selectedCandidatePairId: chosen }],
  ];
  expect(readPath(told("P1"))).toBe("relay/tls");
  expect(readPath(told("P2"))).toBe("tcp");
});

test("without a selected pair the one that received most should count", () => {
  const used = { nominated: true, state: "succeeded" };
  const told: [string, unknown][] = [
    ["L1", relay],
    ["L2", host],
    ["P2", pair("L2", { ...used, bytesReceived: 10 })],
    ["P1", pair("L1", { ...used, bytesReceived: 20 })],
    ["P3", pair("L2", { nominated: false, state: "in-progress", bytesReceived: 90 })],
  ];
  expect(readPath(told)).toBe("relay/tls");
});

test("no connection should be no way", () => {
  expect(readPath([])).toBe("");
  expect(readPath([["P1", pair("L9", { nominated: true, state: "succeeded" })]])).toBe("");
});
