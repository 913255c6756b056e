/** Tells the operator's wall how this site's line and machine are; a small report every few seconds. */
import { figures, totals, type Statistics, type Totals } from "./line-figures";

/** The server calls a page silent after 20 s. */
const EVERY = 5000;

interface Battery {
  readonly level: number;
  readonly charging: boolean;
}

export interface ReportSource {
  /** Empty outside a room. */
  statistics(): Promise<Statistics>;
  inRoom(): boolean;
  /** What else the room tells while we are in it. */
  more(): Promise<object>;
}

/** Starts reporting to `url` and gives back how to stop; without an address nothing is told. */
export function startReporting(url: string | undefined, csrf: string, source: ReportSource): () => void {
  if (!url) return () => undefined;
  let [before, timer]: [Totals | undefined, ReturnType<typeof setTimeout> | undefined] = [undefined, undefined];
  const tell = async (): Promise<void> => {
    const now = totals(await source.statistics().catch(() => []), performance.now());
    const line = source.inRoom() && before ? figures(before, now) : {};
    before = source.inRoom() ? now : undefined;
    const more = before ? await source.more().catch(() => ({})) : {};
    await send(url, csrf, { in_room: Object.keys(line).length > 0, ...line, ...more, ...(await power()) });
    timer = setTimeout(() => void tell(), EVERY);
  };
  timer = setTimeout(() => void tell(), EVERY);
  return () => clearTimeout(timer);
}

async function power(): Promise<object> {
  const ask = (navigator as { getBattery?: () => Promise<Battery> }).getBattery;
  const battery = await ask?.call(navigator).catch(() => undefined);
  return battery ? { battery: Math.round(battery.level * 100), on_mains: battery.charging } : {};
}

/** A report that does not arrive is missed by nobody but the wall, which says so. */
async function send(url: string, csrf: string, report: object): Promise<void> {
  await fetch(url, {
    method: "POST",
    headers: { "X-CSRFToken": csrf, "Content-Type": "application/json" },
    body: JSON.stringify(report),
    credentials: "same-origin",
    keepalive: true,
    signal: AbortSignal.timeout(EVERY),
  }).catch(() => undefined);
}
