/** Waiting times between attempts, in milliseconds; the last one repeats. */
export const REJOIN_DELAYS = [300, 700, 1000] as const;
export const STREAM_DELAYS = [1000, 2000, 4000, 8000, 10000] as const;

/** After this the call that must come has been missed, and the page asks by itself. */
export const CALL_MISSED = 4000;

/** Milliseconds to wait before the attempt after `failures` failed ones. */
export function delayAfter(failures: number, delays: readonly number[]): number {
  if (failures <= 0) return 0;
  return delays[Math.min(failures, delays.length) - 1] ?? 0;
}
