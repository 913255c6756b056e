/** How the seat that matters most is seen here: frames a second, and how much its picture is behind its sound. */

export interface Shown {
  readonly shown_frames: number | null;
  /** Milliseconds by which the picture is later than the sound (below zero: earlier). */
  readonly skew_ms: number | null;
}

type Row = Record<string, unknown> & { type?: string };

/** Read from the connection's statistics, by the ids of the two received tracks. */
export function shown(reports: Iterable<readonly [string, unknown]>, picture: string, sound: string): Shown {
  const rows = [...reports].map(([, row]) => row as Row).filter((row) => row.type === "inbound-rtp");
  const row = (track: string): Row | undefined => rows.find((one) => track !== "" && one["trackIdentifier"] === track);
  const [video, audio] = [row(picture), row(sound)];
  // Both clocks are the sender's; each is of the moment its own row was taken.
  const [seen, heard] = [playing(video), playing(audio)];
  return {
    shown_frames: video ? Math.round(number(video["framesPerSecond"]) ?? 0) : null,
    skew_ms: seen === undefined || heard === undefined ? null : Math.round(heard - seen),
  };
}

function playing(row: Row | undefined): number | undefined {
  const [at, taken] = [number(row?.["estimatedPlayoutTimestamp"]), number(row?.["timestamp"])];
  return at === undefined || taken === undefined ? undefined : at - taken;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
