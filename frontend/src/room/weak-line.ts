/**
 * What to give up on a weak line, decided from the browser's own measurements: picture first, speech never.
 *
 * Each direction has its own ladder. It goes down a step as soon as speech suffers and up again only after a calm
 * time, which grows with each climb that failed, so that the picture does not pump. Nothing here touches the network.
 */

/** Readings of one moment; counters since the start, `rtt` and `jitter` in seconds, `available` in kbit/s. */
export interface Sample {
  readonly received: number;
  readonly lost: number;
  readonly samples: number;
  readonly concealed: number;
  readonly jitter: number;
  readonly available: number | undefined;
  readonly lostAtFarEnd: number;
  readonly rtt: number;
}

export type Health = "good" | "fair" | "bad";
export interface Judgement {
  readonly down: Health;
  readonly up: Health;
}

/** Step of a ladder: 0 gives everything. */
export interface Ladder {
  readonly step: number;
  /** Looks since the step was taken, and good ones in a row. */
  readonly looks: number;
  readonly calm: number;
  /** The last step was upwards. */
  readonly climbed: boolean;
  /** Good looks in a row that are wanted before the next climb. */
  readonly patience: number;
}

/** Milliseconds between looks. */
export const LOOK_EVERY = 2000;
/** Bandwidth estimates start low and find the line within this many looks. */
const SETTLING = 3;
const PATIENCE = 5;
const MOST_PATIENCE = 30;
/** A climb that fails within this many looks was too early. */
const FAILED_CLIMB = 6;

export const START: Ladder = { step: 0, looks: -SETTLING, calm: 0, climbed: false, patience: PATIENCE };

/** What is asked of others' cameras at each step; `glimpse`: the picture comes for a moment every 4 s only. */
export const RECEIVING = [
  { quality: "high", fps: 30, others: true, glimpse: false },
  { quality: "medium", fps: 20, others: true, glimpse: false },
  { quality: "low", fps: 10, others: true, glimpse: false },
  { quality: "low", fps: 5, others: false, glimpse: false },
  { quality: "low", fps: 5, others: false, glimpse: true },
] as const;

/** Every 4 s the picture comes for 2 s: with a key frame on its way it is newer than 5 s (F15). */
export const GLIMPSE = { every: 4000, open: 2000 } as const;

/** What the own camera sends at each step: the layers, in kbit/s (goals A2), `needs`: less to send with is bad. */
export const SENDING = [
  { layers: [160, 450, 1700], fps: 30, needs: 500 },
  { layers: [160, 450, 0], fps: 20, needs: 220 },
  { layers: [120, 0, 0], fps: 10, needs: 90 },
  { layers: [50, 0, 0], fps: 3, needs: 0 },
] as const;
/** Speech with its redundant copy and headers, kept free on every line. */
export const SPEECH_KBPS = 110;

const SPEECH_SUFFERS = 0.03;
const MUCH_LOSS = 0.12;
const LATE = 0.12; // s of jitter
const QUEUE = 0.4; // s of waiting above the best round trip
const FEW = 10; // packets in a look: a muted room tells nothing

/** Below this a lost packet of a picture is sent again before anybody sees the gap (s). */
const QUICK_AGAIN = 0.06;
const SEEN_LOSS = 0.004;
/** Milliseconds above the round trip for the far end to notice and answer; no wait is longer than `LONGEST_HOLD`. */
const NOTICE = 60;
const LONGEST_HOLD = 400;

/**
 * Milliseconds that pictures should wait before they are shown, so that what was lost is there again in time; 0: none.
 *
 * A browser cannot reckon this itself: the connection that only receives never learns its round trip.
 */
export function holdFor(before: Sample, now: Sample): number {
  const [received, lost] = [now.received - before.received, Math.max(0, now.lost - before.lost)];
  if (now.rtt < QUICK_AGAIN || received < FEW || lost / (received + lost) < SEEN_LOSS) return 0;
  return Math.min(LONGEST_HOLD, Math.round(now.rtt * 1000) + NOTICE);
}

/** How both directions did between two samples; `bestRtt` is the shortest seen. */
export function judge(before: Sample, now: Sample, bestRtt: number, sendingStep: number): Judgement {
  return { down: down(before, now), up: up(now, bestRtt, sendingStep) };
}

function down(before: Sample, now: Sample): Health {
  const [received, lost] = [now.received - before.received, Math.max(0, now.lost - before.lost)];
  if (received < FEW) return "fair";
  const loss = lost / (received + lost);
  const concealed = (now.concealed - before.concealed) / Math.max(1, now.samples - before.samples);
  if (concealed > SPEECH_SUFFERS || loss > MUCH_LOSS || now.jitter > LATE) return "bad";
  return concealed > SPEECH_SUFFERS / 3 || loss > MUCH_LOSS / 2 || now.jitter > LATE / 2 ? "fair" : "good";
}

function up(now: Sample, bestRtt: number, step: number): Health {
  const waiting = now.rtt - bestRtt;
  const needs = SENDING[step]?.needs ?? 0;
  if (now.lostAtFarEnd > MUCH_LOSS || waiting > QUEUE || (now.available ?? needs) < needs) return "bad";
  return now.lostAtFarEnd > MUCH_LOSS / 2 || waiting > QUEUE / 4 ? "fair" : "good";
}

/** The ladder after a look of this health; `last`: its lowest step. */
export function climb(ladder: Ladder, health: Health, last: number): Ladder {
  const looks = ladder.looks + 1;
  if (health === "bad" && looks >= 0 && ladder.step < last) {
    // Soon after a climb: it was too early, the next one waits longer.
    const early = ladder.climbed && looks <= FAILED_CLIMB;
    const patience = early ? Math.min(ladder.patience * 2, MOST_PATIENCE) : ladder.patience;
    return { step: ladder.step + 1, looks: 0, calm: 0, climbed: false, patience };
  }
  const calm = health === "good" ? ladder.calm + 1 : 0;
  if (ladder.step > 0 && calm >= ladder.patience) return { ...ladder, step: ladder.step - 1, looks: 0, calm: 0, climbed: true };
  return { ...ladder, looks, calm };
}

/** The first step whose layers a declared line of `kbps` holds; 0 when nothing was declared. */
export function firstStep(kbps: number | undefined): number {
  if (kbps === undefined) return 0;
  const fits = SENDING.findIndex((one) => sum(one.layers) + SPEECH_KBPS <= kbps);
  return fits < 0 ? SENDING.length - 1 : fits;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

interface Told {
  readonly type?: string;
  readonly kind?: string;
  readonly [name: string]: unknown;
}

/** Reads what `getStats` tells, of both connections as if they were one. */
export function readSample(reports: Iterable<readonly [string, unknown]>): Sample {
  const told = [...reports].map(([, report]) => report as Told);
  const heard = told.filter((one) => one.type === "inbound-rtp");
  const speech = heard.filter((one) => one.kind === "audio");
  const pairs = told.filter((one) => one.type === "candidate-pair" && one["nominated"]);
  const available = Math.max(...pairs.map((one) => number(one, "availableOutgoingBitrate"))) / 1000;
  const far = told.filter((one) => one.type === "remote-inbound-rtp");
  return {
    received: total(heard, "packetsReceived"),
    lost: total(heard, "packetsLost"),
    samples: total(speech, "totalSamplesReceived"),
    concealed: total(speech, "concealedSamples") - total(speech, "silentConcealedSamples"),
    jitter: Math.max(0, ...speech.map((one) => number(one, "jitter"))),
    available: available > 0 ? available : undefined,
    lostAtFarEnd: Math.max(0, ...far.map((one) => number(one, "fractionLost"))),
    rtt: Math.max(0, ...pairs.map((one) => number(one, "currentRoundTripTime"))),
  };
}

function total(reports: readonly Told[], name: string): number {
  return sum(reports.map((one) => number(one, name)));
}

function number(report: Told, name: string): number {
  return typeof report[name] === "number" ? (report[name] as number) : 0;
}

/** The part of an encoding that is ours to change. */
export interface Layer {
  active?: boolean;
  maxBitrate?: number;
  maxFramerate?: number;
}

/**
 * The camera's layers, lowest first, as `step` allows.  `off`: those we switched off ourselves; others that are off
 * are watched by nobody and stay off. Gives null when nothing changes.
 */
export function limited(layers: readonly Layer[], step: number, off: ReadonlySet<number>): { layers: Layer[]; off: Set<number> } | null {
  const plan = SENDING[step] ?? SENDING[0];
  const now = new Set(off);
  const wanted = layers.map((layer, index) => {
    const kbps = plan.layers[index] ?? 0;
    if (kbps === 0) {
      if (layer.active !== false) now.add(index);
      return { ...layer, active: false };
    }
    const active = now.delete(index) ? true : layer.active !== false;
    return { ...layer, active, maxBitrate: kbps * 1000, maxFramerate: plan.fps };
  });
  const same = wanted.every((layer, index) => {
    const old = layers[index]!;
    return (old.active !== false) === layer.active && (!layer.active || (old.maxBitrate === layer.maxBitrate && old.maxFramerate === layer.maxFramerate));
  });
  return same ? null : { layers: wanted, off: now };
}
