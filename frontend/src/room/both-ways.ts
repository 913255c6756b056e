/** The browser's statistics of a room's two connections, one that sends and one that receives, as if they were one. */

export type Told = readonly (readonly [string, unknown])[];

/** Rows name each other by these. */
const REFERENCES = ["selectedCandidatePairId", "localCandidateId"];

/** Numbers of rows are those of one connection: the receiving one's get a name of their own. */
export async function bothWays(sending: RTCPeerConnection | undefined, receiving: RTCPeerConnection | undefined): Promise<Told> {
  const [sent, received] = await Promise.all([sending?.getStats(), receiving?.getStats()]);
  return [...(sent ? rows(sent) : []), ...(received ? rows(received).map(([id, row]) => renamed(id, row)) : [])];
}

function rows(report: RTCStatsReport): [string, object][] {
  return [...(report as unknown as Iterable<[string, object]>)];
}

function renamed(id: string, row: object): [string, object] {
  const named = row as Record<string, unknown>;
  const references = REFERENCES.filter((name) => name in named).map((name) => [name, `in-${String(named[name])}`]);
  // What could be sent is a guess where nothing is.
  const { availableOutgoingBitrate: _, ...told } = named;
  return [`in-${id}`, { ...told, id: `in-${id}`, ...Object.fromEntries(references) }];
}
