/** What the browser's own statistics say of this machine's line; counted, not guessed. */
import { readPath } from "./media-path";

/** Reports of all tracks of a room, as `track.getRTCStatsReport()` gives them. */
export type Statistics = Iterable<Iterable<readonly [string, unknown]>>;

/** Running totals of one moment; figures are made of two of them. */
export interface Totals {
  readonly at: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly sentPackets: number;
  readonly sentLost: number;
  readonly receivedPackets: number;
  readonly receivedLost: number;
  readonly framesSent: number;
  readonly pictures: number;
  readonly rtt: number;
  readonly path: string;
  /** 0-100; undefined while no microphone is sent. */
  readonly loudness: number | undefined;
}

export interface Figures {
  readonly up_kbps: number;
  readonly down_kbps: number;
  readonly loss_up: number;
  readonly loss_down: number;
  readonly rtt_ms: number;
  readonly path: string;
  readonly frames: number | null;
  readonly loudness: number | null;
}

type Row = Record<string, unknown> & { type?: string };

/** Adds up the rows; one row that stands in several reports counts once. */
export function totals(reports: Statistics, at: number): Totals {
  const rows = new Map<string, Row>();
  for (const report of reports) for (const [id, row] of report) rows.set(id, row as Row);
  const all = [...rows.values()];
  const sum = (type: string, name: string): number =>
    all.reduce((total, row) => total + (row.type === type ? number(row[name]) : 0), 0);
  const sources = all.filter((row) => row.type === "media-source" && row["kind"] === "audio");
  const pairs = all.filter((row) => row.type === "candidate-pair" && row["nominated"]);
  return {
    at,
    sentBytes: sum("outbound-rtp", "bytesSent"),
    receivedBytes: sum("inbound-rtp", "bytesReceived"),
    sentPackets: sum("outbound-rtp", "packetsSent"),
    sentLost: sum("remote-inbound-rtp", "packetsLost"),
    receivedPackets: sum("inbound-rtp", "packetsReceived"),
    receivedLost: sum("inbound-rtp", "packetsLost"),
    framesSent: sum("outbound-rtp", "framesSent"),
    pictures: all.filter((row) => row.type === "outbound-rtp" && row["kind"] === "video").length,
    rtt: Math.max(0, ...pairs.map((pair) => number(pair["currentRoundTripTime"]))),
    path: readPath(rows).replace("/", "-"),
    loudness: sources.length ? Math.max(...sources.map((row) => loudnessOf(number(row["audioLevel"])))) : undefined,
  };
}

/** The figures of the time between two totals; counters that started over (a new room) give zero. */
export function figures(before: Totals, now: Totals): Figures {
  const seconds = Math.max((now.at - before.at) / 1000, 0.001);
  const grown = (name: "sentBytes" | "receivedBytes" | "framesSent"): number => Math.max(0, now[name] - before[name]) / seconds;
  const lost = (packets: "sentPackets" | "receivedPackets", gone: "sentLost" | "receivedLost"): number => {
    const [all, bad] = [now[packets] - before[packets], now[gone] - before[gone]];
    const total = packets === "receivedPackets" ? all + bad : all;
    return total > 0 && bad > 0 ? Math.min(100, round((100 * bad) / total)) : 0;
  };
  return {
    up_kbps: Math.round((grown("sentBytes") * 8) / 1000),
    down_kbps: Math.round((grown("receivedBytes") * 8) / 1000),
    loss_up: lost("sentPackets", "sentLost"),
    loss_down: lost("receivedPackets", "receivedLost"),
    rtt_ms: Math.round(now.rtt * 1000),
    path: now.path,
    frames: now.pictures ? Math.round(grown("framesSent") / now.pictures) : null,
    loudness: now.loudness ?? null,
  };
}

/** 0 only for true silence: a quiet room still has a little. */
function loudnessOf(level: number): number {
  return level === 0 ? 0 : Math.max(1, Math.min(100, Math.round(level * 100)));
}

function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
