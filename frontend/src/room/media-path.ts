/** Which way media takes through the network, from what the browser tells of its connection. */

interface Told {
  readonly id?: string;
  readonly type?: string;
  readonly selectedCandidatePairId?: string;
  readonly localCandidateId?: string;
  readonly nominated?: boolean;
  readonly state?: string;
  readonly bytesReceived?: number;
  readonly candidateType?: string;
  readonly protocol?: string;
  readonly relayProtocol?: string;
}

/** "udp", "tcp" (straight to the engine), "relay/udp", "relay/tls" (by way of TURN); "" while there is none. */
export function readPath(reports: Iterable<readonly [string, unknown]>): string {
  const told = [...reports].map(([id, report]) => ({ id, ...(report as object) }) as Told);
  const pair = selectedPair(told);
  const local = told.find((one) => one.type === "local-candidate" && one.id === pair?.localCandidateId);
  if (!local) return "";
  if (local.candidateType === "relay") return `relay/${local.relayProtocol ?? "?"}`;
  return local.protocol ?? "";
}

function selectedPair(told: readonly Told[]): Told | undefined {
  const chosen = told.find((one) => one.type === "transport" && one.selectedCandidatePairId)?.selectedCandidatePairId;
  const pairs = told.filter((one) => one.type === "candidate-pair");
  if (chosen) return pairs.find((one) => one.id === chosen);
  // Firefox names no pair in its transport: the one in use has received most.
  const used = pairs.filter((one) => one.nominated && one.state === "succeeded");
  return used.sort((a, b) => (b.bytesReceived ?? 0) - (a.bytesReceived ?? 0))[0];
}
